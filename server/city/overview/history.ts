import { groupBy } from '../../../shared/base/lists/group.ts'
import { emptyCounts, type SiteState, type StateCounts } from '../../../shared/register/sites/states.ts'

/** How many sites went from one state to another within one step back from now; step 0 is the one that ends now. */
export interface Moves {
  readonly step: number
  /** Null: the site was not known before. */
  readonly before: SiteState | null
  readonly after: SiteState
  readonly sites: number
}

/**
 * Counts by state at the end of each step, newest first: the first are those of now, each further one has the
 * moves of its step taken back.
 */
export function walkBack(now: StateCounts, moves: readonly Moves[], steps: number): StateCounts[] {
  const byStep = groupBy(moves, ({ step }) => step)
  const counts: StateCounts = { ...emptyCounts(), ...now }
  const points: StateCounts[] = [{ ...counts }]
  for (let step = 0; step < steps; step++) {
    for (const { before, after, sites } of byStep.get(step) ?? []) {
      counts[after] -= sites
      if (before !== null) counts[before] += sites
    }
    points.push({ ...counts })
  }
  return points
}
