import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { addDays } from '../../shared/time.ts'

/*
 * Chinese working days. Of `chinese-days` only the data are used: its functions read a day in the time zone of
 * the process (one day off in the west), and take years that they do not know for plain Monday to Friday.
 */

const holidays: Readonly<Record<string, string>> = calendar.holidays
/** Saturdays and Sundays that are worked in exchange for a holiday (调休). */
const madeUp: Readonly<Record<string, string>> = calendar.workdays

const years = Object.keys(holidays).map((day) => Number(day.slice(0, 4)))

/** The years whose holidays are known; the State Council publishes the next one's each November. */
export const CALENDAR_YEARS = { first: Math.min(...years), last: Math.max(...years) } as const

/** Whether the holidays of the day's year are known. */
export function isKnown(day: string): boolean {
  const year = Number(day.slice(0, 4))
  return year >= CALENDAR_YEARS.first && year <= CALENDAR_YEARS.last
}

/**
 * Whether a Shanghai day ('YYYY-MM-DD') is worked.
 * @returns null when the holidays of its year are not known.
 */
export function isWorkday(day: string): boolean | null {
  if (!isKnown(day)) return null
  if (day in holidays) return false
  if (day in madeUp) return true
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/**
 * The day on which `workdays` (at least 1) working days have passed since `from`. The day itself is not
 * counted: the first is the first working day after it.
 * @returns null when that lies in a year whose holidays are not known.
 */
export function addWorkdays(from: string, workdays: number): string | null {
  if (!isKnown(from)) return null
  let day = from
  for (let left = workdays; left > 0; ) {
    day = addDays(day, 1)
    const worked = isWorkday(day)
    if (worked === null) return null
    if (worked) left -= 1
  }
  return day
}
