import { sql } from 'kysely'
import type { Principal, Scope } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { within } from '../../people/rights/scope.ts'
import { factOf } from './facts.ts'
import { lockAlerts } from './queries.ts'

/** So many at once; whoever has more asks again. */
const MOST_AT_ONCE = 1000

/**
 * SQL for whether an outage from which its site recovers now came and went unseen: nobody opened it since it began, nor
 * took any step on it or on the failure that it is part of, and no rectification is about it. What its own unit says
 * informs, and is no look.
 */
export const WAS_MISSED = sql<boolean>`(rule = 'DOWN' and seen_at is null and acknowledged_at is null
  and forgotten_at is null and assignee_id is null and assigned_unit_id is null and silenced_until is null
  and monitor_severity is null
  and not exists (select from fact where fact.alert_id = alert.id and fact.kind = 'alert.commented'
    and fact.at >= alert.opened_at)
  and not exists (select from rectification_alert where rectification_alert.alert_id = alert.id)
  and not exists (select from alert as whole where whole.incident_id = alert.incident_id and whole.rule = 'PLATFORM'
    and (whole.seen_at is not null or whole.acknowledged_at is not null)))`

/** Outages that nobody has looked at, with their sites. @param at as of then */
export async function missedOutages(
  db: Db,
  at: Date | null = null,
): Promise<{ id: number; siteId: number }[]> {
  const unseen =
    at === null ? sql<boolean>`seen_at is null` : sql<boolean>`(seen_at is null or seen_at > ${at})`
  return db
    .selectFrom('alert')
    .select(['id', sql<number>`site_id`.as('siteId')])
    .where(sql<boolean>`missed and site_id is not null and status = 'resolved' and ${unseen}`)
    .where(at === null ? sql<boolean>`true` : sql<boolean>`resolved_at <= ${at}`)
    .execute()
}

/** What is looked at: these alerts, or every missed outage of a district (null: of all that one looks after). */
export type Looked = { readonly alertIds: readonly number[] } | { readonly district: string | null }

/**
 * Keeps who looked first, and when: at an outage that is, or at one that came and went. Others, and what somebody has
 * looked at already, stay as they are. @returns how many were looked at now
 */
export async function lookAt(ctx: Context, user: Principal, looked: Looked): Promise<number> {
  const now = ctx.clock.now()
  const seen = await ctx.db.transaction().execute(async (tx) => {
    const ids = await unseen(tx, user.scope, looked)
    if (ids.length === 0) return 0
    // Locked before they are changed, in the order of everybody who locks several.
    await lockAlerts(tx, ids)
    const { rows } = await sql<{
      id: number
    }>`update alert set seen_by = ${user.id}, seen_at = ${new Date(now)}
      where id = any(${ids}::int[]) and seen_at is null returning id`.execute(tx)
    // Somebody else may have looked at some of them, or at all, while these locks were waited for.
    const mine = rows.map(({ id }) => id).sort((a, b) => a - b)
    const [one, ...others] = mine
    if (one === undefined) return 0
    const after = await lockAlerts(tx, mine)
    const facts = [...after.values()].map((alert) => factOf('alert.seen', alert, user, null, now))
    await recordAudit(tx, {
      ...{
        at: new Date(now),
        actor: user,
        action: 'alert.seen',
        entity: 'alert',
        entityId: others.length > 0 ? null : one,
      },
      detail: others.length > 0 ? { ...looked, n: mine.length } : {},
    })
    await appendFacts(tx, facts)
    return facts.length
  })
  if (seen > 0) ctx.wake()
  return seen
}

async function unseen(tx: Tx, scope: Scope, looked: Looked): Promise<number[]> {
  const which =
    'alertIds' in looked
      ? sql<boolean>`(alert.id = any(${[...looked.alertIds]}::int[]) and (missed or status <> 'resolved'))`
      : sql<boolean>`(missed and status = 'resolved'
          and (${looked.district}::text is null or site.district = ${looked.district}))`
  const rows = await tx
    .selectFrom('alert')
    .leftJoin('site', 'site.id', 'alert.site_id')
    .select('alert.id')
    .where(sql<boolean>`seen_at is null and rule in ('DOWN', 'PLATFORM')`)
    .where(which)
    .where(within(scope, 'site'))
    .orderBy('alert.id')
    .limit(MOST_AT_ONCE)
    .execute()
  return rows.map(({ id }) => id)
}
