import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { weightOf } from '../../../shared/desk/alerts/importance-rules.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { WeightOf } from './triage.ts'

/** What alerts count for by the level of their sites; a shared failure counts for as much as its gravest member. */
export function weightsOf(
  alerts: Iterable<Alert>,
  sites: ReadonlyMap<number, { readonly level: Level }>,
): WeightOf {
  const own = (siteId: number | null) => weightOf(siteId === null ? null : sites.get(siteId)?.level)
  const shared = new Map<number, number>()
  for (const { incidentId, siteId } of alerts) {
    if (incidentId) shared.set(incidentId, Math.max(shared.get(incidentId) ?? 0, own(siteId)))
  }
  return ({ rule, siteId, incidentId }) =>
    rule === 'PLATFORM' && incidentId ? (shared.get(incidentId) ?? 0) : own(siteId)
}
