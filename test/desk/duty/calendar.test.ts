import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import type { Shift } from '../../../shared/desk/duty/duty.ts'
import { uncovered } from '../../../shared/desk/duty/duty-rules.ts'
import { calendarOf } from '../../../web/desk/duty/calendar.ts'

/** Shanghai midnight of 2026-03-10. */
const MIDNIGHT = Date.parse('2026-03-09T16:00:00Z')
let id = 0
const turn = (name: string, fromHour: number, toHour: number, district: string | null = null): Shift => ({
  id: ++id,
  district,
  person: { id: 1, name },
  startsAt: new Date(MIDNIGHT + fromHour * HOUR).toISOString(),
  endsAt: new Date(MIDNIGHT + toHour * HOUR).toISOString(),
  version: 1,
})
const week = (shifts: readonly Shift[], desks: readonly (string | null)[] = [null]) =>
  calendarOf(shifts, { desks, fromMs: MIDNIGHT, days: 2, nowMs: MIDNIGHT + 10 * HOUR })

describe('the calendar of duty', () => {
  it('shows a night turn on both of its days, and says on which it begins', () => {
    const [row] = week([turn('王敏', 20, 32)])
    expect(
      row?.cells.map(({ turns }) => turns.map(({ shift, begins }) => [shift.person.name, begins])),
    ).toEqual([[['王敏', true]], [['王敏', false]]])
  })

  it('names the hours that nobody covers', () => {
    const [row] = week([turn('王敏', 9, 17), turn('陈浩', 20, 48)])
    expect(row?.cells[0]?.gaps).toEqual([
      { from: '00:00', to: '09:00' },
      { from: '17:00', to: '20:00' },
    ])
    expect(row?.cells[1]?.gaps).toEqual([])
  })

  it('has a line for a desk that nobody is planned for', () => {
    const rows = week([turn('王敏', 0, 48)], [null, '440106'])
    expect(rows[1]?.cells[0]).toMatchObject({ turns: [], gaps: [{ from: '00:00', to: '24:00' }] })
  })

  it('marks who is on duty now', () => {
    const [row] = week([turn('王敏', 0, 9), turn('陈浩', 9, 18)])
    expect(row?.cells[0]?.turns.map(({ isNow }) => isNow)).toEqual([false, true])
  })
})

it('turns that overlap, touch or lie outside leave no gaps that are none', () => {
  const whole = { startMs: 0, endMs: DAY }
  const all = [
    { startMs: 6 * HOUR, endMs: 30 * HOUR },
    { startMs: -5 * HOUR, endMs: 6 * HOUR },
    { startMs: 2 * HOUR, endMs: 3 * HOUR },
    { startMs: 40 * HOUR, endMs: 50 * HOUR },
  ]
  expect(uncovered(all, whole)).toEqual([])
  expect(uncovered([], whole)).toEqual([whole])
})
