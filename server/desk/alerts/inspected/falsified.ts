import { sql } from 'kysely'
import type { NewFact } from '../../../../shared/base/facts.ts'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Tx } from '../../../base/db/database.ts'
import { refuseProblems } from '../../../monitor/inspections/service.ts'
import { idsOfTold, type SeenTold } from '../../../monitor/inspections/telling.ts'
import { followInspected } from './inspected.ts'
import { sourceOf } from './sources.ts'

/**
 * What alerts of machine inspections told of is refused, as somebody has called them false: the problems of a site of the rules that
 * its alert names, or those of one source on all sites. Without that the next look would bring them back. What was found after the
 * alert was as the person saw it is not.
 * @param now epoch ms. @returns the facts; the caller appends them
 */
export async function refuseFalse(
  tx: Tx,
  user: Principal,
  alerts: readonly Alert[],
  reason: string,
  now: number,
): Promise<NewFact[]> {
  const concerned = alerts.filter(({ rule }) => rule === 'MACHINE' || rule === 'PLATFORM')
  if (concerned.length === 0) return []
  const ids = await idsOfTold(tx, await seenOf(tx, concerned), now)
  const refused = await refuseProblems(tx, user, ids, reason, new Date(now))
  return [...refused.facts, ...(await followInspected(tx, refused.siteIds, now))]
}

/** What each of these alerts shows of problems. */
async function seenOf(tx: Tx, alerts: readonly Alert[]): Promise<SeenTold[]> {
  const shown = await shownAt(tx, alerts)
  const sources = await sourcesOf(tx, alerts)
  return alerts.flatMap(({ id, rule, siteId, incidentId, evidence, openedAt }): SeenTold[] => {
    const at = shown.get(id) ?? openedAt
    if (rule === 'MACHINE' && siteId !== null)
      return (evidence.found?.rules ?? []).map((one) => ({ rule: one.id, siteId, at }))
    const source = rule === 'PLATFORM' && incidentId !== null ? sources.get(incidentId) : undefined
    return source ? [{ ...source, at }] : []
  })
}

/** When what each of these alerts shows became what it is. Grouping changes only what those of shared failures show. */
async function shownAt(tx: Tx, alerts: readonly Alert[]): Promise<Map<number, string>> {
  const shared = alerts.flatMap(({ id, rule }) => (rule === 'PLATFORM' ? [id] : []))
  const { rows } = await sql<{ id: number; at: Date }>`
    select alert_id as id, max(at) as at from fact
    where alert_id = any(${alerts.map(({ id }) => id)}::int[])
      and (kind in ('alert.opened', 'alert.reopened', 'alert.raised', 'alert.eased')
        or (kind = 'alert.grouped' and alert_id = any(${shared}::int[])))
    group by 1
  `.execute(tx)
  return new Map(rows.map(({ id, at }) => [id, at.toISOString()]))
}

/** Of the shared failures of alerts those that are one source of what machine inspections found, by their id. */
async function sourcesOf(tx: Tx, alerts: readonly Alert[]) {
  const ids = alerts.flatMap(({ rule, incidentId }) =>
    rule === 'PLATFORM' && incidentId ? [incidentId] : [],
  )
  const { rows } = await sql<{ id: number; key: string }>`
    select id, key from incident where kind = 'source' and id = any(${ids}::int[])
  `.execute(tx)
  return new Map(rows.map(({ id, key }) => [id, sourceOf(key)]))
}
