import { sql } from 'kysely'
import { DAY, dayOfNumber } from '../../../shared/base/time.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { CorruptPack } from './bytes.ts'
import { type HourSums, type StoredVisit, unpackHours, unpackVisits } from './pack.ts'
import { utcDay } from './partitions.ts'

/** A packed day of a site, or one plain row: the other's columns are null. */
type EitherForm<Plain> = { siteId: number } & (({ day: null } & Plain) | { day: number; data: Buffer })

/**
 * All visits of these sites from `fromMs` to `toMs` (epoch ms, both included), oldest first, whether their day is
 * packed or not. One statement, so that a day which is just being packed is seen once.
 * @returns an entry for each site that has any.
 * @throws Refusal internal when a packed day is damaged.
 */
export async function visitsBetween(
  db: Db,
  siteIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<Map<number, StoredVisit[]>> {
  const { rows } = await sql<EitherForm<StoredVisit>>`
    select site_id as "siteId", null::int as day, null::bytea as data, (extract(epoch from at) * 1000)::float8 as "atMs",
      outcome, cause, status, extra, excluded, dns_ms as "dnsMs", connect_ms as "connectMs", tls_ms as "tlsMs",
      ttfb_ms as "ttfbMs", total_ms as "totalMs", bytes
    from visit
    where site_id = any(${siteIds}::int[]) and at >= ${new Date(fromMs)} and at <= ${new Date(toMs)}
    union all
    select site_id, day, data, null, null, null, null, null, null, null, null, null, null, null, null
    from packed_visit
    where site_id = any(${siteIds}::int[]) and day >= ${utcDay(fromMs)} and day <= ${utcDay(toMs)}
  `.execute(db)
  const found = gather(rows, unpackVisits)
  for (const [siteId, visits] of found) {
    const wanted = visits.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
    found.set(
      siteId,
      wanted.sort((a, b) => a.atMs - b.atMs),
    )
  }
  return found
}

/**
 * All hours of these sites that begin from `fromMs` to `toMs` (epoch ms, both included), oldest first, whether their
 * day is packed or not.
 * @returns an entry for each site that has any.
 * @throws Refusal internal when a packed day is damaged.
 */
export async function hoursBetween(
  db: Db,
  siteIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<Map<number, HourSums[]>> {
  const { rows } = await sql<EitherForm<HourSums>>`
    select site_id as "siteId", null::int as day, null::bytea as data,
      (extract(epoch from hour) * 1000)::float8 as "hourMs", total, failed, excluded,
      ok_ms_sum as "okMsSum", max_ms as "maxMs"
    from visit_hour
    where site_id = any(${siteIds}::int[]) and hour >= ${new Date(fromMs)} and hour <= ${new Date(toMs)}
    union all
    select site_id, day, data, null, null, null, null, null, null
    from packed_hour
    where site_id = any(${siteIds}::int[]) and day >= ${utcDay(fromMs)} and day <= ${utcDay(toMs)}
  `.execute(db)
  const found = gather(rows, unpackHours)
  for (const [siteId, hours] of found) {
    const wanted = hours.filter(({ hourMs }) => hourMs >= fromMs && hourMs <= toMs)
    found.set(siteId, addedUp(wanted))
  }
  return found
}

function gather<Row extends object>(
  rows: readonly EitherForm<Row>[],
  unpack: (startMs: number, data: Buffer) => Row[],
): Map<number, Row[]> {
  const found = new Map<number, Row[]>()
  for (const row of rows) {
    const known = found.get(row.siteId) ?? []
    found.set(row.siteId, known)
    if (row.day === null) known.push(plainOf(row))
    else known.push(...unpackDay(row.siteId, row.day, () => unpack(row.day * DAY, row.data)))
  }
  return found
}

function plainOf<Row extends object>(row: Row & { siteId: number; day: null; data?: null }): Row {
  const { siteId, day, data, ...plain } = row
  return plain as unknown as Row
}

function unpackDay<T>(siteId: number, day: number, unpack: () => T): T {
  try {
    return unpack()
  } catch (error) {
    if (!(error instanceof CorruptPack)) throw error
    const date = dayOfNumber(day)
    throw new Refusal('internal', 'visits.storedVisitsSiteUtcDamaged', {
      values: { date, siteId, message: error.message },
    })
  }
}

/** An hour is in two forms when a visit of it was stored after it had been packed. */
function addedUp(hours: readonly HourSums[]): HourSums[] {
  const sums = new Map<number, HourSums>()
  for (const hour of hours) {
    const before = sums.get(hour.hourMs)
    sums.set(hour.hourMs, before ? sumOf(before, hour) : hour)
  }
  return [...sums.values()].sort((a, b) => a.hourMs - b.hourMs)
}

function sumOf(a: HourSums, b: HourSums): HourSums {
  return {
    hourMs: a.hourMs,
    total: a.total + b.total,
    failed: a.failed + b.failed,
    excluded: a.excluded + b.excluded,
    okMsSum: a.okMsSum + b.okMsSum,
    maxMs: Math.max(a.maxMs, b.maxMs),
  }
}
