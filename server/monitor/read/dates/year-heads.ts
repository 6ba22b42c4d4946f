import type { Hit, Page } from '../page/page.ts'
import { dayOf, isRealDay } from './dates.ts'
import type { DatedHit } from './hits.ts'

/** Years stand above what is of them: 「2023年」, then months and days, then 「2022年」. */
const YEAR_HEAD = /^[\s[【（(·•◆■▪]*(20\d{2}) ?(?:年度?(?:\d{1,2}月)?)?[\s\]】）):：]*$/
/** The same of what is published then: 「2023年文件」. What is about a year, such as a budget, may be of another one. */
const NAMED_HEAD =
  /^[\s[【（(·•◆■▪]*(20\d{2}|二[〇○零Ｏ][〇○零Ｏ一二三四五六七八九]{2}) ?年度?(?:全?部|(?:市|区|县|省|镇|局)?政府|工作|政策|规范性|通知|信息|新闻|重要|领导|政务)?(?:文件|公文|信息|公告|公示|通知|通告|通报|公报|简报|动态|新闻|要闻|资讯|活动|会议|报道|大事记|公开|解读|发布)[\s\]】）):：]*$/
/** Elements of headings: here the number alone is a year. */
const HEADINGS = /^(?:h[1-6]|dt|th|caption|legend)$/
const BOLD = /^(?:b|strong)$/
const HAN_ZEROS = /[○零Ｏ]/g
const HAN_DIGITS = '〇一二三四五六七八九'
const LONGEST = 16
/** Longer is the title of something, and heads no list. */
const MOST_HEADING = 24

/** Takes a run of text outside any link as the year of what follows, if it is one. @param name of its element. */
export function takeYearHead(page: Page, text: string, name: string): void {
  if (text.length > MOST_HEADING) return
  const isHeading = HEADINGS.test(name)
  if (!isHeading && (text.length > LONGEST || !text.includes('年'))) return
  const { textLength: at, yearHeads } = page
  const year = YEAR_HEAD.exec(text)?.[1]
  const named = year === undefined && (isHeading || BOLD.test(name)) ? NAMED_HEAD.exec(text)?.[1] : undefined
  if (year !== undefined) yearHeads.push({ year: Number(year), at, isNamed: false })
  else if (named !== undefined) yearHeads.push({ year: numberOf(named), at, isNamed: true })
  else if (isHeading && yearHeads.at(-1)?.isNamed) yearHeads.push({ year: null, at, isNamed: false })
}

/** A year in figures or in Han numerals. */
function numberOf(year: string): number {
  if (/\d/.test(year)) return Number(year)
  return Number([...year.replace(HAN_ZEROS, '〇')].map((c) => HAN_DIGITS.indexOf(c)).join(''))
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
    if (year === null) continue
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
