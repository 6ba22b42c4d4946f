import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import type { RaiseManyInput } from '../../../../shared/desk/rectifications/rectifications.ts'
import { covers, may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import { Refusal } from '../../../base/refusal.ts'
import type { ReasonWithValues } from '../../../base/words/refusals.ts'
import { levelsOf } from '../../../register/sites/levels.ts'
import { lockAlerts } from '../../alerts/queries.ts'
import { reckoningIn } from '../terms/due.ts'
import { termWanted } from '../terms/terms.ts'
import { appendAllRaised, insertRectification } from './insert.ts'
import type { RaiseManyResult } from './raised.ts'

/** The alerts of one site for which a rectification is raised. */
interface OfSite {
  readonly siteId: number
  readonly unitId: number
  readonly alerts: Alert[]
}

/**
 * Raises a rectification for each site of these alerts, for all of them that are its own and can have one; together they are a
 * batch. Of the others it is said why not. A dry run changes nothing.
 * @throws Refusal forbidden; conflict, when nothing is left to be raised.
 */
export async function raiseFromAlerts(
  ctx: Context,
  user: Principal,
  input: Extract<RaiseManyInput, { source: 'alerts' }>,
): Promise<RaiseManyResult> {
  const now = ctx.clock.now()
  if (!may(user, 'rectification.raise')) {
    throw new Refusal('forbidden', 'rectifications.mayNotRaiseRectification')
  }
  const result = await ctx.db.transaction().execute(async (tx): Promise<RaiseManyResult> => {
    const ids = [...new Set(input.alertIds)]
    const found = await lockAlerts(tx, ids)
    const seen = ids.flatMap((id) => found.get(id) ?? []).filter((alert) => covers(user.scope, alert))
    const refused = [
      ...(seen.length < ids.length ? [gone(ids.length - seen.length)] : []),
      ...seen.flatMap((alert) => {
        const said = whyNot(alert)
        return said ? [{ siteId: alert.siteId, siteName: alert.siteName ?? '', said }] : []
      }),
    ]
    const sites = bySite(seen.filter((alert) => whyNot(alert) === null))
    if (input.dryRun) return { batchId: null, items: [], refused, sites: sites.length }
    if (sites.length === 0) {
      throw new Refusal('conflict', 'rectifications.noAlertRectificationCouldRaised')
    }
    const levels = await levelsOf(
      tx,
      sites.map(({ siteId }) => siteId),
    )
    const by = await reckoningIn(tx, now)
    const rectificationIds: number[] = []
    for (const { siteId, unitId, alerts } of sites) {
      const about = { rules: alerts.map(({ rule }) => rule), level: levels.get(siteId) ?? 'street' }
      const alertIds = alerts.map(({ id }) => id)
      const rectification = {
        siteId,
        unitId,
        source: 'alert',
        alertIds,
        term: termWanted(input, about),
      } as const
      rectificationIds.push(await insertRectification(tx, user, rectification, by))
    }
    const batchId = rectificationIds.length > 1 ? (rectificationIds[0] ?? null) : null
    if (batchId !== null) {
      await tx
        .updateTable('rectification')
        .set({ batch_id: batchId })
        .where('id', 'in', rectificationIds)
        .execute()
    }
    const { alertIds: _, ...detail } = input
    const items = await appendAllRaised(
      tx,
      user,
      rectificationIds,
      { ...detail, count: rectificationIds.length },
      now,
    )
    return { batchId, items, refused, sites: items.length }
  })
  if (result.items.length > 0) ctx.wake()
  return result
}

/** Why no rectification can be raised of an alert; null where nothing speaks against it. */
function whyNot(alert: Alert): ReasonWithValues | null {
  if (alert.siteId === null || alert.unitId === null) {
    return { reason: 'rectifications.alertOfNoSite', values: {} }
  }
  if (alert.status === 'resolved') return { reason: 'rectifications.alertResolved', values: { id: alert.id } }
  if (alert.rectificationId !== null) {
    return { reason: 'rectifications.already', values: { id: alert.rectificationId } }
  }
  return null
}

const gone = (n: number): RaiseManyResult['refused'][number] => ({
  siteId: null,
  siteName: '',
  said: { reason: 'rectifications.alertsNotYours', values: { n } },
})

function bySite(alerts: readonly Alert[]): OfSite[] {
  const sites = new Map<number, OfSite>()
  for (const alert of alerts) {
    if (alert.siteId === null || alert.unitId === null) continue
    const of = sites.get(alert.siteId) ?? { siteId: alert.siteId, unitId: alert.unitId, alerts: [] }
    sites.set(alert.siteId, of)
    of.alerts.push(alert)
  }
  return [...sites.values()]
}
