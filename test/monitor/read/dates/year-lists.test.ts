import { describe, expect, it } from 'vitest'
import { list, newest, page, read } from '../snippets.ts'

/* Lists of months and days, as an operator would read them. */

const TODAY = '2026-06-15'
/** The newest day of one list of months and days. */
const newestOf = (dates: readonly string[], ref = TODAY) => newest(list(...dates), { ref })

const LIVING = ['06-12', '06-10', '06-05', '05-28', '05-20', '05-11']

describe('an item that is dated ahead is of a day to come, and leaves the list where it is', () => {
  it.each([
    ['above the others', ['06-16', '06-12', '06-10'], '2026-06-12'],
    ['among them', ['06-12', '06-18', '06-10', '06-05'], '2026-06-12'],
    ['a month ahead', ['07-12', ...LIVING], '2026-06-12'],
    ['two of them', ['06-17', '06-16', '06-12', '06-10', '06-05'], '2026-06-12'],
  ])('%s', (_, dates, gold) => {
    expect(newestOf(dates)).toBe(gold)
  })

  it('it is told as one of the future, as whole dates are', () => {
    const { rejected } = read(page(list('06-16', '06-12', '06-10')), { ref: TODAY })
    expect(rejected).toContainEqual({ raw: '06-16', why: 'future' })
  })

  it('with an address of its day it is none of the year before', () => {
    const item = (day: string, i: number) =>
      `<li><a href="/t2026${day.replace('-', '')}_1.html">关于第${i}次会议的通知</a><span>${day}</span></li>`
    const found = read(page(`<ul>${['06-16', '06-12', '06-10'].map(item).join('')}</ul>`), { ref: TODAY })
    expect(found.items.map(({ date }) => date)).toEqual(['2026-06-12', '2026-06-10'])
  })

  it('but a list that goes on for weeks to come is of last year', () => {
    expect(newestOf(['07-10', '07-03', '06-26', '06-19', '06-12', '06-05'])).toBe('2025-07-10')
    expect(newestOf(['06-20', '04-12', '03-02'])).toBe('2025-06-20')
  })
})
