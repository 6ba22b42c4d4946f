import { sql } from 'kysely'
import type { NewFact } from '../../../../shared/base/facts.ts'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Tx } from '../../../base/db/database.ts'
import { refuseProblems } from '../../../monitor/inspections/service.ts'
import { idsOfTold } from '../../../monitor/inspections/telling.ts'
import { followInspected } from './inspected.ts'
import { sourceOf } from './sources.ts'

/**
 * What alerts of machine inspections told of is refused, as somebody has called them false: the problems of a site, or those of one
 * source on all sites. Without that the next look would bring them back.
 * @param now epoch ms. @returns the facts; the caller appends them
 */
export async function refuseFalse(
  tx: Tx,
  user: Principal,
  alerts: readonly Alert[],
  reason: string,
  now: number,
): Promise<NewFact[]> {
  const siteIds = alerts.flatMap(({ rule, siteId }) =>
    rule === 'MACHINE' && siteId !== null ? [siteId] : [],
  )
  const sources = await sourcesOf(
    tx,
    alerts.flatMap(({ rule, incidentId }) => (rule === 'PLATFORM' && incidentId ? [incidentId] : [])),
  )
  if (siteIds.length + sources.length === 0) return []
  const ids = await idsOfTold(tx, siteIds, sources, now)
  const refused = await refuseProblems(tx, user, ids, reason, new Date(now))
  return [...refused.facts, ...(await followInspected(tx, refused.siteIds, now))]
}

/** Of shared failures those that are one source of what machine inspections found. */
async function sourcesOf(tx: Tx, incidentIds: readonly number[]) {
  const { rows } = await sql<{ key: string }>`
    select key from incident where kind = 'source' and id = any(${[...incidentIds]}::int[])
  `.execute(tx)
  return rows.map(({ key }) => sourceOf(key))
}
