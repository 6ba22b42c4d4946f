import { DAY, MINUTE } from '../../../shared/base/time.ts'
import { instantOf as instantAt, wallOf } from '../../../shared/base/zone.ts'

/** local day of an instant as a whole number: days since 1970-01-01. */
export function dayNumber(atMs: number): number {
  return Math.floor(wallOf(atMs) / DAY)
}

/** The instant (epoch ms) of a minute of a local day. */
export function instantOf(day: number, minute = 0): number {
  return instantAt(day * DAY + minute * MINUTE)
}

export interface CalendarDay {
  year: number
  month: number
  day: number
  /** 0 is Monday. */
  weekday: number
}

export function calendarDay(day: number): CalendarDay {
  const date = new Date(day * DAY)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: weekdayOf(day),
  }
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

/**
 * Which working day this is, counted from 1970; null on a weekend. Public holidays are left out on purpose:
 * duty desks publish through them, and the script must not depend on a calendar that ends with its data.
 */
export function workingDay(day: number): number | null {
  const weekday = weekdayOf(day)
  return weekday > 4 ? null : Math.floor((day + 3) / 7) * 5 + weekday
}
