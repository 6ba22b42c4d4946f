import type { NewFact } from '../../../shared/base/facts.ts'
import type { SiteDetail } from '../../../shared/monitor/standing/standing.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { findSiteDetail } from '../../monitor/standing/queries.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { noSuchSite, requireSite } from '../../register/sites/require.ts'
import { endPause, startPause } from './pause-site.ts'

/**
 * Files downtime, or with an empty reason ends it: while it lasts the site is not visited and nothing counts.
 * Live alerts of the site are resolved.
 * @param until null: for good.
 * @throws Refusal invalid, not_found, forbidden; conflict when there is nothing to end.
 */
export async function pauseSite(
  ctx: Context,
  user: Principal,
  id: number,
  { until, reason }: { until: string | null; reason: string },
): Promise<SiteDetail> {
  const now = ctx.clock.now()
  const end = until === null ? null : new Date(until)
  if (reason && end && end.getTime() <= now) {
    throw new Refusal('invalid', 'common.endMustLieFuture')
  }
  const detail = await ctx.db.transaction().execute(async (tx) => {
    await requireSite(tx, user, id, 'site.pause')
    await refuseMerged(tx, id)
    const facts = reason
      ? await startPause(tx, user, id, { end, reason, planId: null }, now)
      : await resume(tx, user, id, now)
    await recordAudit(tx, {
      at: new Date(now),
      actor: user,
      action: reason ? 'site.paused' : 'site.resumed',
      entity: 'site',
      entityId: id,
      detail: reason ? { until, reason } : {},
    })
    const after = await findSiteDetail(tx, user.scope, id, now, ctx.config)
    await appendFacts(tx, facts)
    return after
  })
  if (!detail) throw noSuchSite()
  ctx.wake()
  return detail
}

/** It is another site since: what is done to it is done there. @throws Refusal conflict */
async function refuseMerged(tx: Tx, id: number): Promise<void> {
  const { name, code, merged_into } = await tx
    .selectFrom('site')
    .select(['name', 'code', 'merged_into'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (merged_into !== null) throw new Refusal('conflict', 'common.siteMerged', { values: { name, code } })
}

/** A window of a plan that is running is over for this site; the next one pauses it again. */
async function resume(tx: Tx, user: Principal, id: number, now: number): Promise<NewFact[]> {
  const facts = await endPause(tx, user, id, now)
  if (facts.length === 0) {
    throw new Refusal('conflict', 'sites.noDowntimeFiledSite')
  }
  await tx
    .updateTable('site')
    .set({ resumed_at: new Date(now) })
    .where('id', '=', id)
    .execute()
  return facts
}
