import { DAY } from '../../base/time.ts'
import type { Availability, SiteState, Verdict } from './states.ts'

/** What the last visits say about a site, at this instant. `suspect`: a failure that is not confirmed yet. */
export const AVAILABILITIES = ['up', 'suspect', 'down', 'blocked', 'unknown', 'paused'] as const

/** What a legal rule says over its own window. `insufficient`: too little was measured to say anything. */
export const VERDICTS = ['ok', 'warning', 'violated', 'insufficient'] as const

/** The one state of a site that people see, worst first. */
export const SITE_STATES = ['dead', 'down', 'dormant', 'warning', 'unknown', 'healthy', 'paused'] as const

/** States that somebody has to do something about. */
export const WRONG_STATES = ['dead', 'down', 'dormant', 'warning'] as const satisfies readonly SiteState[]

export type StateCounts = Record<SiteState, number>

/** A site that has been down this long is dead, whatever its 7-day share says yet. */
export const DEAD_AFTER_MS = DAY

/** What the state of a site is derived from. */
export interface StateInputs {
  readonly availability: Availability
  /** Since when the site has been in `availability` (epoch ms). */
  readonly sinceMs: number
  readonly v1: Verdict
  readonly v2: Verdict
  readonly v3: Verdict
}

/**
 * The state of a site, worst first. The one derivation behind tile, list, count and report.
 * A site whose page cannot be read (V2 insufficient) is `unknown`; a young site without a week of visits
 * (V1 insufficient) is judged by what is known of it. Columns that are not kept up (V3) are a warning at most: the
 * site itself is there, and says something new.
 */
export function deriveState(site: StateInputs, nowMs: number): SiteState {
  if (site.availability === 'paused') return 'paused'
  if (site.v1 === 'violated') return 'dead'
  if (site.availability === 'down') return nowMs - site.sinceMs >= DEAD_AFTER_MS ? 'dead' : 'down'
  if (site.v2 === 'violated') return 'dormant'
  if (site.availability === 'suspect' || site.v1 === 'warning' || site.v2 === 'warning') return 'warning'
  if (site.v3 === 'violated' || site.v3 === 'warning') return 'warning'
  if (site.availability === 'blocked' || site.availability === 'unknown') return 'unknown'
  return site.v2 === 'insufficient' ? 'unknown' : 'healthy'
}

/** Rank for sorting: 0 is the worst. */
export function severityOf(state: SiteState): number {
  return SITE_STATES.indexOf(state)
}

export function emptyCounts(): StateCounts {
  return { dead: 0, down: 0, dormant: 0, warning: 0, unknown: 0, healthy: 0, paused: 0 }
}

/** How many of `states` are in each state. */
export function countStates(states: Iterable<SiteState>): StateCounts {
  const counts = emptyCounts()
  for (const state of states) counts[state] += 1
  return counts
}
