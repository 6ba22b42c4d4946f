import { describe, expect, test } from 'vitest'
import {
  type ColumnClass,
  type ColumnState,
  childrenAmong,
  classifyColumn,
  monthsBefore,
} from '../../../shared/monitor/columns/columns.ts'
import { columnStateOf, judgeColumns, windowStart } from '../../support/rules-2015.ts'
import { patient } from '../../support/run/patience.ts'

describe('windows by the calendar', () => {
  test.each([
    ['2015-03-01', 2, '2015-01-01', "the table's own example"],
    ['2015-03-31', 1, '2015-02-28', 'the month is shorter'],
    ['2016-03-31', 1, '2016-02-29', 'in a leap year'],
    ['2015-03-31', 6, '2014-09-30', 'half a year back'],
    ['2015-08-31', 6, '2015-02-28', 'half a year back, into February'],
    ['2016-02-29', 12, '2015-02-28', 'a year back from a leap day'],
    ['2015-01-15', 1, '2014-12-15', 'over the turn of the year'],
  ])('%s minus %i months is %s: %s', (day, months, expected) => {
    expect(monthsBefore(day, months)).toBe(expected)
  })

  test('each class has its own', () => {
    const classes: ColumnClass[] = ['news', 'notice', 'policy', 'personnel', 'plan', 'daily', 'other']
    expect(classes.map((name) => windowStart(name, '2015-03-31'))).toEqual([
      '2015-03-17',
      '2014-09-30',
      '2014-09-30',
      '2014-03-31',
      '2014-03-31',
      '2015-03-30',
      null,
    ])
  })
})

test.each([
  ['工作动态', 'news'],
  ['政务要闻', 'news'],
  ['通知公告', 'notice'],
  ['公示公告', 'notice'],
  ['政策文件', 'policy'],
  ['政策解读', 'policy'],
  ['人事信息', 'personnel'],
  ['招考录用', 'personnel'],
  ['规划计划', 'plan'],
  ['空气质量日报', 'daily'],
  ['计划生育', 'other'],
  ['机构职能', 'other'],
  ['办事指南', 'other'],
])('%s looks like %s', (name, expected) => {
  expect(classifyColumn(name)).toBe(expected)
})

describe('how a column stands', () => {
  const today = '2015-08-31'
  const column = { class: 'news' as ColumnClass, newest: null, items: 8, blankRuns: 0, isWholeRead: true }
  test.each([
    ['on the first day of its window', { newest: '2015-08-17' }, 'fresh'],
    ['the day before', { newest: '2015-08-16' }, 'stale'],
    ['a notice at six months to the day', { class: 'notice', newest: '2015-02-28' }, 'fresh'],
    ['a notice a day older', { class: 'notice', newest: '2015-02-27' }, 'stale'],
    ['without dates', {}, 'undated'],
    ['without dates, its own page not read yet', { isWholeRead: false }, 'unknown'],
    ['empty once', { items: 0, blankRuns: 1 }, 'unknown'],
    ['empty twice running', { items: 0, blankRuns: 2 }, 'blank'],
    ['its own page empty, shown new at home', { newest: '2015-08-30', blankRuns: 2 }, 'fresh'],
    ['its own page empty, shown old at home', { newest: '2015-01-30', blankRuns: 2 }, 'stale'],
    ['its own page empty, shown without dates at home', { blankRuns: 2 }, 'unknown'],
    ['its own page empty once, shown without dates at home', { blankRuns: 1 }, 'unknown'],
    ['of no class', { class: 'other', newest: '2009-01-01' }, 'free'],
  ] as const)('%s', (_, given, expected) => {
    expect(columnStateOf({ ...column, ...given }, today)).toBe(expected)
  })
})

test('a column below another one does not count by itself', () => {
  const isBelow = (url: string, parent: string) => childrenAmong([url, parent])[0]
  expect(isBelow('http://a.cn/gzdt/bmdt/', 'http://a.cn/gzdt/')).toBe(true)
  expect(isBelow('http://a.cn/gzdt/bmdt/index.html', 'http://a.cn/gzdt/index.html')).toBe(true)
  expect(isBelow('http://a.cn/zwgk/rsxx/', 'http://a.cn/zwgk/zcwj/'), 'side by side').toBe(false)
  expect(isBelow('http://a.cn/gzdt/', 'http://a.cn/'), 'the top is no column').toBe(false)
  expect(isBelow('http://a.cn/gzdt/2.html', 'http://a.cn/gzdt/1.html'), 'two of one folder').toBe(false)
  expect(isBelow('http://b.cn/gzdt/x/', 'http://a.cn/gzdt/'), 'another host').toBe(false)
})

test('thousands of columns are told from those below them, each wherever it stands', () => {
  const tops = Array.from({ length: 20_000 }, (_, n) => `http://a.cn/n${n}/`)
  const urls = [...tops.map((url) => `${url}x/y/1.html`), null, 'http://a.cn/', ...tops, 'http://b.cn/n1/x/']
  const began = performance.now()
  const isChild = childrenAmong(urls)
  expect(performance.now() - began).toBeLessThan(patient(3_000))
  expect(isChild.slice(0, tops.length)).not.toContain(false)
  expect(isChild.slice(tops.length)).not.toContain(true)
})

describe('verdicts', () => {
  const many = (n: number, name: ColumnClass, state: ColumnState) =>
    Array.from({ length: n }, () => ({ class: name, state }))
  const veto = (rule: string, columns: Parameters<typeof judgeColumns>[0]) => {
    const one = judgeColumns(columns, null).vetoes.find((each) => each.rule === rule)
    return [one?.verdict, one?.count]
  }
  const points = (rule: string, columns: Parameters<typeof judgeColumns>[0], recent: number | null = null) =>
    judgeColumns(columns, recent).deductions.find((each) => each.rule === rule)?.points

  test('V3a: stale news and notices together, four pass and five do not', () => {
    const base = many(2, 'news', 'stale')
    expect(veto('V3a', [...base, ...many(2, 'policy', 'undated')])).toEqual(['ok', 4])
    expect(veto('V3a', [...base, ...many(3, 'notice', 'stale')])).toEqual(['violated', 5])
    expect(veto('V3a', many(9, 'plan', 'stale')), 'plans are not of it').toEqual(['ok', 0])
  })

  test('V3b: nine overdue columns are a warning, ten a veto', () => {
    expect(veto('V3b', many(6, 'plan', 'stale'))).toEqual(['ok', 6])
    expect(veto('V3b', many(9, 'plan', 'stale'))).toEqual(['warning', 9])
    expect(veto('V3b', [...many(9, 'plan', 'stale'), ...many(1, 'daily', 'stale')])).toEqual(['violated', 10])
  })

  test('V3c: four blank columns are a warning, five a veto', () => {
    expect(veto('V3c', many(2, 'other', 'blank'))).toEqual(['ok', 2])
    expect(veto('V3c', many(4, 'other', 'blank'))).toEqual(['warning', 4])
    expect(veto('V3c', many(5, 'other', 'blank'))).toEqual(['violated', 5])
  })

  test('what was not measured is never a pass', () => {
    expect(veto('V3a', [...many(3, 'news', 'stale'), ...many(1, 'news', 'unknown')])).toEqual(['ok', 3])
    expect(veto('V3a', [...many(3, 'news', 'stale'), ...many(2, 'news', 'unknown')])).toEqual([
      'insufficient',
      3,
    ])
    expect(veto('V3c', []), 'no columns were found at all').toEqual(['insufficient', 0])
  })

  test('S3: nine items in two weeks cost five points, ten none, and none at all is the matter of V2', () => {
    expect([0, 1, 9, 10, null].map((recent) => points('S3', [], recent))).toEqual([0, 5, 5, 0, 0])
  })

  test('S4: three, four and five points for each stale column', () => {
    const columns = [
      ...many(2, 'news', 'stale'),
      ...many(1, 'notice', 'stale'),
      ...many(1, 'policy', 'undated'),
      ...many(1, 'personnel', 'stale'),
      ...many(1, 'plan', 'fresh'),
    ]
    expect(['S4a', 'S4b', 'S4c'].map((rule) => points(rule, columns))).toEqual([6, 8, 5])
  })
})
