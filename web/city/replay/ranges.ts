import { addDays, HOUR, localDay, SECOND, startOfDay } from '../../../shared/base/time.ts'
import type { Span } from '../wall/strip/strip.ts'
import type { PastSpan } from './useReplay.ts'

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

const NIGHT = { beginsHour: 22, endsHour: 8 } as const
/** So long takes the play of a night. */
export const NIGHT_MS = 30 * SECOND

/** The last night: from ten in the evening until eight in the morning, or until now while it lasts. */
export function lastNight(nowMs: number): PastSpan {
  const today = localDay(nowMs)
  const fromMs = startOfDay(addDays(today, -1)) + NIGHT.beginsHour * HOUR
  return { fromMs, toMs: Math.min(nowMs, startOfDay(today) + NIGHT.endsHour * HOUR) }
}

/** The shortest range that reaches back to an instant. */
export function rangeOf(atMs: number, nowMs: number): Range {
  if (nowMs - atMs <= RANGES.day.hours * HOUR) return 'day'
  return nowMs - atMs <= RANGES.week.hours * HOUR ? 'week' : 'quarter'
}
