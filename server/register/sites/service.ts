import { sql } from 'kysely'
import type { NewFact } from '../../../shared/city/facts.ts'
import { type Action, may, type Principal } from '../../../shared/people/rights/users.ts'
import type { SiteDetail } from '../../../shared/register/sites/sites.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { endPause, startPause } from '../../desk/pauses/pause-site.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { findLocation, findSiteDetail } from './queries.ts'

/**
 * Has the monitor visit a site at its next look and read its page anew. The visit is none of the spaced ones.
 * @throws Refusal not_found, forbidden; conflict while the site is paused.
 */
export async function requestVisit(ctx: Context, user: Principal, id: number): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    await requireSite(tx, user, id, 'site.visit')
    const { numUpdatedRows } = await tx
      .updateTable('site_state')
      .set({ next_visit_at: sql`least(next_visit_at, ${new Date(now)})`, read_again: true })
      .where('site_id', '=', id)
      .where('availability', '<>', 'paused')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) {
      throw new Refusal('conflict', 'sites.downtimeFiledSite')
    }
    await recordAudit(tx, audit(user, 'site.visit_requested', id, {}, now))
  })
}

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
    const facts = reason
      ? await startPause(tx, user, id, { end, reason, planId: null }, now)
      : await resume(tx, user, id, now)
    const kind = reason ? 'site.paused' : 'site.resumed'
    await recordAudit(tx, audit(user, kind, id, reason ? { until, reason } : {}, now))
    const after = await findSiteDetail(tx, user.scope, id, now, ctx.config)
    await appendFacts(tx, facts)
    return after
  })
  if (!detail) throw notFound()
  ctx.wake()
  return detail
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

async function requireSite(tx: Tx, user: Principal, id: number, action: Action): Promise<void> {
  const site = await findLocation(tx, user.scope, id)
  if (!site) throw notFound()
  if (!may(user, action, site)) {
    throw new Refusal('forbidden', 'common.mayNotSite')
  }
}

function audit(
  user: Principal,
  action: string,
  entityId: number,
  detail: Record<string, unknown>,
  now: number,
) {
  return { at: new Date(now), actor: user, action, entity: 'site', entityId, detail }
}

const notFound = () => new Refusal('not_found', 'common.noSuchSite')
