import { describe, expect, it } from 'vitest'
import { halfMonthFrom, lastReported, nextSpan, weekFrom } from '../../../server/census/rounds/schedule.ts'
import { BUILT_IN_CALENDAR } from '../../../server/register/workdays/calendar.ts'
import { addDays } from '../../../shared/base/time.ts'
import { submissionStanding } from '../../../shared/census/rounds/submissions/submissions-rules.ts'

const week = (from: string) => Object.values(weekFrom(BUILT_IN_CALENDAR, from)).join(' to ')
const half = (from: string) => Object.values(halfMonthFrom(BUILT_IN_CALENDAR, from)).join(' to ')

describe('a week of self-checks', () => {
  it.each([
    ['from Monday to Friday', '2026-03-09', '2026-03-09 to 2026-03-13'],
    ['the next one, asked on a Tuesday', '2026-03-10', '2026-03-16 to 2026-03-20'],
    ['begins after a holiday: Monday to Wednesday were off', '2015-10-05', '2015-10-08 to 2015-10-09'],
    ['is left out where none of it is worked', '2026-10-05', '2026-10-08 to 2026-10-09'],
  ])('%s', (_, from, expected) => expect(week(from)).toBe(expected))
})

describe('a half month', () => {
  it.each([
    ['the first half, due on the second working day after it', '2026-03-01', '2026-03-01 to 2026-03-17'],
    ['the second half, of 31 days', '2026-03-02', '2026-03-16 to 2026-04-02'],
    ['of February, before a weekend', '2026-02-16', '2026-02-16 to 2026-03-03'],
    ['waits for the end of a long holiday', '2015-09-16', '2015-09-16 to 2015-10-09'],
    ['over the turn of a year', '2025-12-17', '2026-01-01 to 2026-01-19'],
  ])('%s', (_, from, expected) => expect(half(from)).toBe(expected))
  it('is followed by the next', () =>
    expect(nextSpan(BUILT_IN_CALENDAR, 'report', '2026-03-01').opensOn).toBe('2026-03-16'))
})

describe('what a report tells of ends', () => {
  it.each([
    ['with the 15th, although it is due later', '2026-03-01', '2026-03-17', '2026-03-15'],
    ['with the month', '2026-03-16', '2026-04-02', '2026-03-31'],
    ['with a short month', '2026-02-16', '2026-03-03', '2026-02-28'],
    ['before a long holiday, after which it is due', '2015-09-16', '2015-10-09', '2015-09-30'],
    ['on its last day, where that comes first', '2026-03-09', '2026-03-13', '2026-03-13'],
  ])('%s', (_, opensOn, dueOn, expected) => {
    expect(lastReported({ opensOn, dueOn, repeats: true })).toBe(expected)
    expect(lastReported({ opensOn, dueOn, repeats: false })).toBe(expected)
  })
  it.each([
    ['from the 5th to the 20th', '2026-03-05', '2026-03-20', '2026-03-15'],
    ['of a whole month', '2026-03-01', '2026-03-31', '2026-03-15'],
    ['of two half months over the turn of a month', '2026-03-16', '2026-04-15', '2026-03-31'],
  ])('when it is due, where it was planned by itself for other days, %s', (_, opensOn, dueOn, ofSeries) => {
    expect(lastReported({ opensOn, dueOn, repeats: false })).toBe(dueOn)
    expect(lastReported({ opensOn, dueOn, repeats: true })).toBe(ofSeries)
  })
  it('on the day before the next one begins, over a whole year', () => {
    for (let span = halfMonthFrom(BUILT_IN_CALENDAR, '2026-01-01'); span.opensOn < '2027-01-01'; ) {
      const next = nextSpan(BUILT_IN_CALENDAR, 'report', span.opensOn)
      expect(next.opensOn).toBe(addDays(lastReported({ ...span, repeats: true }), 1))
      span = next
    }
  })
})

describe('what is to be handed in by Friday', () => {
  const of = (state: 'due' | 'handed_in' | 'returned', firstOn: string | null, today: string) =>
    submissionStanding({ state, firstOn, dueOn: '2026-03-13' }, today, BUILT_IN_CALENDAR)
  it.each([
    ['is under way on Wednesday', 'due', null, '2026-03-11', 'running'],
    ['is at risk on Thursday', 'due', null, '2026-03-12', 'atRisk'],
    ['and all of Friday', 'due', null, '2026-03-13', 'atRisk'],
    ['is overdue on Saturday', 'due', null, '2026-03-14', 'overdue'],
    ['in time on Friday', 'handed_in', '2026-03-13', '2026-03-20', 'onTime'],
    ['late on Saturday', 'handed_in', '2026-03-14', '2026-03-20', 'late'],
    [
      'returned after Friday is overdue until it is in again',
      'returned',
      '2026-03-12',
      '2026-03-16',
      'overdue',
    ],
    ['and then was in time', 'handed_in', '2026-03-12', '2026-03-17', 'onTime'],
  ] as const)('%s', (_, state, firstOn, today, expected) => expect(of(state, firstOn, today)).toBe(expected))
})
