import { sql } from 'kysely'
import { zoneInForce } from '../../shared/base/zone.ts'
import type { Context } from '../base/context.ts'
import type { Tx } from '../base/db/database.ts'
import { commitFacts } from '../base/facts/commit.ts'
import { followAlerts } from '../desk/alerts/follow.ts'
import { lockSiteStates, type SiteStateRow } from '../monitor/schedule/queries.ts'
import { changeStandings } from '../monitor/standing/decide.ts'
import type { Miss } from './misses.ts'

/**
 * Takes back what this monitor held against sites since its line came into doubt: its failed visits are kept and no
 * longer counted, and sites that became suspect or down on them are as they were before, unless another monitor has missed
 * them as well. Doing it twice changes nothing more. A doubt is of today: visits of packed days (`server/monitor/visit-store/ages.ts`) are past it.
 * @param sinceMs when the doubt began (epoch ms).
 * @param misses its own since then.
 * @returns how many sites go back.
 */
export async function clearBlame(
  ctx: Pick<Context, 'db' | 'clock' | 'wake'>,
  sinceMs: number,
  misses: readonly Miss[],
): Promise<number> {
  const nowMs = ctx.clock.now()
  const since = new Date(sinceMs)
  if (misses.length === 0) return 0
  let count = 0
  await commitFacts(ctx, async (tx) => {
    const blamed = await takeBackMisses(tx, misses, since, nowMs)
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

/** @returns those who became suspect or down since then by nobody else's misses, locked. */
async function takeBackMisses(
  tx: Tx,
  misses: readonly Miss[],
  since: Date,
  nowMs: number,
): Promise<SiteStateRow[]> {
  const ids = [...new Set(misses.map(({ siteId }) => siteId))]
  const rows = await lockSiteStates(tx, ids, new Date(nowMs))
  await excludeMisses(tx, misses, since)
  const others = await missedSince(tx, ids, since)
  return rows.filter(
    ({ site_id, availability, since: at }) =>
      (availability === 'suspect' || availability === 'down') && at >= since && !others.has(site_id),
  )
}

/** Of these sites those of which a miss counts since then. */
async function missedSince(tx: Tx, siteIds: readonly number[], since: Date): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ site_id: number }>`
    select distinct site_id from visit
    where site_id = any(${[...siteIds]}::int[]) and at >= ${since} and outcome = 1 and not excluded
  `.execute(tx)
  return new Set(rows.map(({ site_id }) => site_id))
}

/** Moves these misses to those that do not count, in the visits themselves and in their sums. */
async function excludeMisses(tx: Tx, misses: readonly Miss[], since: Date): Promise<void> {
  await sql`
    with own as (
      select * from unnest(${misses.map(({ siteId }) => siteId)}::int[],
        ${misses.map(({ atMs }) => new Date(atMs).toISOString())}::timestamptz[]) as own(site_id, at)
    ), missed as (
      update visit set excluded = true from own
      where visit.site_id = own.site_id and visit.at = own.at and visit.at >= ${since} and outcome = 1 and not excluded
      returning visit.site_id, visit.at, extra
    ), dated as (
      select site_id, extra, date_trunc('hour', at, 'UTC') as hour, to_char(at at time zone ${zoneInForce()}::text, 'YYYY-MM-DD') as day
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
