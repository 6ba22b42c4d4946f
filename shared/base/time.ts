import { instantOf, wallOf } from './zone.ts'

/**
 * Instants travel as ISO 8601 strings in UTC. Days ('YYYY-MM-DD') and times of day are local ones: local is what the
 * clocks of the installation show (`zone.ts`), wherever process or browser stand.
 */

export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

/** The local day of an instant (epoch ms). */
export function localDay(atMs: number): string {
  return wallText(atMs).slice(0, 10)
}

/** Whether two instants (epoch ms) are on one local day. */
export const isSameDay = (aMs: number, bMs: number): boolean =>
  Math.floor(wallOf(aMs) / DAY) === Math.floor(wallOf(bMs) / DAY)

/** The local time of day of an instant (epoch ms), 'HH:MM'. */
export function localTime(atMs: number): string {
  return wallText(atMs).slice(11, 16)
}

/** The local hour of the day of an instant (epoch ms), 0 to 23. */
export function localHour(atMs: number): number {
  return Number(wallText(atMs).slice(11, 13))
}

/** Local day and time of an instant (epoch ms), 'YYYY-MM-DD HH:MM:SS'. */
export function localStamp(atMs: number): string {
  return wallText(atMs).slice(0, 19).replace('T', ' ')
}

/** Local day and time to the minute of an instant (epoch ms), 'YYYY-MM-DD HH:MM'. */
export function localMinute(atMs: number): string {
  return localStamp(atMs).slice(0, 16)
}

/** The same where the year is plain, 'MM-DD HH:MM'. */
export function localMoment(atMs: number): string {
  return localStamp(atMs).slice(5, 16)
}

const wallText = (atMs: number): string => new Date(wallOf(atMs)).toISOString()

/** The instant (epoch ms) at which a local day begins. */
export function startOfDay(day: string): number {
  return instantOf(Date.parse(`${day}T00:00:00Z`))
}

/** The instant (epoch ms) at which it is 'HH:MM' on a local day; '24:00' is the end of the day. */
export function timeOn(day: string, time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return instantOf(Date.parse(`${day}T00:00:00Z`) + hours * HOUR + minutes * MINUTE)
}

/** The day of the week of a day: 1 Monday to 7 Sunday. */
export function dayOfWeek(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

/** The day of a number of whole days since 1970-01-01. */
export function dayOfNumber(days: number): string {
  return new Date(days * DAY).toISOString().slice(0, 10)
}

/** `day` moved by whole calendar days. */
export function addDays(day: string, days: number): string {
  return dayOfNumber(Date.parse(`${day}T00:00:00Z`) / DAY + days)
}

/** The month of a day, 'YYYY-MM'. */
export function monthOf(day: string): string {
  return day.slice(0, 7)
}

/** The month that is `by` months before another, both 'YYYY-MM'. */
export function monthBefore(month: string, by = 1): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const months = year * 12 + number - 1 - by
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}

/** The last day of a month 'YYYY-MM'. */
export function lastDayOfMonth(month: string): string {
  return addDays(`${monthBefore(month, -1)}-01`, -1)
}

/** A day where its year is plain, 'MM-DD'. */
export function monthDay(day: string): string {
  return day.slice(5)
}

/** The same where room is short: '9-8' for the 8th of September. */
export function shortDay(day: string): string {
  return monthDay(day).split('-').map(Number).join('-')
}

/** The year of a day. */
export function yearOf(day: string): number {
  return Number(day.slice(0, 4))
}

/** Whole days from `from` to `to` (both 'YYYY-MM-DD'); negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY)
}

/** True for an existing calendar day written 'YYYY-MM-DD' (2015-02-29 is not one). */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
