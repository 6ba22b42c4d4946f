import { describe, expect, test } from 'vitest'
import { finding } from '../../../shared/monitor/freshness/freshness.ts'
import { freshnessOf } from '../../support/rules-2015.ts'
import { list, newest, page, read } from './snippets.ts'

describe('how a page stands', () => {
  const ref = '2021-04-15'
  test.each([
    ['2021-04-15', 'fresh', 'today'],
    ['2021-04-06', 'fresh', '9 days ago'],
    ['2021-04-05', 'due', '10 days ago: the early warning'],
    ['2021-04-01', 'due', '14 days ago: still within the two weeks'],
    ['2021-03-31', 'dormant', '15 days ago: the veto'],
  ])('%s is %s (%s)', (day, expected) => {
    expect(freshnessOf(day, 'dated', ref)).toBe(expected)
  })

  test('a page without dates is undated, one nobody could read is unknown', () => {
    expect(freshnessOf(null, 'undated', ref)).toBe('undated')
    expect(freshnessOf(null, 'unreadable', ref)).toBe('unknown')
    expect(freshnessOf(null, null, ref)).toBe('unknown')
  })

  test('the two weeks cross month and leap day', () => {
    expect(freshnessOf('2020-02-20', 'dated', '2020-03-05')).toBe('due')
    expect(freshnessOf('2020-02-19', 'dated', '2020-03-05')).toBe('dormant')
  })
})

test('an item dated exactly 14 days ago is counted as recent, one of 15 days is not', () => {
  expect(read(page(list('2021-03-24', '2021-03-23'))).recent).toBe(1)
})

test('ten items of one day are ten items', () => {
  expect(read(page(list(...Array.from({ length: 10 }, () => '2021-04-06')))).recent).toBe(10)
})

test('what is found is what the contract promises', () => {
  for (const html of [page(list('2021-04-06')), page(''), '', page('<p>2021年4月6日 星期二</p>')]) {
    expect(finding.parse(read(html))).toEqual(read(html))
  }
  expect(newest(list('2021-04-06'))).toBe('2021-04-06')
})
