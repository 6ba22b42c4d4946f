import { sql } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import type { Db } from '../../base/db/database.ts'
import { pastVisits, type VisitBatch } from '../cast/history.ts'
import type { DemoSite } from '../cast/register.ts'
import { isBlocking, type Outage } from '../fleet/outages.ts'
import { behaviourAt, latencyAt, outagesBetween } from '../fleet/script.ts'

/** A site of the register with the demo site that plays it. */
export interface PastDemo {
  readonly id: number
  readonly demo: DemoSite
}

const ROWS_AT_ONCE = 20_000

/** Stores single visits in [fromMs, toMs), one to each site every `everyMs`, without adding them up. */
export async function storeVisits(
  db: Db,
  sites: readonly PastDemo[],
  fromMs: number,
  toMs: number,
  everyMs: number,
): Promise<void> {
  const demos = sites.map((site) => site.demo)
  for (const batch of pastVisits(demos, fromMs, toMs, everyMs)) await insertVisits(db, sites, batch)
}

async function insertVisits(db: Db, sites: readonly PastDemo[], batch: VisitBatch): Promise<void> {
  const of = (column: ArrayLike<number>) => Array.prototype.slice.call(column, 0, batch.length)
  const ids = of(batch.siteIndex).map((index: number) => sites[index]?.id)
  await sql`
    insert into visit (site_id, at, outcome, cause, status, extra, excluded, total_ms, bytes)
    select site_id, to_timestamp(at / 1000.0), outcome, cause, nullif(status, 0), false, outcome = 2, total_ms, 0
    from unnest(${ids}::int[], ${of(batch.atMs)}::float8[], ${of(batch.outcome)}::int2[],
      ${batch.cause}::text[], ${of(batch.status)}::int2[], ${of(batch.totalMs)}::float4[])
      as v(site_id, at, outcome, cause, status, total_ms)
  `.execute(db)
}

/** Sums of visits of one site over one stretch of time, as `visit_hour` and `visit_day` hold them. */
export interface RollUp {
  readonly siteId: number
  readonly startMs: number
  readonly total: number
  readonly failed: number
  readonly excluded: number
  readonly okMs: number
  readonly maxMs: number
}

/**
 * Stores what visits every `everyMs` would have added up to, hour by hour or day by day, without making them: the
 * same density as the demo's own visits from now on, so that a share over seven days weighs all hours alike.
 * `fromMs` and `toMs` are beginnings of hours or local days.
 */
export async function storeRollUps(
  db: Db,
  sites: readonly PastDemo[],
  span: { fromMs: number; toMs: number; lengthMs: number; everyMs: number },
  table: 'visit_hour' | 'visit_day',
): Promise<void> {
  let rows: RollUp[] = []
  for (const site of sites) {
    rows.push(...rollUpsOf(site, span))
    if (rows.length < ROWS_AT_ONCE) continue
    await insertRollUps(db, rows, table)
    rows = []
  }
  if (rows.length > 0) await insertRollUps(db, rows, table)
}

/** What visits every `everyMs` would have added up to; see `storeRollUps`. */
export function rollUpsOf({ id, demo }: PastDemo, span: Parameters<typeof storeRollUps>[2]): RollUp[] {
  const { fromMs, toMs, lengthMs, everyMs } = span
  const outages = outagesBetween(demo, fromMs, toMs)
  const { publisher, traits } = behaviourAt(demo, fromMs)
  const visits = Math.round(lengthMs / everyMs)
  const rows: RollUp[] = []
  let next = 0
  for (let startMs = fromMs; startMs < toMs; startMs += lengthMs) {
    const endMs = startMs + lengthMs
    while ((outages[next]?.end ?? Number.POSITIVE_INFINITY) <= startMs) next++
    let [failedMs, blockedMs] = [0, 0]
    for (let n = next; (outages[n]?.start ?? endMs) < endMs; n++) {
      const { start, end, kind } = outages[n] as Outage
      const ms = Math.min(end, endMs) - Math.max(start, startMs)
      if (isBlocking(kind)) blockedMs += ms
      else failedMs += ms
    }
    const failed = Math.round(failedMs / everyMs)
    const excluded = Math.round(blockedMs / everyMs)
    const ms = latencyAt(publisher.salt, traits, startMs + lengthMs / 2)
    const okMs = (visits - failed - excluded) * ms
    rows.push({ siteId: id, startMs, total: visits - excluded, failed, excluded, okMs, maxMs: ms })
  }
  return rows
}

async function insertRollUps(
  db: Db,
  rows: readonly RollUp[],
  table: 'visit_hour' | 'visit_day',
): Promise<void> {
  const isHour = table === 'visit_hour'
  const starts = rows.map(({ startMs }) => (isHour ? new Date(startMs).toISOString() : localDay(startMs)))
  const column = (read: (row: RollUp) => number) => rows.map(read)
  await sql`
    insert into ${sql.table(table)} (site_id, ${sql.ref(isHour ? 'hour' : 'day')}, total, failed, excluded, ok_ms_sum, max_ms)
    select * from unnest(${column((r) => r.siteId)}::int[],
      ${isHour ? sql`${starts}::timestamptz[]` : sql`${starts}::text[]`},
      ${column((r) => r.total)}::int[], ${column((r) => r.failed)}::int[], ${column((r) => r.excluded)}::int[],
      ${column((r) => r.okMs)}::float8[], ${column((r) => r.maxMs)}::float4[])
    on conflict do nothing
  `.execute(db)
}
