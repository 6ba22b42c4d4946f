/** Dates whose month is named: English, and Chinese as programs of other countries translate themselves. */

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const YEAR = String.raw`(?:19|20)\d{2}`
/** A time behind a date. */
const TIME = String.raw`(?:[, -]{1,3}\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?)?`
const WEEKDAY = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?'
const ENGLISH = new RegExp(
  `(?<![A-Za-z])(?:${[
    String.raw`[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) \d{2}:\d{2}:\d{2} [A-Z]{3,4} (${YEAR})`,
    String.raw`${WEEKDAY}([A-Z][a-z]{2,8})\.? (\d{1,2})(?:st|nd|rd|th)?,? (${YEAR})${TIME}`,
    String.raw`${WEEKDAY}(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Z][a-z]{2,8})\.?,?[ -](${YEAR})${TIME}`,
    String.raw`([A-Z][a-z]{2,8})\.? (\d{1,2})(?![\d:]|[,-]? ?\d)${TIME}`,
  ].join('|')})`,
  'g',
)
const HAN_MONTH = '十[一二]?|[一二三四五六七八九]'
/** 「3月 8, 2024」, 「08 三月 2024」 and 「三月 8, 2024」. */
const TRANSLATED = new RegExp(
  String.raw`(?<![\d一二三四五六七八九十])(?:(\d{1,2}|${HAN_MONTH})月 (\d{1,2}), ?(${YEAR})|(\d{1,2}) (${HAN_MONTH})月,? (${YEAR}))(?!\d)${TIME}`,
  'g',
)
const HAN_DIGITS = '〇一二三四五六七八九'
/** A month and a day without a year are a date where hardly anything stands beside them. */
const MOST_BESIDE = 12

/** What such a date says; `year` is null where none is written. */
interface Named {
  form: 'english' | 'md'
  year: number | null
  month: number
  day: number
}

/** Tells `found` of every date in `text` whose month is a word; days that do not exist are told too. */
export function scanNamed(text: string, found: (match: RegExpExecArray, parts: Named) => void): void {
  if (/[A-Z][a-z]{2,8}(?:[.,]{0,2} \d|-\d{4})/.test(text))
    for (const match of text.matchAll(ENGLISH)) {
      const parts = english(match)
      if (parts) found(match, parts)
    }
  if (text.includes('月') && /月,? \d/.test(text))
    for (const match of text.matchAll(TRANSLATED)) found(match, translated(match))
}

function english(match: RegExpExecArray): Named | null {
  const [raw, a, aDay, aYear, b, bDay, bYear, cDay, c, cYear, d, dDay] = match
  const month = MONTHS.indexOf((a ?? b ?? c ?? d ?? '').slice(0, 3).toLowerCase()) + 1
  if (month === 0) return null
  if (d === undefined)
    return {
      form: 'english',
      year: Number(aYear ?? bYear ?? cYear),
      month,
      day: Number(aDay ?? bDay ?? cDay),
    }
  return match.input.length > raw.length + MOST_BESIDE
    ? null
    : { form: 'md', year: null, month, day: Number(dDay) }
}

function translated([, month, day, year, bDay, bMonth, bYear]: RegExpExecArray): Named {
  const named = month ?? bMonth ?? ''
  const number = /\d/.test(named) ? Number(named) : hanMonth(named)
  return { form: 'english', year: Number(year ?? bYear), month: number, day: Number(day ?? bDay) }
}

function hanMonth(name: string): number {
  return name.startsWith('十')
    ? 10 + Math.max(0, HAN_DIGITS.indexOf(name.charAt(1) || '〇'))
    : HAN_DIGITS.indexOf(name)
}
