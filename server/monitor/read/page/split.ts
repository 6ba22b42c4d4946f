import { remembered } from '../../html/remembered.ts'
import { type DateMatch, isRealDay } from '../dates/dates.ts'
import { bareHit, labelBefore, type RunContext } from '../runs.ts'
import { tagOf } from './frames.ts'
import type { Hit } from './page.ts'
import { lookOf } from './text.ts'

/** Part of a date that has an element to itself: 「23」 beside 「2020-12」, 「12-23」 beside 「2020」. */
interface Part {
  raw: string
  year?: number
  month?: number
  day?: number
  /** A number by itself: what it is, its neighbours tell. */
  number?: number
  order?: NonNullable<DateMatch['order']>
}

const MOST_PART = 16
/** What such a part is made of, and what stands at its edges. */
const PART = /^[\s\d/|.,\-·[\]()年月日一二三四五六七八九十A-Za-z]+$/
const EDGES = /^[\s/|.\-·[(]+|[\s/|.\-·\])]+$/g
const YEAR_MONTH = /^((?:19|20)\d{2}) ?[-/.年·] ?(\d{1,2})月?$/
const MONTH_YEAR = /^(\d{1,2})[-/.]((?:19|20)\d{2})$/
const YEAR = /^((?:19|20)\d{2})年?$/
const MONTH = /^(\d{1,2}) ?月$/
const MONTH_DAY = /^(\d{1,2})[-/.月](\d{1,2})日?$/
const DAY = /^(\d{1,2})日$/
const NUMBER = /^\d{1,2}$/
/** What may stand between the parts. */
const BETWEEN = /^[\s/|.\-·[\]()年月日]*$/
const SEAM = /[/.-]/
const NAMES = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?$/i
const NAME_YEAR = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[., ]{1,2}((?:19|20)\d{2})$/i
const HAN_MONTH = /^(十?[一二三四五六七八九十])月$/
const HAN = '一二三四五六七八九十'
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** Puts dates together that are spread over neighbouring elements. */
export class SplitDates {
  private part: Part | null = null
  private hit: Hit | null = null
  /** Of the first part. */
  private label: Hit['label'] = null
  /** What stood between the last part and now. */
  private between = ''

  /**
   * Looks at the next run of text and the dates found in it. Returns a new hit when this run completes a date;
   * a month and day that already made a hit only gets its year.
   * @param name of the element that it stands in: a year in a heading is of what follows.
   */
  take(text: string, hits: readonly Hit[], contextOf: () => RunContext, name: string): Hit | null {
    const part = hits.length > 1 ? null : partOf(text)
    if (part === null) {
      if (lookOf(text) !== 'words' && BETWEEN.test(text)) this.between += text
      else this.part = null
      return null
    }
    const isHead = part.year !== undefined && this.hit !== null && tagOf(name).isHeading
    const joined = !isHead && this.part ? joinParts(named(this.part, this.between), part, this.between) : null
    const date = joined && dateOfParts(joined)
    if (joined === null) this.label = hits.length > 0 ? null : labelBefore(contextOf())
    this.part = joined ?? part
    this.between = ''
    if (date === null) {
      this.hit = hits[0] ?? null
      return null
    }
    const known = hits[0] ?? this.hit
    this.hit = known ?? bareHit(date, this.label, contextOf())
    this.hit.match = date
    this.hit.where = 'split'
    return known ? null : this.hit
  }
}

/** Reads a short run of text as part of a date; null when it is anything else. */
function partOf(text: string): Part | null {
  return text.length > MOST_PART || lookOf(text) === 'words' ? null : readPart(text)
}

const readPart = remembered((text: string): Part | null => {
  if (!PART.test(text)) return null
  const bare = text.replace(EDGES, '')
  let m = MONTH_DAY.exec(bare)
  if (m) return { raw: text, month: Number(m[1]), day: Number(m[2]) }
  m = YEAR_MONTH.exec(bare)
  if (m) return month(text, Number(m[2]), Number(m[1]))
  m = MONTH_YEAR.exec(bare)
  if (m) return month(text, Number(m[1]), Number(m[2]))
  m = YEAR.exec(bare)
  if (m) return { raw: text, year: Number(m[1]) }
  m = MONTH.exec(bare)
  if (m) return month(text, Number(m[1]))
  m = DAY.exec(bare)
  if (m) return Number(m[1]) <= 31 ? { raw: text, day: Number(m[1]) } : null
  if (NUMBER.test(bare)) return Number(bare) <= 31 ? { raw: text, number: Number(bare) } : null
  return namedMonth(text, bare)
}, MOST_PART)

/** A number is what stands behind it: 「12」「月」. */
function named(part: Part, between: string): Part {
  const { number, ...rest } = part
  if (number === undefined || !/^[月日]/.test(between)) return part
  return between.startsWith('月') ? { ...rest, month: number } : { ...rest, day: number }
}

/** Puts two neighbouring parts together; null when they say the same thing twice. */
function joinParts(a: Part, b: Part, between: string): Part | null {
  const raw = `${a.raw} ${b.raw}`
  if (b.number !== undefined) return withNumber(a, b.number, raw, between + a.raw.slice(-1) + b.raw.charAt(0))
  if (a.number !== undefined) {
    const { number, ...rest } = a
    if (b.month === undefined) return b.year === undefined ? null : { ...rest, number, year: b.year, raw }
    return b.day === undefined ? joinParts({ ...rest, day: number }, b, between) : null
  }
  if (a.year !== undefined && b.year !== undefined) return null
  if (a.month !== undefined && b.month !== undefined) return null
  if (a.day !== undefined && b.day !== undefined) return null
  return { ...a, ...b, raw }
}

/** A part and the number behind it: year, month and day in this order, or two numbers with a mark between them. */
function withNumber(a: Part, number: number, raw: string, marks: string): Part | null {
  const { number: before, ...rest } = a
  if (before !== undefined) {
    if (a.year !== undefined) return number <= 12 ? { ...rest, day: before, month: number, raw } : null
    return SEAM.test(marks) ? ofTwo(before, number, raw) : null
  }
  if (a.month !== undefined) return a.day === undefined ? { ...rest, day: number, raw } : null
  if (a.day !== undefined || a.year === undefined || number > 12) return null
  return { ...rest, month: number, raw }
}

/** 「28」「/12」 and 「12」「/28」. */
function ofTwo(first: number, second: number, raw: string): Part | null {
  if (first > 12) return second > 12 ? null : { raw, month: second, day: first, order: 'day' }
  return { raw, month: first, day: second, order: second > 12 ? 'month' : 'open' }
}

/** The date the parts make, once they name a month and a day. */
function dateOfParts(part: Part): DateMatch | null {
  if (part.month === undefined || part.day === undefined) return null
  if (!isRealDay(part.year ?? 2000, part.month, part.day)) return null
  return {
    raw: part.raw,
    start: 0,
    end: part.raw.length,
    form: 'split',
    year: part.year ?? null,
    month: part.month,
    day: part.day,
    hasTime: false,
    ...(part.order === undefined ? {} : { order: part.order }),
  }
}

function month(raw: string, value: number, year?: number): Part | null {
  if (value < 1 || value > 12) return null
  return year === undefined ? { raw, month: value } : { raw, month: value, year }
}

function namedMonth(raw: string, bare: string): Part | null {
  const name = NAMES.exec(bare)?.[1]?.toLowerCase()
  if (name) return month(raw, MONTHS.indexOf(name) + 1)
  const [, named, year] = NAME_YEAR.exec(bare) ?? []
  if (named) return month(raw, MONTHS.indexOf(named.toLowerCase()) + 1, Number(year))
  const han = HAN_MONTH.exec(bare)?.[1]
  if (!han) return null
  return month(raw, han.length === 2 ? 11 + HAN.indexOf(han.charAt(1)) : HAN.indexOf(han) + 1)
}
