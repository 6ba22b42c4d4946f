import { instantOf, wallOf } from '../../../../shared/base/zone.ts'

/** What a date-and-time field shows for an instant: the local wall clock, 'YYYY-MM-DDTHH:mm', without a zone. */
export function toField(atMs: number): string {
  return new Date(wallOf(atMs)).toISOString().slice(0, 16)
}

/** The instant that a date-and-time field means, wherever the browser stands; null when it is empty or no time. */
export function fromField(field: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(field)) return null
  const wallMs = Date.parse(`${field.slice(0, 16)}:00Z`)
  return Number.isNaN(wallMs) ? null : instantOf(wallMs)
}
