import { expect, it } from 'vitest'
import { sentDay, sentInstant } from '../../shared/base/instant.ts'

it.each([
  ['2026-11-28T09:00:00+08:00', true],
  ['8999-12-31T23:59:59.999Z', true],
  // In another zone it lies in the year 10000, which no database column and no text of ours has a place for.
  ['9999-12-31T23:59:59+14:00', false],
  ['9999-12-31T23:59:59-14:00', false],
  ['2026-11-28', false],
  ['2026-02-30T00:00:00Z', false],
])('an instant that somebody sends: %s', (text, isGood) => {
  expect(sentInstant.safeParse(text).success).toBe(isGood)
})

it('a day that somebody sends can be counted on from: none of the year 9999, none that is none', () => {
  const isOne = (day: string) => sentDay.safeParse(day).success
  expect(['2026-03-10', '8999-12-31'].map(isOne)).toEqual([true, true])
  expect(['9999-12-31', '2026-02-30', '1969-12-31', '20260310'].map(isOne)).toEqual([
    false,
    false,
    false,
    false,
  ])
})
