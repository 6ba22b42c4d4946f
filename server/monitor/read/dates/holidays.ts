import { addDays } from '../../../../shared/base/time.ts'
import { type Hit, titleOf } from '../page/page.ts'
import { dayOf, isRealDay } from './dates.ts'
import { closest } from './occurrence.ts'
import { newestOf, type YearlessList } from './year-list.ts'

/** When notices about a holiday are published: months of its own year, and whether in December before. */
const HOLIDAYS: readonly (readonly [name: RegExp, from: number, to: number, before: boolean])[] = [
  [/元旦/, 1, 1, true],
  [/春节|新春/, 1, 2, true],
  [/清明/, 3, 4, false],
  [/劳动节|五一/, 4, 5, false],
  [/端午/, 5, 6, false],
  [/中秋|国庆/, 8, 10, false],
]
const HOLIDAY = /(20\d{2}) ?年?[“”"‘’《]{0,2}(元旦|春节|新春|清明|劳动节|五一|端午|中秋|国庆)/
const DECEMBER = 12

/** The day of a month-day whose title is about a holiday of a year; null: it is not, or they do not fit. */
function dayByHoliday({ anchor, match }: Hit): string | null {
  const found = anchor === null ? null : HOLIDAY.exec(titleOf(anchor))
  const holiday = found && HOLIDAYS.find(([name]) => name.test(found[2] ?? ''))
  if (!found || !holiday) return null
  const [, from, to, before] = holiday
  const isBefore = before && match.month === DECEMBER
  if (!isBefore && (match.month < from || match.month > to)) return null
  const year = Number(found[1]) - (isBefore ? 1 : 0)
  return isRealDay(year, match.month, match.day) ? dayOf(year, match.month, match.day) : null
}

/**
 * The day of the newest item of a list in which notices about holidays say the year (关于2022年元旦放假的通知), as far
 * below it as the list has them; null: there are none, they do not agree, or it would be still to come.
 */
export function newestByHolidays(list: YearlessList, ref: string): string | null {
  const newest = newestOf(list)
  const highest = Math.max(...list.offsets)
  const days = new Set<string | null>()
  for (const [i, hit] of list.hits.entries()) {
    const day = dayByHoliday(hit)
    if (day === null) continue
    const top = addDays(day, highest - (list.offsets[i] ?? 0))
    days.add(newest === undefined ? null : closest(newest, top, ref))
  }
  return days.size === 1 ? ([...days][0] ?? null) : null
}
