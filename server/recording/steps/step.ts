import type { RenderCause, Rendered } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { causeGroup, type VisitResult } from '../../../shared/monitor/visit/probes.ts'
import type { NeglectedColumn } from '../../monitor/columns/judge.ts'
import type { Kept } from '../../monitor/evidence/keep.ts'
import type { Flaps } from '../../monitor/schedule/flaps.ts'
import type { SiteStateRow, SiteStateUpdate } from '../../monitor/schedule/queries.ts'
import { isChange, type Observation, type Standing } from '../../monitor/verdicts/judge.ts'
import type { Visited } from '../../monitor/visit/visited.ts'

/** One site's step from standing to standing. */
export interface SiteStep {
  readonly visit: Visited
  /** When the site came to stand so: a page that was read late changes nothing of what was recorded meanwhile. */
  readonly atMs: number
  readonly row: SiteStateRow
  readonly before: Standing
  readonly after: Standing
  readonly flaps: Flaps
  readonly update: SiteStateUpdate
  /** The page that proves the new verdict. */
  readonly kept: Kept | null
  /** Why the page is to be drawn; null: it is not. */
  readonly order: RenderCause | null
  /** How the pages were seen that V2 and V3 rest on; null: that is not said. */
  readonly rendered: { readonly v2: Rendered | null; readonly v3: Rendered | null }
  /** Columns whose own pages are to be drawn. */
  readonly columns: readonly NeglectedColumn[]
}

/** Whether a visit was made, rather than a page read that an earlier one brought. */
export const isVisit = ({ isReading }: Visited): boolean => !isReading

/** An answer is an answer, whatever is thought of the line. */
export function isDoubted(visit: Visited): boolean {
  return visit.lineInDoubt && visit.result.outcome !== 'ok'
}

/** A visit that counts for nothing: of a firewall, of a line in doubt, of a monitor that could not look, or contradicted. */
export function isHeldAgainstNobody({ lineInDoubt, reachedElsewhere, result }: Visited): boolean {
  const outcome = outcomeOf(result)
  return lineInDoubt || reachedElsewhere === true || outcome === 'blocked' || outcome === 'unmeasured'
}

export function outcomeOf(result: VisitResult): Observation['outcome'] {
  const isOurs =
    result.outcome === 'failed' && result.cause !== null && causeGroup(result.cause) === 'monitor'
  return isOurs ? 'unmeasured' : result.outcome
}

export function hasChanged({ row, before, after, flaps }: SiteStep): boolean {
  return isChange(before, after) || row.flapping !== flaps.flapping
}
