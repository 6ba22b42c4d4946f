import { MINUTE, SECOND } from '../../base/time.ts'

/** How all monitors together keep pace with what the register asks for. */
export interface CityPace {
  /** Turns come so late, seconds; 0 while they come in time. */
  readonly behindS: number
  /** Since when (epoch ms) they have been too late; null: they are not. */
  readonly behindSinceMs: number | null
  /** Visits a second that can be carried, and that are asked for. */
  readonly capacityPerS: number
  readonly askedPerS: number
}

/** A turn may be late by this share of the site's interval, and by so long however short that is. */
export const LATE_SHARE = 0.05
export const LATE_AT_LEAST_MS = 10 * SECOND

/** Being behind is an alarm once it has lasted so long: a first round, or a platform that hangs, is over by then. */
export const BEHIND_LASTS_MS = 5 * MINUTE

/** Without a visit for so long, and while so many were asked for: somewhat more than one of each of sixty sites. */
const SILENT_MS = MINUTE
const SILENT_VISITS = 75

/**
 * After how long without a visit, ms, nobody visits any more; infinite where nobody is to be visited.
 * @param askedPerS visits a second that are asked for; null: that is not known.
 */
export const silentAfterMs = (askedPerS: number | null): number =>
  askedPerS === null ? SILENT_MS : Math.max(SILENT_MS, (SILENT_VISITS / askedPerS) * SECOND)

/** By how many minutes turns are late, as people are told: not half of one. */
export const minutesBehind = (seconds: number): number => Math.max(1, Math.round((seconds * SECOND) / MINUTE))
