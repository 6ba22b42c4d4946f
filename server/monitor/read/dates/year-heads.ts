import type { Hit, Page } from '../page/page.ts'
import { dayOf, isRealDay } from './dates.ts'
import type { DatedHit } from './hits.ts'

/** Years stand above what is of them: 「2023年」, then months and days, then 「2022年」. */
const YEAR_HEAD = /^[\s[【（(·•◆■▪]*(20\d{2}) ?(?:年度?(?:\d{1,2}月)?)?[\s\]】）):：]*$/
/** Elements of headings: here the number alone is a year. */
const HEADINGS = /^(?:h[1-6]|dt|th|caption|legend)$/
const LONGEST = 14

/** Takes a run of text outside any link as the year of what follows, if it is one. @param name of its element. */
export function takeYearHead(page: Page, text: string, name: string): void {
  if (text.length > LONGEST || !(text.includes('年') || HEADINGS.test(name))) return
  const year = YEAR_HEAD.exec(text)?.[1]
  if (year !== undefined) page.yearHeads.push({ year: Number(year), at: page.textLength })
}

/**
 * Tells the month-days without a year which stand under the head of one. Heads with nothing between them are a menu of
 * years, the last of them too: they head nothing.
 */
export function headYears({ hits, yearHeads }: Page): void {
  if (yearHeads.length === 0) return
  const open = hits.filter(({ match }) => match.year === null && match.ago === undefined)
  let next = 0
  let isMenu = false
  for (const [i, { year, at }] of yearHeads.entries()) {
    const end = yearHeads[i + 1]?.at ?? Number.POSITIVE_INFINITY
    while (next < open.length && (open[next]?.textBefore ?? 0) < at) next++
    const from = next
    while (next < open.length && (open[next]?.textBefore ?? 0) < end) next++
    const under = open.slice(from, next)
    if (!isMenu) for (const hit of under) hit.headYear = year
    isMenu = under.length === 0
  }
}

/** The day by the year above; null: there is none, or it would be still to come. */
export function underHead(hit: Hit, ref: string): DatedHit | null {
  const { headYear, match } = hit
  if (headYear === undefined || match.year !== null || !isRealDay(headYear, match.month, match.day))
    return null
  const day = dayOf(headYear, match.month, match.day)
  return day > ref ? null : { hit, day, year: 'page' }
}
