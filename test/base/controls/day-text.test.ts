import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDay, parseMoment, parseTime } from '../../../web/base/ui/controls/days/day-text.ts'
import { addMonths, weeksOf } from '../../../web/base/ui/controls/days/month.ts'

const TODAY = '2026-11-28'

describe('a day as people type it', () => {
  test.each([
    '20261128',
    '2026-11-28',
    '2026/11/28',
    '2026.11.28',
    '2026年11月28日',
    ' 2026-11-28 ',
    '２０２６１１２８',
    '1128',
    '11-28',
    '11月28日',
  ])('%s', (text) => {
    expect(parseDay(text, TODAY)).toBe('2026-11-28')
  })

  test.each(['', '2026', '2026-13-01', '20260230', 'x', '试填', '2026-11-28 08:30'])('%s is none', (text) => {
    expect(parseDay(text, TODAY)).toBeNull()
  })

  test('one figure for a month or a day is enough where a mark stands between', () => {
    expect(parseDay('2026-3-5', TODAY)).toBe('2026-03-05')
    expect(parseDay('3.5', TODAY)).toBe('2026-03-05')
  })
})

test('a time: with a mark, without one, hours alone', () => {
  for (const text of ['0830', '830', '8:30', '08:30', '8：30', '8.30', '8点30分'])
    expect(parseTime(text), text).toBe('08:30')
  expect(parseTime('18')).toBe('18:00')
  for (const text of ['', '2460', '24:00', '8:60', 'acht']) expect(parseTime(text), text).toBeNull()
})

test('a day and a time', () => {
  for (const text of ['2026-11-28 18:30', '20261128 1830', '202611281830', '2026-11-28T18:30', '11-28 18:30'])
    expect(parseMoment(text, TODAY), text).toBe('2026-11-28T18:30')
  for (const text of ['2026-11-28', '18:30', '', '2026-11-28 25:00'])
    expect(parseMoment(text, TODAY), text).toBeNull()
})

test('whatever the product writes is read again, and nothing else is made of it', () => {
  const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(days, (at) => {
      const day = at.toISOString().slice(0, 10)
      const moment = at.toISOString().slice(0, 16)
      return (
        parseDay(day, TODAY) === day &&
        parseDay(day.replaceAll('-', ''), TODAY) === day &&
        parseMoment(moment, TODAY) === moment
      )
    }),
  )
})

test('a month is whole weeks from Monday; the same day of a shorter month is its last', () => {
  const weeks = weeksOf('2026-11-28')
  expect(weeks[0]?.[0]).toBe('2026-10-26')
  expect(weeks.at(-1)?.at(-1)).toBe('2026-12-06')
  expect(weeksOf('2027-02-10')).toHaveLength(4)
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(addMonths('2026-11-28', -11)).toBe('2025-12-28')
  expect(addMonths('2024-02-29', 12)).toBe('2025-02-28')
})
