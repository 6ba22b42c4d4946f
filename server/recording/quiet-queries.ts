import { sql } from 'kysely'
import type { VisitResult } from '../../shared/monitor/visit/probes.ts'
import type { Verdict } from '../../shared/register/sites/states.ts'
import type { Db } from '../base/db/database.ts'
import { isMissedElsewhere } from '../monitor/standing/looks.ts'
import type { Standing } from '../monitor/verdicts/judge.ts'
import type { Visited } from '../monitor/visit/visited.ts'
import { storing } from '../monitor/visit-store/insert.ts'
import { notPaused } from '../register/sites/paused.ts'

interface QuietRow {
  siteId: number
  stateSince: Date
  since: Date
  okStreak: number
  v1: Verdict
  share: number | null
  v2: Verdict
  v3: Verdict
  newest: string | null
}

/**
 * Stores good visits to sites that stand well and are quiet now: the visits, their sums, and in the sites' rows what the
 * last visit was. Passes over a site that is not, that somebody else holds just now, or of which a rectification waits for
 * a visit, that some other place does not reach; and over a visit that is older than the last one recorded, or is that one: its statement is sent again where the
 * connection broke before it was said that all is stored.
 * @returns how the sites stand of which the visit was stored.
 */
export async function storeQuiet(
  db: Db,
  visits: readonly Visited[],
  { now, rulesKey }: { now: Date; rulesKey: string },
): Promise<Map<number, Standing>> {
  const of = <T>(pick: (result: VisitResult) => T): T[] => visits.map(({ result }) => pick(result))
  const { rows } = await sql<QuietRow>`
    with seen as (
      select * from unnest(${visits.map(({ siteId }) => siteId)}::int[],
        ${visits.map(({ atMs }) => new Date(atMs).toISOString())}::timestamptz[],
        ${visits.map(({ extra }) => extra)}::boolean[], ${of(({ status }) => status)}::int2[],
        ${of(({ dnsMs }) => dnsMs)}::float4[], ${of(({ connectMs }) => connectMs)}::float4[],
        ${of(({ tlsMs }) => tlsMs)}::float4[], ${of(({ ttfbMs }) => ttfbMs)}::float4[],
        ${of(({ totalMs }) => totalMs)}::float8[], ${of(({ bytes }) => bytes)}::int[], ${of(({ etag }) => etag)}::text[],
        ${of(({ lastModified }) => lastModified)}::text[], ${of(({ certDaysLeft }) => certDaysLeft)}::float8[],
        ${of(({ address }) => address)}::text[], ${of(({ certificate }) => certificate)}::text[],
        ${of(({ notModified }) => notModified)}::boolean[], ${of(({ bodyHash }) => bodyHash)}::text[])
      as v(site_id, at, extra, status, dns_ms, connect_ms, tls_ms, ttfb_ms, total_ms, bytes, etag, last_modified,
        cert_days_left, address, certificate, not_modified, body_hash)
    ), quiet as (
      select v.*, v.not_modified or v.body_hash is not distinct from state.body_hash as is_known
      from seen v join site_state state on state.site_id = v.site_id join site on site.id = v.site_id
      where state.quiet_until > v.at and state.quiet_by = ${rulesKey} and state.state = 'healthy'
        and state.availability = 'up' and state.fail_streak = 0 and state.flap_history = 0
        and state.v1_at is not null and state.v3_at is not null and v.at > coalesce(state.last_visit_at, '-infinity')
        and ${notPaused(now)}
        and not exists (select from rectification r where r.site_id = v.site_id and r.stage in ('submitted', 'verifying'))
        and not ${isMissedElsewhere(sql`v.site_id`, now)}
      order by v.site_id
      for update of state skip locked
    ), noted as (
      update site_state s set ok_streak = s.ok_streak + 1, last_visit_at = q.at, last_ok_at = q.at,
        latency_ms = q.total_ms, status = q.status, etag = case when q.is_known then q.etag end,
        last_modified = case when q.is_known then q.last_modified end,
        cert_days_left = coalesce(q.cert_days_left, s.cert_days_left), address = coalesce(q.address, s.address),
        certificate = coalesce(q.certificate, s.certificate), waiting_since = null
      from quiet q where s.site_id = q.site_id
      returning s.site_id as "siteId", s.state_since as "stateSince", s.since, s.ok_streak as "okStreak", s.v1, s.share,
        s.v2, s.v3, s.newest
    ), new_visit as (
      select site_id, at, 0::int2 as outcome, null::text as cause, status, extra, false as excluded,
        dns_ms, connect_ms, tls_ms, ttfb_ms, total_ms::float4, bytes from quiet
    ), ${storing()}
    select * from noted
  `.execute(db)
  return new Map(rows.map((row) => [row.siteId, standingOf(row)]))
}

function standingOf({ siteId, stateSince, since, ...rest }: QuietRow): Standing {
  return {
    ...rest,
    state: 'healthy',
    stateSinceMs: stateSince.getTime(),
    availability: 'up',
    cause: null,
    sinceMs: since.getTime(),
    failStreak: 0,
  }
}
