import { MINUTE, SECOND } from '../../base/time.ts'

/** What a place saw of a site. `unmeasured`: it could not look itself, or doubted its own line; that counts for nothing. */
export const LOOK_OUTCOMES = ['ok', 'failed', 'blocked', 'unmeasured'] as const
export type LookOutcome = (typeof LOOK_OUTCOMES)[number]

/** A site is down when at least this share of the places that looked does not reach it. */
export const DOWN_SHARE = 0.5

/** A look says how the site is for so many of its own intervals. */
export const FRESH_INTERVALS = 2

/** A place that has said nothing for so long is not there: what it saw last no longer counts. */
export const SILENT_MS = 2 * MINUTE

/** What a place newly does not reach it looks at once more after so long: it is held against a site when it was missed twice. */
export const CONFIRM_MS = 15 * SECOND

/**
 * A place that misses unrelated sites which the home place reaches, so many and such a share of those that it looks at, doubts its
 * own line: what it misses counts for nothing.
 */
export const APART_AT_LEAST = 6
export const APART_SHARE = 0.02

/** What a site's state says that the home place reaches, and at least half of all places do not. */
export const MISSED_ELSEWHERE = 'missed_elsewhere'

/** What a site's state says while the home place alone, or fewer than count, does not reach it. */
export const REACHED_ELSEWHERE = 'reached_elsewhere'

/** How many places that looked reach a site, and how many do not. */
export interface Looked {
  readonly reached: number
  readonly failed: number
}

/** Whether so many agree that the site is down; nobody having looked, nobody says so. */
export function areEnoughDown({ reached, failed }: Looked): boolean {
  return failed > 0 && failed >= DOWN_SHARE * (reached + failed)
}
