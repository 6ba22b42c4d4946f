import { sql } from 'kysely'
import { zoneInForce } from '../../shared/base/zone.ts'
import type { Context } from '../base/context.ts'
import type { Tx } from '../base/db/database.ts'
import { commitFacts } from '../base/facts/commit.ts'
import { followAlerts } from '../desk/alerts/follow.ts'
import { lockSiteStates, type SiteStateRow } from '../monitor/schedule/queries.ts'
import { changeStandings } from '../monitor/standing/decide.ts'

/**
 * Takes back what was held against sites since the line came into doubt: their failed visits are kept and no
 * longer counted, and those that became suspect or down on them are as they were before. Doing it twice changes
 * nothing more. A doubt is of today: visits of packed days (`server/monitor/visit-store/ages.ts`) are past it.
 * @param sinceMs when the doubt began (epoch ms).
 * @returns how many sites go back.
 */
export async function clearBlame(
  ctx: Pick<Context, 'db' | 'clock' | 'wake'>,
  sinceMs: number,
): Promise<number> {
  const nowMs = ctx.clock.now()
  const since = new Date(sinceMs)
  let count = 0
  await commitFacts(ctx, async (tx) => {
    const blamed = await takeBackMisses(tx, since, nowMs)
    count = blamed.length
    if (count === 0) return []
    // As it was before the doubt: up, if it ever was. V1 is counted anew at the next visit.
    const before = (row: SiteStateRow) => (row.last_ok_at === null ? 'unknown' : 'up')
    const facts = await changeStandings(
      tx,
      blamed,
      (row) => ({ availability: before(row), cause: null }),
      nowMs,
    )
    const none = blamed.map((row) => ({
      siteId: row.site_id,
      rule: 'DOWN' as const,
      wanted: null,
      evidence: {},
    }))
    return [...facts, ...(await followAlerts(tx, none, nowMs))]
  })
  return count
}

/** @returns those who became suspect or down since then, locked. */
async function takeBackMisses(tx: Tx, since: Date, nowMs: number): Promise<SiteStateRow[]> {
  const visited = await tx
    .selectFrom('site_state')
    .select('site_id')
    .where('last_visit_at', '>=', since)
    .execute()
  const ids = visited.map((row) => row.site_id)
  if (ids.length === 0) return []
  const rows = await lockSiteStates(tx, ids, new Date(nowMs))
  await excludeMisses(tx, ids, since)
  return rows.filter(
    ({ availability, since: at }) => (availability === 'suspect' || availability === 'down') && at >= since,
  )
}

/** Moves failed visits since then to those that do not count, in the visits themselves and in their sums. */
async function excludeMisses(tx: Tx, siteIds: readonly number[], since: Date): Promise<void> {
  await sql`
    with missed as (
      update visit set excluded = true
      where site_id = any(${siteIds}::int[]) and at >= ${since} and outcome = 1 and not excluded
      returning site_id, at, extra
    ), dated as (
      select site_id, extra, date_trunc('hour', at) as hour, to_char(at at time zone ${zoneInForce()}::text, 'YYYY-MM-DD') as day
      from missed
    ), spaced as (
      select * from dated where not extra
    ), hours as (
      update visit_hour r set total = r.total - n, failed = r.failed - n, excluded = r.excluded + n
      from (select site_id, hour, count(*)::int as n from spaced group by 1, 2) s
      where r.site_id = s.site_id and r.hour = s.hour
    ), days as (
      update visit_day r set total = r.total - n, failed = r.failed - n, excluded = r.excluded + n,
        beside = r.beside - more, beside_failed = r.beside_failed - more
      from (
        select site_id, day, (count(*) filter (where not extra))::int as n, (count(*) filter (where extra))::int as more
        from dated group by 1, 2
      ) s
      where r.site_id = s.site_id and r.day = s.day
    )
    update site_state set v1_at = null where site_id in (select site_id from spaced)
  `.execute(tx)
}
