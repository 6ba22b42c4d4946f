import { sql } from 'kysely'
import type { NewFact, SiteFacts } from '../../shared/facts.ts'
import type { SiteDetail } from '../../shared/sites.ts'
import { deriveState } from '../../shared/states.ts'
import { type Action, may, type Principal } from '../../shared/users.ts'
import { followAlerts, SITE_RULES } from '../alerts/follow.ts'
import { recordAudit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { appendFacts } from '../facts/append.ts'
import { recheckSoon } from '../links/recheck.ts'
import { Refusal } from '../refusal.ts'
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
      throw new Refusal('conflict', '该网站已报备停机。Downtime is filed for this site.')
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
    throw new Refusal('invalid', '截止时间必须在将来。The end must lie in the future.')
  }
  const detail = await ctx.db.transaction().execute(async (tx) => {
    await requireSite(tx, user, id, 'site.pause')
    const facts = reason
      ? await startPause(tx, user, id, { end, reason }, now)
      : await endPause(tx, user, id, now)
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

async function startPause(
  tx: Tx,
  user: Principal,
  id: number,
  { end, reason }: { end: Date | null; reason: string },
  now: number,
): Promise<NewFact[]> {
  const changed = await enter(tx, user, id, 'paused', now)
  await tx.updateTable('site').set({ paused_until: end, pause_reason: reason }).where('id', '=', id).execute()
  const none = SITE_RULES.map((rule) => ({
    siteId: id,
    rule,
    wanted: null,
    evidence: {},
  }))
  const resolved = (await followAlerts(tx, none, now)).map((fact) =>
    'alert' in fact.data ? ({ ...fact, data: { ...fact.data, text: reason } } as NewFact) : fact,
  )
  return [...changed, ...resolved]
}

async function endPause(tx: Tx, user: Principal, id: number, now: number): Promise<NewFact[]> {
  const changed = await enter(tx, user, id, 'unknown', now)
  if (changed.length === 0) {
    throw new Refusal('conflict', '该网站没有报备停机。No downtime is filed for this site.')
  }
  // What the pause resolved comes back if it is so still.
  await recheckSoon(tx, id, new Date(now))
  await tx.updateTable('site').set({ paused_until: null, pause_reason: null }).where('id', '=', id).execute()
  return changed
}

/**
 * Moves a site into or out of its pause. Its state is locked before its alerts, as the monitor does.
 * @returns no fact when it is there already.
 */
async function enter(
  tx: Tx,
  user: Principal,
  id: number,
  availability: 'paused' | 'unknown',
  now: number,
): Promise<NewFact[]> {
  const row = await tx
    .selectFrom('site_state')
    .innerJoin('site', 'site.id', 'site_state.site_id')
    .selectAll('site_state')
    .select('site.district')
    .where('site_id', '=', id)
    .forUpdate('site_state')
    .executeTakeFirstOrThrow()
  if ((availability === 'paused') === (row.availability === 'paused')) return []
  const at = new Date(now)
  const state = deriveState({ availability, sinceMs: now, v1: row.v1, v2: row.v2, v3: row.v3 }, now)
  const stateSince = state === row.state ? row.state_since : at
  await tx
    .updateTable('site_state')
    .set({
      availability,
      since: at,
      cause: null,
      state,
      state_since: stateSince,
      fail_streak: 0,
      ok_streak: 0,
      ...(availability === 'unknown' ? { next_visit_at: at, read_again: true, waiting_since: null } : {}),
    })
    .where('site_id', '=', id)
    .execute()
  const after: SiteFacts = {
    state,
    stateSince: stateSince.toISOString(),
    availability,
    cause: null,
    since: at.toISOString(),
    v1: row.v1,
    share: row.share,
    v2: row.v2,
    v3: row.v3,
    newest: row.newest,
    flapping: row.flapping,
  }
  const before = { state: row.state, availability: row.availability }
  const actor = { id: user.id, name: user.name }
  const { district } = row
  return [
    { kind: 'site.changed', at: at.toISOString(), siteId: id, district, actor, data: { before, after } },
  ]
}

async function requireSite(tx: Tx, user: Principal, id: number, action: Action): Promise<void> {
  const site = await findLocation(tx, user.scope, id)
  if (!site) throw notFound()
  if (!may(user, action, site)) {
    throw new Refusal('forbidden', '您无权对该网站这样做。You may not do this to the site.')
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

const notFound = () => new Refusal('not_found', '没有这个网站。There is no such site.')
