import { describe, expect, test } from 'vitest'
import { BUILT_IN_CALENDAR } from '../../../server/register/workdays/calendar.ts'
import { localStamp } from '../../../shared/base/time.ts'
import { DEFAULT_POLICY, escalationPolicy, stepDueMs } from '../../../shared/desk/escalation/escalation.ts'
import { isWorkday } from '../../../shared/register/workdays/workdays.ts'

const due = (since: string, workMin: number, offMin: number | null) => {
  const ms = stepDueMs({ to: 'unit', workMin, offMin }, Date.parse(`${since}+08:00`), DEFAULT_POLICY, (day) =>
    isWorkday(BUILT_IN_CALENDAR, day),
  )
  return ms === null ? null : localStamp(ms).slice(0, 16)
}

describe('when somebody is called', () => {
  test('in working hours, after the minutes of working hours', () => {
    expect(due('2026-03-10T10:00', 30, 60)).toBe('2026-03-10 10:30')
  })

  test('at night, after the minutes of the night', () => {
    expect(due('2026-03-10T22:00', 30, 60)).toBe('2026-03-10 23:00')
  })

  test('time of both kinds adds up in proportion', () => {
    // Half of it passes by 17:00, the other half is 30 of the 60 minutes of the evening.
    expect(due('2026-03-10T16:45', 30, 60)).toBe('2026-03-10 17:30')
  })

  test('a clock that stands still outside working hours goes on the next working day', () => {
    expect(due('2026-03-10T16:00', 240, null)).toBe('2026-03-11 12:00')
    // Friday evening: Monday.
    expect(due('2026-03-13T18:00', 60, null)).toBe('2026-03-16 10:00')
  })

  test('holidays are no working days, and make-up Saturdays are', () => {
    // 2026-10-01 to 10-07 are off; Saturday 2026-10-10 is worked.
    expect(due('2026-09-30T16:30', 60, null)).toBe('2026-10-08 09:30')
    expect(due('2026-10-09T16:30', 60, null)).toBe('2026-10-10 09:30')
  })

  test('in a year whose holidays are not known, Monday to Friday are worked: somebody is called all the same', () => {
    expect(due('2027-03-12T16:30', 60, null)).toBe('2027-03-15 09:30')
  })

  test('never, when the clock would have to run for months', () => {
    expect(due('2026-03-10T10:00', 43_200, null)).toBeNull()
  })
})

describe('a policy', () => {
  const withSteps = (steps: unknown) =>
    escalationPolicy.safeParse({
      ...DEFAULT_POLICY,
      steps: { ...DEFAULT_POLICY.steps, now: { ...DEFAULT_POLICY.steps.now, major: steps } },
    }).success

  test('that the program brings is a good one', () => {
    expect(escalationPolicy.safeParse(DEFAULT_POLICY).success).toBe(true)
  })

  test('may leave out levels, but calls higher ones later', () => {
    const unit = { to: 'unit', workMin: 30, offMin: 60 }
    const workgroup = { to: 'workgroup', workMin: 60, offMin: null }
    expect(withSteps([])).toBe(true)
    expect(withSteps([unit, workgroup])).toBe(true)
    expect(withSteps([workgroup, unit])).toBe(false)
    expect(withSteps([unit, { ...workgroup, workMin: 30 }])).toBe(false)
    expect(withSteps([unit, { ...workgroup, offMin: 10 }])).toBe(false)
    expect(withSteps([{ ...unit, workMin: 0 }])).toBe(false)
  })
})
