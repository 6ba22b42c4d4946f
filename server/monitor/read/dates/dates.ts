import { remembered } from '../../html/remembered.ts'
import { lookOf } from '../page/text.ts'
import { scanNamed } from './named.ts'

/**
 * The ways Chinese government pages write a date. Only what is written is read here; which year a bare
 * month-day belongs to, and whether the date is a publish date at all, is decided elsewhere.
 */

export type DateForm =
  | 'ymd'
  | 'ymd_cn'
  | 'yymd'
  | 'yymd_cn'
  | 'mdy'
  | 'md'
  | 'md_cn'
  | 'compact'
  | 'english'
  | 'cn'
  | 'relative'
  | 'split'
  | 'epoch'

/** One date in a text. `year` is null where none is written; `ago` counts days back from the reference day. */
export interface DateMatch {
  raw: string
  start: number
  end: number
  form: DateForm
  year: number | null
  month: number
  day: number
  ago?: number
  hasTime: boolean
  /** A weekday is written after it, as clocks do and some lists. */
  hasWeekday?: true
  /** Two numbers so short that only a list of such makes them dates. */
  isShort?: true
  /** Of two numbers that could both be the day, which is: the first, the second, or not to be told from this date. */
  order?: 'day' | 'month' | 'open'
}

const SEP = '[-/.·－—–~]'
const WEEKDAY = String.raw`(?:[(（][月火水木金土][)）]| ?[(（]? ?(?:(?:星期|周|週|礼拜)[一二三四五六日天](?![\u4e00-\u9fa5])|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}) ?[)）]?)?`
/** 「上午」 belongs to what templates write in figures; people who write 「12日上午9:30」 tell of an event. */
const TIME = String.raw`${WEEKDAY}(?:(?: - |[ T,]{0,3})(?:(?<![日号] ?)[上下]午 ?)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\.\d{1,7})?(?:Z|\+\d{2}:?\d{2}| ?[AP]M)?| ?\d{1,2}时\d{1,2}分(?:\d{1,2}秒)?)?`
/** After a day: no further digit (unless a time follows without a space) and no further `-NN`. */
const END = String.raw`(?:(?=\d{2}[:：]\d{2})|(?!\d|[-/.]\d))`
const YEAR = String.raw`(?:19|20)\d{2}`

/** Finds candidates without capturing: what they are is read from the few characters found. */
const LOCATE = new RegExp(
  String.raw`(?<![\dvV]|\d[-/.:年])(?:${[
    String.raw`${YEAR} ?(?:[年년]|${SEP}) ?\d{1,2} ?(?:[月월]|${SEP}) ?\d{1,2}(?: ?[日号일]|${END})${TIME}`,
    String.raw`\d{1,2}(?:/\d{1,2}/|-\d{1,2}-|\.\d{1,2}\.)${YEAR}${END}${TIME}`,
    String.raw`\d{2}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)\d{1,2}${END}${TIME}`,
    String.raw`\d{2}年\d{1,2}月\d{1,2}日${TIME}`,
    String.raw`\d{1,2}[-/.]\d{1,2}(?!\d|[-/.:%℃°]|[a-zA-Z])${TIME}`,
    String.raw`\d{1,2} ?月 ?\d{1,2} ?日${TIME}`,
    String.raw`20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)`,
    String.raw`\d{1,3} ?(?:(?:分钟|小时|[天日]|个?星期|周)前|(?:min(?:ute)?|h(?:ou)?r|day|week)s? ago\b)`,
  ].join('|')})|刚刚|\bYesterday\b|(?:[今昨][天日]|前天)(?: ?\d{1,2}:\d{2})?`,
  'g',
)
/** Far more dates than any honest run of text holds. */
const MAX_DATES = 300
/** Without one of these no text holds a date. */
const HINT = /[\d刚今昨前Y〇○零Ｏ]|[Oo一二三四五六七八九]年/
/** Longer texts are seldom the same. */
const SHORT = 16
const NONE: DateMatch[] = []
const NUMBERS = /^(\d+)( ?[^\d\s] ?)(\d{1,2})(?: ?([^\d\s]) ?(\d{1,4}))?/
const HAN = new RegExp(
  `[二一][〇○零ＯOo0一二三四五六七八九]{3}年 ?([元一二三四五六七八九十]{1,2})月 ?([一二三四五六七八九十廿卅]{1,3})日${TIME}`,
  'g',
)
const HAN_DIGITS = '〇一二三四五六七八九'
/** What people take for a zero among Han numerals. */
const HAN_ZEROS = '○零ＯOo0'
const DAYS_OF = { 天: 1, 日: 1, d: 1, 个: 7, 星: 7, 周: 7, w: 7 } as const

/** Every date written in `text` (whitespace already collapsed), in order; impossible days are left out. */
export const scanDates: (text: string) => readonly DateMatch[] = remembered(scan, SHORT)

function scan(text: string): readonly DateMatch[] {
  if (!HINT.test(text)) return NONE
  const found: DateMatch[] = []
  LOCATE.lastIndex = 0
  for (let match = LOCATE.exec(text); match !== null && found.length < MAX_DATES; match = LOCATE.exec(text)) {
    add(found, match, numeric(match[0]))
    if (LOCATE.lastIndex === text.length) break
  }
  if (found[0]?.raw === text && !found[0].hasWeekday) return found
  scanNamed(text, (match, parts) => add(found, match, parts))
  if (text.includes('年') && /[〇○零ＯOo0一二三四五六七八九]年/.test(text))
    for (const match of text.matchAll(HAN)) add(found, match, han(match))
  return found
}

/** True when the three numbers are a day that exists. */
export function isRealDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  return day <= (month === 2 && !isLeap(year) ? 28 : (DAYS_IN_MONTH[month - 1] ?? 0))
}

/** 'YYYY-MM-DD' of three numbers. */
export function dayOf(year: number, month: number, day: number): string {
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

type Parts = Pick<DateMatch, 'form' | 'year' | 'month' | 'day' | 'ago' | 'order' | 'isShort'>
const WEEKDAY_IN =
  /[\d一二三四五六七八九十] ?[日号]? ?[(（]? ?(?:(?:星期|周|週|礼拜)[一二三四五六日天]|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6})|^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),) /

function add(found: DateMatch[], match: RegExpExecArray, parts: Parts | null): void {
  if (parts === null) return
  // 2000 is a leap year: a month-day without a year may be 02-29.
  if (parts.form !== 'relative' && !isRealDay(parts.year ?? 2000, parts.month, parts.day)) return
  const raw = match[0].trim()
  const isBare = lookOf(raw) === 'figures'
  const hasTime = !isBare && /\d[:：时]\d/.test(raw)
  const { index } = match
  const { form, year, month, day, ago, order, isShort } = parts
  const date: DateMatch = { raw, start: index, end: index + match[0].length, form, year, month, day, hasTime }
  if (ago !== undefined) date.ago = ago
  if (order !== undefined) date.order = order
  if (isShort !== undefined) date.isShort = isShort
  if (!isBare && WEEKDAY_IN.test(raw)) date.hasWeekday = true
  found.push(date)
}

function numeric(raw: string): Parts | null {
  const m = NUMBERS.exec(raw)
  if (m === null || raw.endsWith('前')) return unbroken(raw)
  const [, first = '', separator = '', second = '', , third] = m
  // Of 「3月12日 10:22」 and 「03-12 - 10:22」 the third is an hour.
  const isHour = third !== undefined && first.length < 3 && /^\d? ?[:：时]/.test(raw.slice(m[0].length))
  if (third === undefined || isHour) return monthDay(raw, separator.trim(), Number(first), Number(second))
  const han = /[年년]/.test(separator)
  // A time may be glued to the day: 2020-12-2808:30.
  if (first.length === 4) return ymd(han ? 'ymd_cn' : 'ymd', Number(first), second, third.slice(0, 2))
  // With dots the day stands first, wherever that is written.
  if (third.length === 4 && separator === '.') return ymd('mdy', Number(third), second, first)
  if (third.length === 4) return monthFirst(Number(first), Number(second), Number(third))
  return ymd(han ? 'yymd_cn' : 'yymd', 2000 + Number(first), second, third)
}

function ymd(form: DateForm, year: number, month: string, day: string): Parts {
  return { form, year, month: Number(month), day: Number(day) }
}

function unbroken(raw: string): Parts | null {
  if (/^\d{8}$/.test(raw)) return ymd('compact', Number(raw.slice(0, 4)), raw.slice(4, 6), raw.slice(6))
  return { form: 'relative', year: null, month: 0, day: 0, ago: daysAgo(raw) }
}

/** 3天前, 2周前; what is told in hours or minutes is of today, as most of it is. */
function daysAgo(raw: string): number {
  const amount = /^(\d+) ?(.)/.exec(raw)
  if (amount) return Number(amount[1]) * (DAYS_OF[amount[2] as keyof typeof DAYS_OF] ?? 0)
  return raw.startsWith('前天') ? 2 : /^[昨Y]/.test(raw) ? 1 : 0
}

/** `1.5` and `3/4` are numbers more often than dates: with a dot both halves need two digits, with others a list. */
function monthDay(raw: string, separator: string, month: number, day: number): Parts | null {
  if (separator === '月') return { form: 'md_cn', year: null, month, day }
  const isShort = raw.length < (separator === '-' ? 4 : 5)
  if (isShort && separator === '.') return null
  const short = isShort ? { isShort: true as const } : {}
  if (month > 12) return { form: 'md', year: null, month: day, day: month, order: 'day', ...short }
  return { form: 'md', year: null, month, day, order: day > 12 ? 'month' : 'open', ...short }
}

function monthFirst(first: number, second: number, year: number): Parts {
  const [month, day] = first > 12 ? [second, first] : [first, second]
  return { form: 'mdy', year, month, day, order: first > 12 ? 'day' : second > 12 ? 'month' : 'open' }
}

function han(match: RegExpExecArray): Parts | null {
  const digits = [...match[0].slice(0, 4)].map((c) => (HAN_ZEROS.includes(c) ? 0 : HAN_DIGITS.indexOf(c)))
  const year = Number(digits.join(''))
  return { form: 'cn', year, month: hanNumber(match[1]), day: hanNumber(match[2]) }
}

/** 1–31 in Han numerals: 三, 十, 十二, 二十, 三十一, 廿五. */
function hanNumber(text: string | undefined): number {
  if (!text) return 0
  if (text === '元') return 1
  const [tens, units = ''] = text.replace('廿', '二十').replace('卅', '三十').split('十')
  if (!/[十廿卅]/.test(text)) return HAN_DIGITS.indexOf(text)
  return (tens ? HAN_DIGITS.indexOf(tens) : 1) * 10 + (units ? HAN_DIGITS.indexOf(units) : 0)
}
