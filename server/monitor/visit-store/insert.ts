import { sql } from 'kysely'
import { zoneInForce } from '../../../shared/base/zone.ts'
import type { InJson, Tx } from '../../base/db/database.ts'
import type { VisitTable } from './tables.ts'

/** One visit as it is stored. */
export type VisitRow = InJson<VisitTable>

const ofSpaced = (sum: string) => sql`coalesce(${sql.raw(sum)} filter (where not extra), 0)`

/**
 * SQL that stores the visits of a query `new_visit` (columns of `visit`) and adds the spaced ones to their hour and local
 * day, the others to their day beside them: parts of a `with`. A visit that counts for nothing is in `excluded` only.
 */
export const storing = () => sql`
  stored as (
    insert into visit (site_id, at, outcome, cause, status, extra, excluded,
      dns_ms, connect_ms, tls_ms, ttfb_ms, total_ms, bytes)
    select site_id, at, outcome, cause, status, extra, excluded,
      dns_ms, connect_ms, tls_ms, ttfb_ms, total_ms, bytes from new_visit
  ), counted as (
    select site_id, extra, date_trunc('hour', at, 'UTC') as hour, to_char(at at time zone ${zoneInForce()}::text, 'YYYY-MM-DD') as day,
      case when excluded then 0 else 1 end as total, case when outcome = 1 and not excluded then 1 else 0 end as failed,
      case when excluded then 1 else 0 end as excluded,
      case when outcome = 0 then coalesce(total_ms, 0) else 0 end as ok_ms, coalesce(total_ms, 0) as ms
    from new_visit
  ), spaced as (
    select * from counted where not extra
  ), hours as (
    insert into visit_hour as r (site_id, hour, total, failed, excluded, ok_ms_sum, max_ms)
    select site_id, hour, sum(total), sum(failed), sum(excluded), sum(ok_ms), max(ms) from spaced group by 1, 2
    on conflict (site_id, hour) do update set total = r.total + excluded.total, failed = r.failed + excluded.failed,
      excluded = r.excluded + excluded.excluded, ok_ms_sum = r.ok_ms_sum + excluded.ok_ms_sum,
      max_ms = greatest(r.max_ms, excluded.max_ms)
  ), days as (
    insert into visit_day as r (site_id, day, total, failed, excluded, ok_ms_sum, max_ms, beside, beside_failed)
    select site_id, day, ${ofSpaced('sum(total)')}, ${ofSpaced('sum(failed)')}, ${ofSpaced('sum(excluded)')},
      ${ofSpaced('sum(ok_ms)')}, ${ofSpaced('max(ms)')},
      coalesce(sum(total) filter (where extra), 0), coalesce(sum(failed) filter (where extra), 0)
    from counted group by 1, 2
    on conflict (site_id, day) do update set total = r.total + excluded.total, failed = r.failed + excluded.failed,
      excluded = r.excluded + excluded.excluded, ok_ms_sum = r.ok_ms_sum + excluded.ok_ms_sum,
      max_ms = greatest(r.max_ms, excluded.max_ms), beside = r.beside + excluded.beside,
      beside_failed = r.beside_failed + excluded.beside_failed
  )`

/** Stores visits and adds them to their sums, in one statement. */
export async function insertVisits(tx: Tx, visits: readonly VisitRow[]): Promise<void> {
  await sql`
    with new_visit as (
      select * from jsonb_to_recordset(${JSON.stringify(visits)}::jsonb) as v(
        site_id int, at timestamptz, outcome int2, cause text, status int2, extra boolean, excluded boolean,
        dns_ms float4, connect_ms float4, tls_ms float4, ttfb_ms float4, total_ms float4, bytes int)
    ), ${storing()}
    select 1
  `.execute(tx)
}

/** Sites of which one of these visits, of a site each, is among those that are kept raw: made at that instant, with that end. */
export async function storedVisits(tx: Tx, visits: readonly VisitRow[]): Promise<ReadonlySet<number>> {
  if (visits.length === 0) return new Set()
  const times = visits.map(({ at }) => Date.parse(at))
  const { rows } = await sql<{ siteId: number }>`
    select stored.site_id as "siteId"
    from jsonb_to_recordset(${JSON.stringify(visits)}::jsonb) as v(
        site_id int, at timestamptz, outcome int2, cause text, extra boolean)
      join visit stored on stored.site_id = v.site_id and stored.at = v.at
    where stored.at between ${new Date(Math.min(...times))} and ${new Date(Math.max(...times))}
      and stored.outcome = v.outcome and stored.cause is not distinct from v.cause and stored.extra = v.extra
  `.execute(tx)
  return new Set(rows.map(({ siteId }) => siteId))
}
