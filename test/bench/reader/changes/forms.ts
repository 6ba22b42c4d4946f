import { addDays } from '../../../../shared/base/time.ts'
import { aloneDates, mapDates } from '../html.ts'
import type { Change, Source } from '../source.ts'

const HAN = '〇一二三四五六七八九'
const WEEK = '日一二三四五六'
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

const parts = (day: string): [y: string, m: string, d: string] => day.split('-') as [string, string, string]
const bare = (text: string): string => String(Number(text))
const weekday = (day: string): string => WEEK[new Date(day).getUTCDay()] ?? ''

function hanNumber(value: number): string {
  const tens = Math.floor(value / 10)
  const units = value % 10
  return `${tens > 1 ? HAN[tens] : ''}${tens > 0 ? '十' : ''}${units > 0 ? HAN[units] : ''}`
}

function hanDay(day: string, zero: string): string {
  const [y, m, d] = parts(day)
  const year = [...y].map((c) => (c === '0' ? zero : HAN[Number(c)])).join('')
  return `${year}年${hanNumber(Number(m))}月${hanNumber(Number(d))}日`
}

/** Every whole date is written in another way. */
const written = (name: string, write: (y: string, m: string, d: string, day: string) => string): Change => ({
  name,
  apply: ({ html, gold }) => {
    const changed = gold === null ? null : mapDates(html, ({ day }) => write(...parts(day), day))
    return changed === null ? null : { html: changed }
  },
})

/** Every date that has an element to itself is written in another way. */
const alone = (
  name: string,
  write: (y: string, m: string, d: string, day: string) => string,
  fits: (source: Source) => boolean = () => true,
): Change => ({
  name,
  apply: (source) => {
    if (source.gold === null || !aloneDates(source.html).includes(source.gold) || !fits(source)) return null
    const changed = mapDates(source.html, ({ day, isAlone }) => (isAlone ? write(...parts(day), day) : null))
    return changed === null ? null : { html: changed }
  },
})

const LEAST_YEAR = '2001'
/** Dates of before this century have no two-digit year that anybody would write beside ones of today. */
const isOfThisCentury = ({ html }: Source) => aloneDates(html).every((day) => day > LEAST_YEAR)
/** Somebody who looks at the whole list sees which number is the day. */
const hasLateDay = ({ html }: Source) => aloneDates(html).some((day) => Number(day.slice(8)) > 12)

export const FORMS: readonly Change[] = [
  written('dashes', (y, m, d) => `${y}-${m}-${d}`),
  written('slashes, no zeros', (y, m, d) => `${y}/${bare(m)}/${bare(d)}`),
  written('dots', (y, m, d) => `${y}.${m}.${d}`),
  written('dots, no zeros', (y, m, d) => `${y}.${bare(m)}.${bare(d)}`),
  written('full-width slashes', (y, m, d) => `${y}／${m}／${d}`),
  written('full-width dots', (y, m, d) => `${y}．${m}．${d}`),
  written('full-width hyphens', (y, m, d) => `${y}－${m}－${d}`),
  written('full-width figures', (y, m, d) =>
    `${y}-${m}-${d}`.replace(/\d/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
  ),
  written('non-breaking hyphens', (y, m, d) => `${y}\u2011${m}\u2011${d}`),
  written('minus signs', (y, m, d) => `${y}\u2212${m}\u2212${d}`),
  written('characters', (y, m, d) => `${y}年${m}月${d}日`),
  written('characters, no zeros', (y, m, d) => `${y}年${bare(m)}月${bare(d)}日`),
  written('characters with spaces', (y, m, d) => `${y} 年 ${m} 月 ${d} 日`),
  written('Han numerals', (_y, _m, _d, day) => hanDay(day, '〇')),
  written('Han numerals with O', (_y, _m, _d, day) => hanDay(day, 'O')),
  written('Han numerals with 0', (_y, _m, _d, day) => hanDay(day, '0')),
  written('Han numerals with ○', (_y, _m, _d, day) => hanDay(day, '○')),
  alone('two-digit years', (y, m, d) => `${y.slice(2)}-${m}-${d}`, isOfThisCentury),
  alone('two-digit years in characters', (y, m, d) => `${y.slice(2)}年${m}月${d}日`, isOfThisCentury),
  alone('day first', (y, m, d) => `${d}/${m}/${y}`, hasLateDay),
  alone('month first', (y, m, d) => `${m}/${d}/${y}`, hasLateDay),
  alone('English', (y, m, d) => `${(MONTHS[Number(m) - 1] ?? '').slice(0, 3)} ${bare(d)}, ${y}`),
  alone('English, day first', (y, m, d) => `${bare(d)} ${MONTHS[Number(m) - 1]} ${y}`),
  alone('a time', (_y, _m, _d, day) => `${day} 08:30`),
  alone('a time glued to the date', (_y, _m, _d, day) => `${day}08:30`),
  alone('a time glued to the date, with seconds', (_y, _m, _d, day) => `${day}08:30:15`),
  alone('a time with T and zone', (_y, _m, _d, day) => `${day}T08:30:15+08:00`),
  alone('a time in characters', (y, m, d) => `${y}年${m}月${d}日 8时30分`),
  alone('a weekday after the date', (_y, _m, _d, day) => `${day} 星期${weekday(day)}`),
  alone('a weekday in brackets', (_y, _m, _d, day) => `${day}（周${weekday(day)}）`),
  alone('a weekday in its own element', (_y, _m, _d, day) => `${day}<i>星期${weekday(day)}</i>`),
  alone('day above year and month', (y, m, d) => `<b>${d}</b><span>${y}-${m}</span>`),
  alone('day above year and month, blocks', (y, m, d) => `<div>${d}</div><div>${y}/${m}</div>`),
  alone('day above year and month in characters', (y, m, d) => `<b>${d}</b><span>${y}年${bare(m)}月</span>`),
  alone('month and day above year', (y, m, d) => `<b>${m}-${d}</b><span>${y}</span>`),
  alone('year, month, day apart', (y, m, d) => `<em>${y}</em><em>${m}</em><em>${d}</em>`),
  alone('year, month, day apart, with marks', (y, m, d) => `<em>${y}</em>-<em>${m}</em>-<em>${d}</em>`),
  alone(
    'year, month, day apart, in characters',
    (y, m, d) => `<em>${y}</em>年<em>${m}</em>月<em>${d}</em>日`,
  ),
  alone('day, month, year apart', (y, m, d) => `<b>${d}</b><i>${bare(m)}月</i><u>${y}</u>`),
]

/** Without years it is today that tells the year: the day is set soon after the newest item. */
const yearless = (
  name: string,
  write: (m: string, d: string) => string,
  fits?: (days: string[]) => boolean,
): Change => ({
  name,
  apply: ({ html, gold, kind }, random) => {
    const days = aloneDates(html)
    if (kind !== 'list' || gold === null || !days.includes(gold) || !falls(days)) return null
    if (fits && !fits(days)) return null
    const changed = mapDates(html, ({ day, isAlone }) => {
      const [, m, d] = parts(day)
      return isAlone ? write(m, d) : null
    })
    if (changed === null) return null
    return { html: changed, ref: addDays(gold, Math.floor(random() * 25)) }
  },
})

/** Newest first but for a pinned item: of any other list nobody can tell the years. */
function falls(days: string[]): boolean {
  const from = Math.max(0, days.indexOf(days.toSorted().at(-1) ?? ''))
  return from <= 1 && days.slice(from).every((day, i, rest) => i === 0 || day <= (rest[i - 1] ?? day))
}

/** Somebody who looks at the whole list sees which number is the day. */
const showsOrder = (days: string[]) => days.filter((day) => Number(day.slice(8)) > 12).length > 1

export const YEARLESS: readonly Change[] = [
  yearless('month and day', (m, d) => `${m}-${d}`),
  yearless('month and day in brackets', (m, d) => `[${m}-${d}]`),
  yearless('month and day with a slash', (m, d) => `${m}/${d}`),
  yearless('month and day with a dot', (m, d) => `${m}.${d}`),
  yearless('month and day in characters', (m, d) => `${bare(m)}月${bare(d)}日`),
  yearless('day and month, the day first', (m, d) => `${d}/${m}`, showsOrder),
  yearless('day in an element before its month', (m, d) => `<i>${d}</i>/${m}`, showsOrder),
  yearless('day above month', (m, d) => `<b>${d}</b><span>${bare(m)}月</span>`),
]

/** The newest items are told from today. */
const relative = (name: string, ago: number, write: (ago: number) => string): Change => ({
  name,
  apply: ({ html, gold }) => {
    if (gold === null || !aloneDates(html).includes(gold)) return null
    const changed = mapDates(html, ({ day, isAlone }) => (isAlone && day === gold ? write(ago) : null))
    return changed === null ? null : { html: changed, ref: addDays(gold, ago) }
  },
})

export const RELATIVE: readonly Change[] = [
  relative('today', 0, () => '今天'),
  relative('today, formally', 0, () => '今日'),
  relative('today, with a time', 0, () => '今天 09:30'),
  relative('yesterday', 1, () => '昨天'),
  relative('yesterday, formally', 1, () => '昨日'),
  relative('hours ago', 0, () => '3小时前'),
  relative('days ago', 5, (n) => `${n}天前`),
  relative('days ago, formally', 4, (n) => `${n} 日前`),
  relative('weeks ago', 14, (n) => `${n / 7}周前`),
  relative('weeks ago, in words', 7, (n) => `${n / 7}个星期前`),
]
