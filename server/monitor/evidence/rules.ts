import type { Shown } from '../../../shared/monitor/freshness/evidence.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import { judgeV2 } from '../../../shared/monitor/verdicts/verdicts.ts'
import type { VisitOutcome } from '../../../shared/monitor/visit/probes.ts'
import type { Availability } from '../../../shared/register/sites/states.ts'
import { rulesInForce } from '../verdicts/in-force.ts'

/** What the page of one visit shows; null when the visit brought no page that was read. `today`: local day. */
export function shownBy(outcome: VisitOutcome, finding: Finding | null, today: string): Shown | null {
  if (outcome === 'blocked') return 'blocked'
  return finding ? judgeV2(finding, today, rulesInForce()) : null
}

/** A page is worth keeping when it shows something else than the last one kept (`kept`, null: none yet). */
export function isNews(shows: Shown | null, kept: string | null): shows is Shown {
  return shows !== null && shows !== kept
}

/** One answer of a firewall may be an accident; it is proof once the site is called blocked. */
export function isProof(shows: Shown, availability: Availability): boolean {
  return shows !== 'blocked' || availability === 'blocked'
}
