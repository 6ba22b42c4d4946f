import { yearOf } from '../../../../shared/base/time.ts'
import type { Hit } from '../page/page.ts'
import { dayOf, isRealDay } from './dates.ts'

const OLDEST_YEAR = 1990

/** The occurrence of the hit's month and day nearest to `anchor` and not after `ref`. */
export function closest(hit: Hit, anchor: string, ref: string): string | null {
  const year = yearOf(anchor)
  const { month, day } = hit.match
  const target = Date.parse(anchor)
  let best: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const candidate of [year - 1, year, year + 1]) {
    if (!isRealDay(candidate, month, day)) continue
    const text = dayOf(candidate, month, day)
    const distance = Math.abs(Date.UTC(candidate, month - 1, day) - target)
    if (text > ref || distance >= least) continue
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
