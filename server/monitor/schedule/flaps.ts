import { addToHistory, isFlapping } from '../../../shared/monitor/verdicts/flapping.ts'
import type { Observation } from '../verdicts/judge.ts'
import type { SiteStateRow } from './queries.ts'

/** What a visit says of it. */
interface FlapVisit {
  readonly outcome: Observation['outcome']
  readonly extra: boolean
  readonly lineInDoubt: boolean
}

/** How a site changes, before or after a visit. */
export interface Flaps {
  readonly history: number
  readonly flapping: boolean
}

/** How the site changes as it is known. */
export const flapsOf = (row: Pick<SiteStateRow, 'flap_history' | 'flapping'>): Flaps => ({
  history: row.flap_history,
  flapping: row.flapping,
})

/** How the site changes after one more visit. Only spaced visits that count say how often a site changes: confirmations come in bursts. */
export function nextFlaps(row: Pick<SiteStateRow, 'flap_history' | 'flapping'>, visit: FlapVisit): Flaps {
  const { outcome } = visit
  const counts = !visit.extra && !visit.lineInDoubt && (outcome === 'ok' || outcome === 'failed')
  if (!counts) return flapsOf(row)
  const history = addToHistory(row.flap_history, outcome === 'failed')
  return { history, flapping: isFlapping(row.flapping, history) }
}
