import type { Frame } from '../page/frames.ts'
import { type Hit, isNavigation, type Page, type YearHead } from '../page/page.ts'
import { lookOf } from '../page/text.ts'
import { type DateMatch, dayOf, isRealDay } from './dates.ts'
import type { DatedHit } from './hits.ts'

/*
 * Years stand above what is of them: 「2023年」, then months and days, then 「2022年」. A year is of what follows in the element
 * around it, until another heading or other words begin something else.
 */

const YEAR_HEAD = /^[\s[【（(·•◆■▪]*(20\d{2}) ?(?:年度?(?:(\d{1,2})月)?)?[\s\]】）):：]*$/
/** The same of what is published then: 「2023年文件」. What is about a year, such as a budget, may be of another one. */
const NAMED_HEAD =
  /^[\s[【（(·•◆■▪]*(20\d{2}|二[〇○零Ｏ][〇○零Ｏ一二三四五六七八九]{2}) ?年度?(?:全?部|(?:市|区|县|省|镇|局)?政府|工作|政策|规范性|通知|信息|新闻|重要|领导|政务)?(?:文件|公文|信息|公告|公示|通知|通告|通报|公报|简报|动态|新闻|要闻|资讯|活动|会议|报道|大事记|公开|解读|发布)[\s\]】）):：]*$/
/** Elements of headings: here the number alone is a year. */
const HEADINGS = /^(?:h[1-6]|dt|th|caption|legend)$/
/** Those that begin something else, whatever they say. */
const BEGINNINGS = /^(?:h[1-6]|dt|caption|legend)$/
const BOLD = /^(?:b|strong)$/
const HAN_ZEROS = /[○零Ｏ]/g
const HAN_DIGITS = '〇一二三四五六七八九'
const LONGEST = 16
/** Longer is the title of something, and heads no list. */
const MOST_HEADING = 24
/** A link with more characters in a heading is the title of an item. */
const MOST_LINKED = 10
/** Words, and not a mark or a number before an item. */
const WORDS = /[\u4e00-\u9fff]{2}/
const LETTER = /[\p{L}\d]/u
/** What stands in a list says nothing of what stands above it. */
const OF_LIST = new Set('ul ol li dl dd table thead tbody tr td th'.split(' '))
/** What has more links and dates is no item. */
const MOST_OF_ITEM = 12
/** Elements of one item: a year is of all of it. */
const ITEM = new Set('li tr dd article'.split(' '))

/** What a run of text is, besides its words. */
interface Run {
  readonly isDate: boolean
  readonly isInLink: boolean
  /** It stands at the head of a box, as far as its words tell. */
  readonly isBoxHead: boolean
}

/** Takes a run of text as the year of what follows it, if it is one, or else as the end of those above, if it is that. */
export function noteYear(page: Page, stack: readonly Frame[], text: string, run: Run): void {
  const frame = stack.at(-1)
  if (frame === undefined || run.isDate) return
  const head = run.isInLink ? null : yearHead(text, frame.name)
  if (head !== null) {
    page.hasYears = true
    begin(frame, head)
    return
  }
  frame.hasWords ||= (lookOf(text) === 'words' || LETTER.test(text)) && !isNavigation(text)
  if (page.hasYears) endYears(stack, text, run)
}

function yearHead(text: string, name: string): YearHead | null {
  if (text.length > MOST_HEADING) return null
  const isHeading = HEADINGS.test(name)
  if (!isHeading && (text.length > LONGEST || !text.includes('年'))) return null
  const [, year, month] = YEAR_HEAD.exec(text) ?? []
  const isStrong = isHeading || BOLD.test(name)
  const named = year === undefined && isStrong ? NAMED_HEAD.exec(text)?.[1] : year
  if (named === undefined) return null
  const ofMonth = month === undefined ? null : Number(month)
  return { year: numberOf(named), month: ofMonth, isHeading: isStrong, isUsed: false }
}

/** A year in figures or in Han numerals. */
function numberOf(year: string): number {
  if (/\d/.test(year)) return Number(year)
  return Number([...year.replace(HAN_ZEROS, '〇')].map((c) => HAN_DIGITS.indexOf(c)).join(''))
}

/**
 * Years with nothing between them are a menu, the last of them too: they head nothing. The year of an item may stand behind
 * its day.
 */
function begin(frame: Frame, head: YearHead): void {
  const isMenu = frame.year !== null && !frame.year.isUsed
  frame.year = isMenu ? { ...head, year: null } : head
  if (!ITEM.has(frame.name) || (frame.events?.length ?? 0) > MOST_OF_ITEM) return
  const before = (frame.events ?? []).flatMap(({ hit }) => hit ?? [])
  const [only] = before
  if (only !== undefined && before.length === 1) setYear(only, [frame])
}

/** A heading ends the years above it, and so do words between a year and its list; what is no heading, any words end. */
function endYears(stack: readonly Frame[], text: string, { isInLink, isBoxHead }: Run): void {
  const isOther = isInLink ? isBoxHead : WORDS.test(text) && !isNavigation(text)
  const isShort = text.length <= (isInLink ? MOST_LINKED : MOST_HEADING)
  let isBeginning = false
  for (const frame of stack.toReversed()) {
    const { year, name } = frame
    isBeginning ||= BEGINNINGS.test(name)
    const isItem = ITEM.has(name)
    if (year !== null && !(isItem && (isInLink || !isBeginning))) {
      const isEnd = isBeginning ? isShort : isOther && !(year.isUsed && year.isHeading)
      if (isEnd) frame.year = { ...year, year: null }
    }
    if (OF_LIST.has(name)) return
  }
}

/** What a box of nothing but a year says is of the box around it. */
export function passYear({ year, name, hasWords, events }: Frame, parent: Frame | undefined): void {
  if (parent === undefined) return
  parent.hasWords ||= hasWords
  if (!year?.year || year.isUsed || hasWords || events?.some(({ hit }) => hit !== null)) return
  begin(parent, { ...year, isHeading: year.isHeading || HEADINGS.test(name) })
}

/** Tells a month-day without a year which of the open elements has one for it. */
export function setYear(hit: Hit, stack: readonly Frame[]): void {
  if (hit.match.year !== null || hit.match.ago !== undefined) return
  const year = yearAbove(hit.match, stack)
  if (year !== null) hit.headYear = year
}

function yearAbove({ month }: DateMatch, stack: readonly Frame[]): number | null {
  const head = stack.findLast(({ year }) => year !== null)?.year
  if (!head) return null
  head.isUsed = true
  return head.month === null || head.month === month ? head.year : null
}

/** The day by the year above; null: there is none, or it would be still to come. */
export function underHead(hit: Hit, ref: string): DatedHit | null {
  const { headYear, match } = hit
  if (headYear === undefined || match.year !== null || !isRealDay(headYear, match.month, match.day))
    return null
  const day = dayOf(headYear, match.month, match.day)
  return day > ref ? null : { hit, day, year: 'page' }
}
