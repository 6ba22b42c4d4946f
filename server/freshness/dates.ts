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
}

const SEP = '[-/.·－—–~]'
const TIME = String.raw`(?:[ T,]{0,3}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\.\d{1,3})?(?: ?[AP]M)?| ?\d{1,2}时\d{1,2}分(?:\d{1,2}秒)?)?`
/** After a day: no further digit (unless a time follows without a space) and no further `-NN`. */
const END = String.raw`(?:(?=\d{2}[:：]\d{2})|(?!\d|[-/.]\d))`
const YEAR = String.raw`(?:19|20)\d{2}`
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

const PATTERNS = [
  String.raw`(?<y>${YEAR}) ?(?<s>年|${SEP}) ?(?<m>\d{1,2}) ?(?:月|${SEP}) ?(?<d>\d{1,2})(?: ?[日号]|${END})${TIME}`,
  String.raw`(?<m2>\d{1,2})/(?<d2>\d{1,2})/(?<y2>${YEAR})${END}${TIME}`,
  String.raw`(?<y3>\d{2})(?<s3>[-/.])(?<m3>\d{1,2})\k<s3>(?<d3>\d{1,2})${END}${TIME}`,
  String.raw`(?<y4>\d{2})年(?<m4>\d{1,2})月(?<d4>\d{1,2})日${TIME}`,
  String.raw`(?<m5>\d{1,2})(?<s5>[-/.])(?<d5>\d{1,2})(?!\d|[-/.:%℃°]|[a-zA-Z])`,
  String.raw`(?<m6>\d{1,2}) ?月 ?(?<d6>\d{1,2}) ?日`,
  String.raw`(?<y7>20\d{2})(?<m7>0[1-9]|1[0-2])(?<d7>0[1-9]|[12]\d|3[01])(?!\d)`,
  String.raw`(?<n8>\d{1,3}) ?(?<u8>分钟|小时|天)前`,
]
const NUMERIC = new RegExp(
  String.raw`(?<![\d]|\d[-/.:])(?:${PATTERNS.join('|')})|(?<w8>刚刚|昨[天日]|前天|今天(?= ?\d{1,2}:\d{2}))`,
  'g',
)
const ENGLISH =
  /(?<![A-Za-z])(?:[A-Z][a-z]{2} (?<m>[A-Z][a-z]{2}) (?<d>\d{1,2}) \d{2}:\d{2}:\d{2} [A-Z]{3,4} (?<y>(?:19|20)\d{2})|(?<m2>[A-Z][a-z]{2,8})\.? (?<d2>\d{1,2}),? (?<y2>(?:19|20)\d{2}))/g
const HAN =
  /[二一][〇○零Ｏ一二三四五六七八九]{3}年(?<m>[元一二三四五六七八九十]{1,2})月(?<d>[一二三四五六七八九十廿]{1,3})日/g
const HAN_DIGITS = '〇一二三四五六七八九'

/** Every date written in `text` (whitespace already collapsed), in order; impossible days are left out. */
export function scanDates(text: string): DateMatch[] {
  const found: DateMatch[] = []
  if (/\d|[昨刚前]/.test(text)) for (const match of text.matchAll(NUMERIC)) add(found, match, numeric(match))
  if (/[A-Z][a-z]{2,8}\.? \d/.test(text)) for (const m of text.matchAll(ENGLISH)) add(found, m, english(m))
  if (text.includes('年') && /[〇○零Ｏ]|[二一][一二三四五六七八九]{3}年/.test(text)) {
    for (const match of text.matchAll(HAN)) add(found, match, han(match))
  }
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

type Parts = Pick<DateMatch, 'form' | 'year' | 'month' | 'day' | 'ago'>

function add(found: DateMatch[], match: RegExpExecArray, parts: Parts | null): void {
  if (parts === null) return
  // 2000 is a leap year: a month-day without a year may be 02-29.
  if (parts.form !== 'relative' && !isRealDay(parts.year ?? 2000, parts.month, parts.day)) return
  const raw = match[0].trim()
  const hasTime = /\d[:：时]\d/.test(raw)
  found.push({ raw, start: match.index, end: match.index + match[0].length, ...parts, hasTime })
}

function numeric(match: RegExpExecArray): Parts | null {
  const g = match.groups ?? {}
  if (g.y) return { form: g.s === '年' ? 'ymd_cn' : 'ymd', year: +g.y, month: num(g.m), day: num(g.d) }
  if (g.y2) return monthFirst(num(g.m2), num(g.d2), +g.y2)
  if (g.y3) return { form: 'yymd', year: 2000 + +g.y3, month: num(g.m3), day: num(g.d3) }
  if (g.y4) return { form: 'yymd_cn', year: 2000 + +g.y4, month: num(g.m4), day: num(g.d4) }
  if (g.m5) return bareMonthDay(match[0], g.s5 ?? '', num(g.m5), num(g.d5))
  if (g.m6) return { form: 'md_cn', year: null, month: num(g.m6), day: num(g.d6) }
  if (g.y7) return { form: 'compact', year: +g.y7, month: num(g.m7), day: num(g.d7) }
  return { form: 'relative', year: null, month: 0, day: 0, ago: daysAgo(g.n8, g.u8, g.w8) }
}

/** `1.5` and `3/4` are numbers more often than dates: apart from `12-29`, both halves need two digits. */
function bareMonthDay(raw: string, separator: string, month: number, day: number): Parts | null {
  if (raw.length < 5 && separator !== '-') return null
  if (raw.length < 4) return null
  return { form: 'md', year: null, month, day }
}

function monthFirst(first: number, second: number, year: number): Parts {
  const [month, day] = first > 12 ? [second, first] : [first, second]
  return { form: 'mdy', year, month, day }
}

function daysAgo(n: string | undefined, unit: string | undefined, word: string | undefined): number {
  if (n) return unit === '天' ? +n : 0
  if (word === '前天') return 2
  return word?.startsWith('昨') ? 1 : 0
}

function english(match: RegExpExecArray): Parts | null {
  const g = match.groups ?? {}
  const month = MONTHS.indexOf((g.m ?? g.m2 ?? '').slice(0, 3).toLowerCase()) + 1
  if (month === 0) return null
  return { form: 'english', year: num(g.y ?? g.y2), month, day: num(g.d ?? g.d2) }
}

function han(match: RegExpExecArray): Parts | null {
  const digits = [...match[0].slice(0, 4)].map((c) => ('○零Ｏ'.includes(c) ? 0 : HAN_DIGITS.indexOf(c)))
  const year = Number(digits.join(''))
  return { form: 'cn', year, month: hanNumber(match.groups?.m), day: hanNumber(match.groups?.d) }
}

/** 1–31 in Han numerals: 三, 十, 十二, 二十, 三十一, 廿五. */
function hanNumber(text: string | undefined): number {
  if (!text) return 0
  if (text === '元') return 1
  const [tens, units = ''] = text.replace('廿', '二十').split('十')
  if (!text.includes('十') && !text.includes('廿')) return HAN_DIGITS.indexOf(text)
  return (tens ? HAN_DIGITS.indexOf(tens) : 1) * 10 + (units ? HAN_DIGITS.indexOf(units) : 0)
}

function num(text: string | undefined): number {
  return Number(text ?? 0)
}
