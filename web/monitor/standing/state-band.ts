import type { SiteHistory } from '../../../shared/monitor/standing/standing.ts'
import type { SiteState } from '../../../shared/register/sites/states.ts'

/** The changes of state among all that changed: a new date or another cause is none. Oldest first, as they come. */
export function changesOfState(changes: SiteHistory['changes']): SiteHistory['changes'] {
  return changes.filter((change, i) => change.state !== changes[i - 1]?.state)
}

/** A stretch of time in one state, as a part of the window. */
export interface BandPart {
  readonly state: SiteState
  readonly from: number
  readonly to: number
  /** Place and width in per cent of the window. */
  readonly left: number
  readonly width: number
}

/**
 * The states of a site over a window. What was before the first known change is left blank, unless the site has
 * not changed at all since.
 * @param current the state now and since when (epoch ms).
 */
export function stateBand(
  changes: SiteHistory['changes'],
  window: { readonly from: number; readonly to: number },
  current: { readonly state: SiteState; readonly since: number },
): BandPart[] {
  const known = changes
    .map((change) => ({ state: change.state, at: Date.parse(change.at) }))
    .sort((a, b) => a.at - b.at)
  const steps = known.length > 0 ? known : [{ state: current.state, at: current.since }]
  const span = window.to - window.from
  return steps.flatMap(({ state, at }, i) => {
    const from = Math.max(at, window.from)
    const to = Math.min(steps[i + 1]?.at ?? window.to, window.to)
    if (to <= from) return []
    return [{ state, from, to, left: ((from - window.from) * 100) / span, width: ((to - from) * 100) / span }]
  })
}
