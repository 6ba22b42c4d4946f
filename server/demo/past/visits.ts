import { sql } from 'kysely'
import { addDays, DAY, localDay, startOfDay } from '../../../shared/base/time.ts'
import type { Db } from '../../base/db/database.ts'
import { packVisits, type StoredVisit } from '../../monitor/visit-store/pack.ts'
import { ensurePackedPartition, utcDay } from '../../monitor/visit-store/partitions.ts'
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

/** Visits in [fromMs, toMs), one to each site every `everyMs`. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
  readonly everyMs: number
}

/** Stores single visits without adding them up. */
export async function storeVisits(
  db: Db,
  sites: readonly PastDemo[],
  stretches: readonly Stretch[],
): Promise<void> {
  const demos = sites.map((site) => site.demo)
  for (const { fromMs, toMs, everyMs } of stretches) {
    for (const batch of pastVisits(demos, fromMs, toMs, everyMs)) await insertVisits(db, sites, batch)
  }
}

/** Stores single visits of whole UTC days as they lie once their day is packed, without adding them up; the stretches come one after another. */
export async function storePacked(
  db: Db,
  sites: readonly PastDemo[],
  stretches: readonly Stretch[],
): Promise<void> {
  const demos = sites.map((site) => site.demo)
  let [day, visits]: [number, StoredVisit[][]] = [0, []]
  for (const { fromMs, toMs, everyMs } of stretches) {
    for (const batch of pastVisits(demos, fromMs, toMs, everyMs)) {
      for (let row = 0; row < batch.length; row++) {
        const visit = storedOf(batch, row)
        if (utcDay(visit.atMs) !== day) {
          await insertPacked(db, sites, day, visits)
          ;[day, visits] = [utcDay(visit.atMs), sites.map(() => [])]
        }
        visits[batch.siteIndex[row] ?? 0]?.push(visit)
      }
    }
  }
  await insertPacked(db, sites, day, visits)
}

function storedOf(batch: VisitBatch, row: number): StoredVisit {
  const outcome = batch.outcome[row] ?? 0
  return {
    atMs: batch.atMs[row] ?? 0,
    outcome,
    cause: batch.cause[row] ?? null,
    status: batch.status[row] || null,
    extra: false,
    excluded: outcome === 2,
    dnsMs: null,
    connectMs: null,
    tlsMs: null,
    ttfbMs: null,
    totalMs: batch.totalMs[row] ?? 0,
    bytes: 0,
  }
}

async function insertPacked(
  db: Db,
  sites: readonly PastDemo[],
  day: number,
  visits: readonly StoredVisit[][],
): Promise<void> {
  const rows = visits.flatMap((all, index) => {
    const site = sites[index]
    if (!site || all.length === 0) return []
    return [{ site_id: site.id, day, visits: all.length, data: packVisits(day * DAY, all) }]
  })
  if (rows.length === 0) return
  await ensurePackedPartition(db, day)
  await db.insertInto('packed_visit').values(rows).execute()
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
 * `fromMs` and `toMs` are beginnings of hours or local days, of which nothing is stored yet.
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
  const rows: RollUp[] = []
  let next = 0
  for (let startMs = fromMs, endMs: number; startMs < toMs; startMs = endMs) {
    // A local day has another length where clocks are changed.
    endMs = lengthMs === DAY ? startOfDay(addDays(localDay(startMs), 1)) : startMs + lengthMs
    const visits = Math.round((endMs - startMs) / everyMs)
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
    const ms = latencyAt(publisher.salt, traits, (startMs + endMs) / 2)
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
  `.execute(db)
}
