import { addDays, yearOf } from '../../../../shared/base/time.ts'
import type { Hit } from '../page/page.ts'
import { dayOf, isRealDay } from './dates.ts'

const OLDEST_YEAR = 1990
/** What is dated by hand may be dated ahead, by so much at most. */
const AHEAD_DAYS = 31

/** The last day that anything published by `ref` is dated. */
export function lastAhead(ref: string): string {
  return addDays(ref, AHEAD_DAYS)
}

/** The occurrence of the hit's month and day nearest to `anchor` and not after `limit`. */
export function closest(hit: Hit, anchor: string, limit: string): string | null {
  const year = yearOf(anchor)
  const { month, day } = hit.match
  const target = Date.parse(anchor)
  let best: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const candidate of [year - 1, year, year + 1]) {
    if (!isRealDay(candidate, month, day)) continue
    const text = dayOf(candidate, month, day)
    const distance = Math.abs(Date.UTC(candidate, month - 1, day) - target)
    if (text > limit || distance >= least) continue
    best = text
    least = distance
  }
  return best
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
