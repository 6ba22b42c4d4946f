import { isDay } from '../../../../../shared/base/time.ts'

const pad = (text: string): string => text.padStart(2, '0')

/** Full-width figures and marks, as an input method writes them, are the same ones. */
const plain = (text: string): string => text.normalize('NFKC').trim()

/**
 * The day that was typed, YYYY-MM-DD: `20261128`, `2026-11-28`, `2026/11/28`, `2026.11.28`, `2026年11月28日`, and without
 * a year (`1128`, `11-28`) one of this year. Null: none, or no day of the calendar.
 * @param today local day.
 */
export function parseDay(text: string, today: string): string | null {
  const written = /^(?:(\d{4})(?:\D{1,2}))?(\d{1,2})\D{1,2}(\d{1,2})\D?$/.exec(plain(text))
  const run = /^(\d{4})?(\d{2})(\d{2})$/.exec(plain(text))
  const [, year = today.slice(0, 4), month = '', day = ''] = written ?? run ?? []
  const found = `${year}-${pad(month)}-${pad(day)}`
  return (written ?? run) && isDay(found) ? found : null
}

/** The time of day that was typed, HH:mm: `0830`, `830`, `8:30`, `8.30`, `8点30分`, `8`. Null: none. */
export function parseTime(text: string): string | null {
  const found = /^(\d{1,2})(?:\D?(\d{2}))?\D?$/.exec(plain(text))
  const [, hours = '', minutes = '00'] = found ?? []
  return found && Number(hours) < 24 && Number(minutes) < 60 ? `${pad(hours)}:${minutes}` : null
}

/**
 * The day and time that were typed, YYYY-MM-DDTHH:mm: a day, a space or `T`, and a time, or twelve figures.
 * @param today local day.
 */
export function parseMoment(text: string, today: string): string | null {
  const run = /^(\d{8})(\d{4})$/.exec(plain(text))
  const parts = run ? run.slice(1) : plain(text).split(/[\sT]+/)
  const [day, time] = [parseDay(parts[0] ?? '', today), parseTime(parts[1] ?? '')]
  return parts.length === 2 && day && time ? `${day}T${time}` : null
}
