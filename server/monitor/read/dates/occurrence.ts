import { addDays, DAY, yearOf } from '../../../../shared/base/time.ts'
import type { Hit } from '../page/page.ts'
import { dayOf, isRealDay } from './dates.ts'

const OLDEST_YEAR = 1990
/** What is dated by hand may be dated ahead, by so much at most. */
const AHEAD_DAYS = 31

/** The last day that anything published by `ref` is dated. */
export function lastAhead(ref: string): string {
  return addDays(ref, AHEAD_DAYS)
}

/** A day, if there is one, and how many it is from the one it was to be close to. */
export interface Closest {
  readonly day: string | null
  readonly apart: number
}

/** The occurrence of the hit's month and day nearest to `anchor` and not after `limit`. */
export function closest(hit: Hit, anchor: string, limit: string): string | null {
  const [year = 0, month = 0, day = 0] = anchor.split('-').map(Number)
  return closestTo(hit, { year, month, day }, limit).day
}

/** The same with how far off it is. */
export function closestTo({ match: { month, day } }: Hit, to: Day, limit: string): Closest {
  const target = Date.UTC(to.year, to.month - 1, to.day)
  let best: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (let year = to.year - 1; year <= to.year + 1; year++) {
    if (!isRealDay(year, month, day)) continue
    const apart = Math.abs(Date.UTC(year, month - 1, day) - target)
    if (apart >= least) continue
    const text = dayOf(year, month, day)
    if (text > limit) continue
    best = text
    least = apart
  }
  return { day: best, apart: least / DAY }
}

interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The last occurrence of the hit's month and day up to `limit`; leap days look back far enough. */
export function nearestPast(hit: Hit, limit: string): string | null {
  const { month, day } = hit.match
  for (let year = yearOf(limit); year >= OLDEST_YEAR; year--) {
    const text = isRealDay(year, month, day) ? dayOf(year, month, day) : null
    if (text !== null && text <= limit) return text
  }
  return null
}
