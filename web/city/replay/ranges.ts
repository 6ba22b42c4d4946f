import { HOUR } from '../../../shared/base/time.ts'
import type { Span } from '../wall/strip/strip.ts'

/** Stretches of time that end now; the longest is as far back as a demo goes. */
export const RANGES = {
  day: { hours: 24, stepMinutes: 15, tickHours: 3 },
  week: { hours: 168, stepMinutes: 120, tickHours: 24 },
  quarter: { hours: 2_160, stepMinutes: 1_440, tickHours: 24 * 14 },
} as const satisfies Record<string, Span>
export type Range = keyof typeof RANGES

export function isRange(text: unknown): text is Range {
  return typeof text === 'string' && Object.hasOwn(RANGES, text)
}

/** The shortest range that reaches back to an instant. */
export function rangeOf(atMs: number, nowMs: number): Range {
  if (nowMs - atMs <= RANGES.day.hours * HOUR) return 'day'
  return nowMs - atMs <= RANGES.week.hours * HOUR ? 'week' : 'quarter'
}
