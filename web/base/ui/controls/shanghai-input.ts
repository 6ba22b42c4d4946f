import { MINUTE } from '../../../../shared/base/time.ts'

const OFFSET_MS = 8 * 60 * MINUTE

/** What a date-and-time field shows for an instant: the Shanghai wall clock, 'YYYY-MM-DDTHH:mm', without a zone. */
export function toField(atMs: number): string {
  return new Date(atMs + OFFSET_MS).toISOString().slice(0, 16)
}

/** The instant that a date-and-time field means, wherever the browser stands; null when it is empty or no time. */
export function fromField(field: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(field)) return null
  const at = Date.parse(`${field.slice(0, 16)}:00+08:00`)
  return Number.isNaN(at) ? null : at
}
