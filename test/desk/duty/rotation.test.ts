import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localStamp } from '../../../shared/base/time.ts'
import {
  rotationFault,
  rotationInput,
  rotationShifts,
  SHIFT_HOURS,
  shiftInput,
} from '../../../shared/desk/duty/duty.ts'

const rotation = (more: object = {}) =>
  rotationInput.parse({
    district: null,
    userIds: [1, 2, 3],
    from: '2026-03-09',
    to: '2026-03-10',
    handoverAt: '09:00',
    hours: 8,
    ...more,
  })
const said = (more?: object) =>
  rotationShifts(rotation(more)).map(
    ({ userId, startsMs, endsMs }) =>
      `${userId}: ${localStamp(startsMs).slice(5, 16)} – ${localStamp(endsMs).slice(5, 16)}`,
  )

describe('a rotation', () => {
  test('of three a day goes round, and ends when the last day is handed over', () => {
    expect(said()).toEqual([
      '1: 03-09 09:00 – 03-09 17:00',
      '2: 03-09 17:00 – 03-10 01:00',
      '3: 03-10 01:00 – 03-10 09:00',
      '1: 03-10 09:00 – 03-10 17:00',
      '2: 03-10 17:00 – 03-11 01:00',
      '3: 03-11 01:00 – 03-11 09:00',
    ])
  })

  test('of weeks is cut where the plan ends', () => {
    expect(said({ hours: 168, to: '2026-03-17' })).toEqual([
      '1: 03-09 09:00 – 03-16 09:00',
      '2: 03-16 09:00 – 03-18 09:00',
    ])
  })

  test('leaves no gap and no overlap, whatever its length', () => {
    for (const hours of [8, 12, 24, 168]) {
      const shifts = rotationShifts(rotation({ hours, to: '2026-06-30', handoverAt: '08:30' }))
      for (const [index, shift] of shifts.entries()) {
        if (index > 0) expect(shift.startsMs).toBe(shifts[index - 1]?.endsMs)
      }
    }
  })

  test.each([
    ['nobody', { userIds: [] }],
    ['an end before its beginning', { to: '2026-03-08' }],
    ['a day that does not exist', { from: '2026-02-30' }],
    ['more than a year', { to: '2028-01-01' }],
    ['a turn of five hours', { hours: 5 }],
    ['handing over at 25:00', { handoverAt: '25:00' }],
  ])('is refused with %s', (_name, more) => {
    expect(() => rotation(more)).toThrow()
  })
})

test('a single turn ends after it begins, and lasts a week at most', () => {
  const turn = (startsAt: string, endsAt: string) =>
    shiftInput.safeParse({ district: '440106', userId: 1, startsAt, endsAt }).success
  expect(turn('2026-03-09T09:00:00+08:00', '2026-03-09T17:00:00+08:00')).toBe(true)
  expect(turn('2026-03-09T09:00:00+08:00', '2026-03-09T09:00:00+08:00')).toBe(false)
  expect(turn('2026-03-09T09:00:00+08:00', '2026-03-16T09:00:01+08:00')).toBe(false)
})

describe('what the dialog says of a rotation before it is sent', () => {
  const any = fc.record({
    userIds: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 52 }),
    from: fc.constantFrom('2026-03-09', '2026-02-30', '', '2027-03-10'),
    to: fc.constantFrom('2026-03-09', '2026-04-05', '2027-03-10', '2027-03-11', 'soon'),
    handoverAt: fc.constantFrom('09:00', '24:00', '', '9:00'),
    hours: fc.constantFrom(...SHIFT_HOURS),
  })

  test('is what the server says', () => {
    fc.assert(
      fc.property(any, (given) => {
        const input = { district: null, ...given }
        expect(rotationFault(input) === null).toBe(rotationInput.safeParse(input).success)
      }),
    )
  })

  test('names the fault', () => {
    const fault = (more: object) => rotationFault({ ...rotation(), ...more })
    expect(fault({})).toBeNull()
    expect(fault({ userIds: [] })).toBe('nobody')
    expect(fault({ from: '' })).toBe('days')
    expect(fault({ handoverAt: '' })).toBe('time')
    expect(fault({ to: '2026-03-08' })).toBe('reversed')
    expect(fault({ to: '2027-03-11' })).toBe('long')
  })
})
