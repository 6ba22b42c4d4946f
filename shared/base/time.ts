/**
 * Instants travel as ISO 8601 strings in UTC; days are local days, 'YYYY-MM-DD'.
 * Shanghai has had no daylight saving since 1991, so a fixed offset is exact for every date handled here.
 */

const SHANGHAI_OFFSET_MS = 8 * 3_600_000
export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

/** The local day of an instant (epoch ms), whatever the process's own time zone. */
export function localDay(atMs: number): string {
  return new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10)
}

/** The time of day in Shanghai of an instant (epoch ms), 'HH:MM'. */
export function localTime(atMs: number): string {
  return new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().slice(11, 16)
}

/** local day and time of an instant (epoch ms), 'YYYY-MM-DD HH:MM:SS'. */
export function localStamp(atMs: number): string {
  return new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** The instant (epoch ms) at which a local day begins. */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`)
}

/** `day` moved by whole calendar days. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
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
