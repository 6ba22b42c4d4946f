import { sql } from 'kysely'
import type { NewFact } from '../../shared/base/facts.ts'
import { zoneInForce } from '../../shared/base/zone.ts'
import { deriveState } from '../../shared/register/sites/states.ts'
import type { Context } from '../base/context.ts'
import type { Tx } from '../base/db/database.ts'
import { appendFacts } from '../base/facts/append.ts'
import { followAlerts } from '../desk/alerts/follow.ts'
import { lockSiteStates, type SiteStateRow } from '../monitor/schedule/queries.ts'

/**
 * Takes back what was held against sites since the line came into doubt: their failed visits are kept and no
 * longer counted, and those that became suspect or down on them are as they were before. Doing it twice changes
 * nothing more. A doubt is of today: visits of packed days (`server/monitor/visits/packing.ts`) are past it.
 * @param sinceMs when the doubt began (epoch ms).
 * @returns how many sites go back.
 */
export async function clearBlame(
  ctx: Pick<Context, 'db' | 'clock' | 'wake'>,
  sinceMs: number,
): Promise<number> {
  const nowMs = ctx.clock.now()
  const since = new Date(sinceMs)
  const count = await ctx.db.transaction().execute(async (tx) => {
    const visited = await tx
      .selectFrom('site_state')
      .select('site_id')
      .where('last_visit_at', '>=', since)
      .execute()
    const ids = visited.map((row) => row.site_id)
    if (ids.length === 0) return 0
    const rows = await lockSiteStates(tx, ids, new Date(nowMs))
    await excludeMisses(tx, ids, since)
    const blamed = rows.filter(
      ({ availability, since: at }) => (availability === 'suspect' || availability === 'down') && at >= since,
    )
    if (blamed.length === 0) return 0
    const facts = blamed.map((row) => backFact(row, nowMs))
    await putBack(tx, facts)
    const none = blamed.map((row) => ({
      siteId: row.site_id,
      rule: 'DOWN' as const,
      wanted: null,
      evidence: {},
    }))
    await appendFacts(tx, [...facts, ...(await followAlerts(tx, none, nowMs))])
    return blamed.length
  })
  if (count > 0) ctx.wake()
  return count
}

/** Moves failed visits since then to those that do not count, in the visits themselves and in their sums. */
async function excludeMisses(tx: Tx, siteIds: readonly number[], since: Date): Promise<void> {
  await sql`
    with missed as (
      update visit set excluded = true
      where site_id = any(${siteIds}::int[]) and at >= ${since} and outcome = 1 and not excluded
      returning site_id, at, extra
    ), spaced as (
      select site_id, date_trunc('hour', at) as hour, to_char(at at time zone ${zoneInForce()}::text, 'YYYY-MM-DD') as day
      from missed where not extra
    ), hours as (
      update visit_hour r set total = r.total - n, failed = r.failed - n, excluded = r.excluded + n
      from (select site_id, hour, count(*)::int as n from spaced group by 1, 2) s
      where r.site_id = s.site_id and r.hour = s.hour
    ), days as (
      update visit_day r set total = r.total - n, failed = r.failed - n, excluded = r.excluded + n
      from (select site_id, day, count(*)::int as n from spaced group by 1, 2) s
      where r.site_id = s.site_id and r.day = s.day
    )
    update site_state set v1_at = null where site_id in (select site_id from spaced)
  `.execute(tx)
}

/** As it was before the doubt: up, if it ever was. V1 is counted anew at the next visit. */
function backFact(row: SiteStateRow, nowMs: number): NewFact & { kind: 'site.changed' } {
  const availability = row.last_ok_at === null ? 'unknown' : 'up'
  const state = deriveState({ availability, sinceMs: nowMs, v1: row.v1, v2: row.v2, v3: row.v3 }, nowMs)
  const at = new Date(nowMs).toISOString()
  return {
    kind: 'site.changed',
    at,
    siteId: row.site_id,
    district: row.district,
    actor: null,
    data: {
      before: { state: row.state, availability: row.availability },
      after: {
        state,
        stateSince: state === row.state ? row.state_since.toISOString() : at,
        availability,
        cause: null,
        since: at,
        v1: row.v1,
        share: row.share,
        v2: row.v2,
        v3: row.v3,
        newest: row.newest,
        flapping: row.flapping,
      },
    },
  }
}

async function putBack(tx: Tx, facts: readonly (NewFact & { kind: 'site.changed' })[]): Promise<void> {
  const rows = facts.map(({ siteId, data }) => ({ ...data.after, site_id: siteId }))
  await sql`
    update site_state s set availability = u.availability, cause = null, since = u.since, state = u.state,
      state_since = u."stateSince", fail_streak = 0
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as u(site_id int, availability text, since timestamptz, state text, "stateSince" timestamptz)
    where s.site_id = u.site_id
  `.execute(tx)
}
