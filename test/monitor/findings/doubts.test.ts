import { describe, expect, test } from 'vitest'
import { addDays } from '../../../shared/base/time.ts'
import { doubts, line, NOW, READ, redated, seenBefore, usual, withNew } from './doubts.table.ts'

describe('a forged date is told', () => {
  // Lists reach back to 4 October: older than 11 October is three weeks before the last look.
  test.each([
    '2026-10-05',
    '2026-10-06',
    '2026-10-07',
    '2026-10-08',
    '2026-10-09',
    '2026-10-10',
    '2026-10-11',
  ])('first seen on 5 November, put in as of %s', (date) =>
    expect(doubts({ after: withNew(line(99, date)) })).toEqual([`backdated k99 ${date}`]),
  )
  test('the case of the rule book: first seen on 5 November, claims 20 September', () => {
    const before = usual('2026-10-01')
    const after = [...before.slice(0, 4), line(99, '2026-09-20'), ...before.slice(4)]
    expect(doubts({ before, after })).toEqual(['backdated k99 2026-09-20'])
  })
  test.each([2, 3, 4, 5])('%s put in at once, to fill a gap before an inspection', (count) => {
    const more = Array.from({ length: count }, (_, i) => line(90 + i, addDays('2026-10-10', -i)))
    expect(doubts({ after: withNew(...more) })).toHaveLength(count)
  })
  test.each([
    [10, '2026-11-05'],
    [9, '2026-11-04'],
    [8, '2026-11-03'],
    [5, '2026-11-05'],
    [10, '2026-10-20'],
    [7, '2026-10-25'],
  ])('item %s is given the date %s', (n, date) =>
    expect(doubts({ after: redated(n, date) })).toEqual([`moved k${n} ${date}`]),
  )
  test.each([
    [1, '2026-10-12'],
    [2, '2026-10-01'],
  ])('item %s is put back to %s', (n, date) =>
    expect(doubts({ after: redated(n, date) })).toEqual([`moved k${n} ${date}`]),
  )
  test('seen without a date on 1 October, it claims 5 November', () => {
    const seen = [...seenBefore(usual()).slice(0, 9), { n: 10, firstDay: '2026-10-01', firstDate: null }]
    expect(doubts({ seen, after: redated(10, '2026-11-05') })).toEqual(['moved k10 2026-11-05'])
  })
  test('two old ones are made new at once', () => {
    const after = [line(10, '2026-11-05'), line(9, '2026-11-05'), ...usual().slice(0, 8)]
    expect(doubts({ after })).toHaveLength(2)
  })
})

describe('what only looks like it is not', () => {
  test('nothing has changed', () => expect(doubts({ after: usual() })).toEqual([]))
  test('a first crawl', () =>
    expect(doubts({ isFirst: true, after: withNew(line(99, '2026-10-07')) })).toEqual([]))
  test.each([1, 2, 3, 4, 5, 6])('%s new ones of these days on top', (count) => {
    const more = Array.from({ length: count }, (_, i) => line(90 + i, addDays(NOW, -i)))
    expect(doubts({ after: withNew(...more) })).toEqual([])
  })
  test.each([1, 3, 7, 10, 14, 18, 20])('put online %s days after its date, as it takes an office', (days) =>
    expect(doubts({ after: withNew(line(99, addDays(READ, -days))) })).toEqual([]),
  )
  test.each([1, 2, 5])('the list has become longer by %s at its end', (count) => {
    const more = Array.from({ length: count }, (_, i) => line(90 + i, addDays('2026-10-03', -i)))
    expect(doubts({ after: [...usual(), ...more] })).toEqual([])
  })
  test.each([1, 2, 4])('%s were taken away, and older ones came into view', (count) => {
    const more = Array.from({ length: count }, (_, i) => line(90 + i, addDays('2026-10-03', -i)))
    expect(doubts({ after: [...usual().slice(count), ...more] })).toEqual([])
  })
  test('the list was turned to its next page', () => {
    const next = Array.from({ length: 10 }, (_, i) => line(60 + i, addDays('2026-10-01', -3 * i)))
    expect(doubts({ after: next })).toEqual([])
  })
  test.each([6, 8, 10])('%s of ten were put up anew under other addresses', (count) => {
    const after = usual().map((one, i) => (i < count ? line(200 + one.n, one.date) : one))
    expect(doubts({ after }), 'the dates are as they were').toEqual([])
  })
  test.each([3, 6, 10])('a template that dates %s of its items anew', (count) => {
    const seen = seenBefore(usual()).slice(10 - count)
    const after = usual().map(({ n }) => line(n, NOW))
    expect(doubts({ seen: seen.length === 10 ? seen : seenBefore(usual()), after })).toEqual([])
  })
  test.each([1, 2, 3, 6])('a date is mended by %s days', (days) =>
    expect(doubts({ after: redated(5, addDays(usual()[4]?.date ?? '', days)) })).toEqual([]),
  )
  test.each([365, 366, -365, 731])('the year was left out, and guessed otherwise by %s days', (days) => {
    const seen = seenBefore(usual()).map((one) =>
      one.n === 5 ? { ...one, firstDate: addDays(one.firstDate ?? '', days) } : one,
    )
    expect(doubts({ seen, after: usual() })).toEqual([])
  })
  test('another list of the page has come into its place', () =>
    expect(doubts({ name: '公告', after: withNew(line(99, '2026-10-07')) })).toEqual([]))
  test('a short list says nothing', () => {
    const before = usual().slice(0, 3)
    expect(doubts({ before, after: [line(99, '2026-10-07'), ...before].slice(0, 3) })).toEqual([])
  })
  test('a pinned old item on top stands in no order', () => {
    const after = [line(99, '2024-03-01'), ...usual()]
    expect(doubts({ after })).toEqual([])
  })
  test('an old one that scrolled off long ago is shown again', () => {
    const seen = [...seenBefore(usual()), { n: 99, firstDay: '2026-10-07', firstDate: '2026-10-07' }]
    expect(doubts({ seen, after: withNew(line(99, '2026-10-07')) })).toEqual([])
  })
  test('an undated item has been given its date', () => {
    const seen = seenBefore(usual()).map((one) => (one.n === 5 ? { ...one, firstDate: null } : one))
    expect(doubts({ seen, after: usual() })).toEqual([])
  })
  test.each([20, 60, 200])('the monitor stood still for %s days', (days) => {
    const day = addDays(READ, days)
    const fresh = Array.from({ length: 4 }, (_, i) => line(90 + i, addDays(day, -5 * i)))
    expect(doubts({ day, after: [...fresh, ...usual().slice(0, 6)] })).toEqual([])
  })
})
