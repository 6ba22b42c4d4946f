import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import type { Rectification } from '../../../../shared/desk/rectifications/rectifications.ts'
import { covers, may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { conflictWith } from '../../../base/facts/conflict.ts'
import { Refusal } from '../../../base/refusal.ts'
import { levelsOf } from '../../../register/sites/levels.ts'
import { lockAlerts } from '../../alerts/queries.ts'
import { rectificationsById } from '../queries.ts'
import { reckoningIn } from '../terms/due.ts'
import { type TermInput, termWanted } from '../terms/terms.ts'
import { requireAssignee } from './assignee.ts'
import { appendRaised, insertRectification } from './insert.ts'

/** Live alerts of one site, and who is to cure what they are about by when. */
export interface RaiseInput extends TermInput {
  readonly alertIds: readonly number[]
  /** The site's own unless given. */
  readonly unitId?: number | undefined
  readonly assigneeId?: number | undefined
}

/** Raises a rectification from alerts of one site. @throws Refusal invalid, not_found, forbidden, conflict */
export async function raiseRectification(
  ctx: Context,
  user: Principal,
  input: RaiseInput,
): Promise<Rectification> {
  const now = ctx.clock.now()
  const rectification = await ctx.db.transaction().execute(async (tx) => {
    // The locks make sure that of two people who raise a rectification from the same alert one comes second.
    const ids = [...new Set(input.alertIds)]
    const found = await lockAlerts(tx, ids)
    const alerts = ids.flatMap((id) => found.get(id) ?? [])
    if (alerts.length < ids.length || alerts.some((alert) => !covers(user.scope, alert))) {
      throw new Refusal('not_found', 'common.noSuchAlert')
    }
    const site = requireOneSite(alerts)
    if (!may(user, 'rectification.raise', site)) {
      throw new Refusal('forbidden', 'rectifications.mayNotRaiseRectification')
    }
    await requireUncovered(tx, alerts, now)
    const unitId = await requireUnit(tx, input.unitId ?? site.unitId)
    if (input.assigneeId !== undefined) await requireAssignee(tx, input.assigneeId, site)
    const level = (await levelsOf(tx, [site.siteId])).get(site.siteId) ?? 'street'
    const term = termWanted(input, { rules: alerts.map(({ rule }) => rule), level })
    const rectification = { ...input, term, siteId: site.siteId, unitId, source: 'alert' } as const
    const id = await insertRectification(tx, user, rectification, await reckoningIn(tx, now))
    return appendRaised(tx, user, id, { ...input }, now)
  })
  ctx.wake()
  return rectification
}

function requireOneSite(alerts: readonly Alert[]): { siteId: number; district: string; unitId: number } {
  const [first] = alerts
  if (!first || first.siteId === null || first.district === null || first.unitId === null) {
    throw new Refusal('invalid', 'rectifications.alertAboutMonitorItselfBelongs')
  }
  if (alerts.some((alert) => alert.siteId !== first.siteId)) {
    throw new Refusal('invalid', 'rectifications.oneSite')
  }
  return { siteId: first.siteId, district: first.district, unitId: first.unitId }
}

/** Alerts must be live, and covered by no open rectification. */
async function requireUncovered(tx: Tx, alerts: readonly Alert[], now: number): Promise<void> {
  const resolved = alerts.find((alert) => alert.status === 'resolved')
  if (resolved?.resolvedAt) {
    const action = { kind: 'alert.resolved', actor: resolved.resolvedBy, at: resolved.resolvedAt } as const
    throw conflictWith(action, resolved, now)
  }
  const rectificationIds = alerts.flatMap((alert) => alert.rectificationId ?? [])
  const [rectification] = (await rectificationsById(tx, rectificationIds)).values()
  if (rectification) {
    const action = {
      kind: 'rectification.raised',
      actor: rectification.raisedBy,
      at: rectification.raisedAt,
    } as const
    throw conflictWith(action, rectification, now)
  }
}

async function requireUnit(tx: Tx, unitId: number): Promise<number> {
  const unit = await tx.selectFrom('unit').select('id').where('id', '=', unitId).executeTakeFirst()
  if (!unit) throw new Refusal('invalid', 'common.noSuchUnit')
  return unit.id
}
