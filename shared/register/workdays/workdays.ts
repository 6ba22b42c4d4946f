import { addDays, yearOf } from '../../base/time.ts'

/**
 * Which days are worked. Days are local days, 'YYYY-MM-DD'. Only exceptions from Monday to Friday are listed.
 * The holidays of a year are announced each November; until then its days are counted as ordinary weekdays, and
 * whatever rests on one of them is provisional.
 */
export interface Calendar {
  /** Years whose holidays are announced. */
  readonly years: ReadonlySet<number>
  readonly off: ReadonlySet<string>
  /** Saturdays and Sundays that are worked in exchange for a holiday (调休). */
  readonly worked: ReadonlySet<string>
}

/** Nobody can tell how days are worked that lie further ahead than this. */
export const KNOWABLE_YEARS = 2

/** The last day ahead of `today` that is reckoned with at all. */
export function lastKnowableDay(today: string): string {
  return `${yearOf(today) + KNOWABLE_YEARS}${today.slice(4)}`
}

/** Whether the holidays of the day's year are announced. */
export function isAnnounced(calendar: Pick<Calendar, 'years'>, day: string): boolean {
  return calendar.years.has(yearOf(day))
}

/** Whether what was counted from a day to another (in either order) rests on a year that is not announced. */
export function isProvisional(calendar: Pick<Calendar, 'years'>, from: string, to: string): boolean {
  const [first, last] = from < to ? [yearOf(from), yearOf(to)] : [yearOf(to), yearOf(from)]
  for (let year = first; year <= last; year += 1) if (!calendar.years.has(year)) return true
  return false
}

/** Whether a day is worked; of years that are not announced, Monday to Friday are. */
export function isWorkday(calendar: Calendar, day: string): boolean {
  if (calendar.off.has(day)) return false
  return calendar.worked.has(day) || !isWeekend(day)
}

/** Saturday or Sunday. */
export function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6
}

/**
 * The day on which `workdays` working days have passed since `from`, which itself is not counted; with a
 * negative number, the working day so many before it. Zero is `from`.
 */
export function addWorkdays(calendar: Calendar, from: string, workdays: number): string {
  const step = workdays < 0 ? -1 : 1
  let day = from
  for (let left = Math.abs(workdays); left > 0; ) {
    day = addDays(day, step)
    if (isWorkday(calendar, day)) left -= 1
  }
  return day
}

/**
 * How many working days there are after `from` up to and with `to`; negative when `to` is earlier: those after
 * `to` up to and with `from`.
 */
export function workdaysBetween(calendar: Calendar, from: string, to: string): number {
  if (to < from) return -workdaysBetween(calendar, to, from) || 0
  let count = 0
  for (let day = from; day < to; ) {
    day = addDays(day, 1)
    if (isWorkday(calendar, day)) count += 1
  }
  return count
}
