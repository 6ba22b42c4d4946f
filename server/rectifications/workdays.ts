import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import {
  addWorkdays as add,
  type Calendar,
  workdaysBetween as count,
  isWorkday as isWorked,
} from '../../shared/workdays.ts'

/*
 * Chinese working days. Of `chinese-days` only the data are used: its functions read a day in the time zone of
 * the process (one day off in the west), and take years that they do not know for plain Monday to Friday.
 */

const holidays: Readonly<Record<string, string>> = chineseDays.holidays
const madeUp: Readonly<Record<string, string>> = chineseDays.workdays
const years = Object.keys(holidays).map((day) => Number(day.slice(0, 4)))

/** The years whose holidays are known; the State Council publishes the next one's each November. */
export const CALENDAR_YEARS = { first: Math.min(...years), last: Math.max(...years) } as const

const calendar: Calendar = {
  ...CALENDAR_YEARS,
  off: new Set(Object.keys(holidays)),
  worked: new Set(Object.keys(madeUp)),
}

/** Whether a Shanghai day is worked; null when the holidays of its year are not known. */
export const isWorkday = (day: string): boolean | null => isWorked(calendar, day)

/** See `addWorkdays` in `shared/workdays.ts`. */
export const addWorkdays = (from: string, workdays: number): string | null => add(calendar, from, workdays)

/** See `workdaysBetween` in `shared/workdays.ts`. */
export const workdaysBetween = (from: string, to: string): number | null => count(calendar, from, to)

/** The calendar of some years only, as a browser needs it. */
export function calendarOf(first: number, last: number) {
  const isWithin = (day: string) => day >= `${first}` && day < `${last + 1}`
  return {
    first: Math.max(first, calendar.first),
    last: Math.min(last, calendar.last),
    off: [...calendar.off].filter(isWithin),
    worked: [...calendar.worked].filter(isWithin),
  }
}
