import { addDays, isDay } from '../../../shared/base/time.ts'

/** A day of a file, and whether it is off or worked. */
export interface ReadDay {
  readonly day: string
  readonly isOff: boolean
}

/** 2027-01-01, 2027/1/1, 2027.1.1, 20270101 or 2027年1月1日 as a day; null when it is none. */
export function dayOf(text: string): string | null {
  const found = /^\s*(\d{4})\D?(\d{1,2})\D?(\d{1,2})日?\s*$/.exec(text)
  if (!found) return null
  const [, year = '', month = '', day = ''] = found
  const made = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(made) ? made : null
}

/** The days from one to another, both with it; null when that is no stretch of days. */
export function stretch(from: string | null, to: string | null): string[] | null {
  if (from === null || to === null || to < from || to > addDays(from, MAX_STRETCH)) return null
  const days = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

/** Longest stretch of days in one line of a file; no holiday was ever longer than ten. */
export const MAX_STRETCH = 31
