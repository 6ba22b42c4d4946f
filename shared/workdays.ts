import { addDays } from './time.ts'

/**
 * Which days of which years are worked. Days are Shanghai days, 'YYYY-MM-DD'. Only exceptions from Monday to
 * Friday are listed; of a year that is not covered nothing is known, as its holidays are announced year by year.
 */
export interface Calendar {
  readonly first: number
  readonly last: number
  readonly off: ReadonlySet<string>
  /** Saturdays and Sundays that are worked in exchange for a holiday (调休). */
  readonly worked: ReadonlySet<string>
}

/** Whether the holidays of the day's year are known. */
export function isKnown(calendar: Calendar, day: string): boolean {
  const year = Number(day.slice(0, 4))
  return year >= calendar.first && year <= calendar.last
}

/** Whether a day is worked; null when the holidays of its year are not known. */
export function isWorkday(calendar: Calendar, day: string): boolean | null {
  if (!isKnown(calendar, day)) return null
  if (calendar.off.has(day)) return false
  if (calendar.worked.has(day)) return true
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/**
 * The day on which `workdays` working days have passed since `from`, which itself is not counted; with a
 * negative number, the working day so many before it. Zero is `from`.
 * @returns null when that lies in a year whose holidays are not known.
 */
export function addWorkdays(calendar: Calendar, from: string, workdays: number): string | null {
  if (!isKnown(calendar, from)) return null
  const step = workdays < 0 ? -1 : 1
  let day = from
  for (let left = Math.abs(workdays); left > 0; ) {
    day = addDays(day, step)
    const worked = isWorkday(calendar, day)
    if (worked === null) return null
    if (worked) left -= 1
  }
  return day
}

/**
 * How many working days there are after `from` up to and with `to`; negative when `to` is earlier: those after
 * `to` up to and with `from`.
 * @returns null when a day between lies in a year whose holidays are not known.
 */
export function workdaysBetween(calendar: Calendar, from: string, to: string): number | null {
  if (to < from) {
    const count = workdaysBetween(calendar, to, from)
    return count === null ? null : -count || 0
  }
  let count = 0
  for (let day = from; day < to; ) {
    day = addDays(day, 1)
    const worked = isWorkday(calendar, day)
    if (worked === null) return null
    if (worked) count += 1
  }
  return count
}
