import { sql } from 'kysely'
import { DAY, HOUR } from '../../../shared/time.ts'
import type { Db } from '../../db/database.ts'
import { pastVisits, type VisitBatch } from '../history.ts'
import type { DemoSite } from '../register.ts'

type Site = { readonly id: number; readonly demo: DemoSite }

/** Stores the visits that a monitor would have made, with the hours and days that they add up to. */
export async function storeVisits(
  db: Db,
  sites: readonly Site[],
  fromMs: number,
  toMs: number,
  everyMs: number,
): Promise<void> {
  const sums = { hour: new Sums(HOUR, 0), day: new Sums(DAY, 8 * HOUR) }
  for (const batch of pastVisits(
    sites.map((site) => site.demo),
    fromMs,
    toMs,
    everyMs,
  )) {
    await insertRaw(db, sites, batch)
    sums.hour.add(batch)
    sums.day.add(batch)
  }
  await sums.hour.store(db, sites, 'hour')
  await sums.day.store(db, sites, 'day')
}

/** Stores only the days of an older past, from one visit an hour. */
export async function storeDays(db: Db, sites: readonly Site[], fromMs: number, toMs: number): Promise<void> {
  const days = new Sums(DAY, 8 * HOUR)
  for (const batch of pastVisits(
    sites.map((site) => site.demo),
    fromMs,
    toMs,
    HOUR,
  ))
    days.add(batch)
  await days.store(db, sites, 'day')
}

async function insertRaw(db: Db, sites: readonly Site[], batch: VisitBatch): Promise<void> {
  const rows = Array.from({ length: batch.length }, (_, n) => n)
  const ids = rows.map((n) => sites[batch.siteIndex[n] ?? 0]?.id ?? 0)
  await sql`
    insert into visit (site_id, at, outcome, cause, status, extra, excluded, total_ms, bytes)
    select site_id, to_timestamp(at / 1000.0), outcome, cause, nullif(status, 0), false, outcome = 2, total_ms, 0
    from unnest(${ids}::int[], ${rows.map((n) => batch.atMs[n])}::float8[], ${rows.map((n) => batch.outcome[n])}::int2[],
      ${rows.map((n) => batch.cause[n] ?? null)}::text[], ${rows.map((n) => batch.status[n])}::int2[],
      ${rows.map((n) => batch.totalMs[n])}::float4[]) as v(site_id, at, outcome, cause, status, total_ms)
  `.execute(db)
}

interface Sum {
  total: number
  failed: number
  excluded: number
  okMs: number
  maxMs: number
}

/** Sums of visits by site and stretch of time. */
class Sums {
  readonly #lengthMs: number
  /** From UTC to the clock by which a stretch begins. */
  readonly #offsetMs: number
  readonly #sums = new Map<string, Sum>()

  constructor(lengthMs: number, offsetMs: number) {
    this.#lengthMs = lengthMs
    this.#offsetMs = offsetMs
  }

  add(batch: VisitBatch): void {
    for (let n = 0; n < batch.length; n++) {
      const stretch = Math.floor(((batch.atMs[n] ?? 0) + this.#offsetMs) / this.#lengthMs)
      const key = `${batch.siteIndex[n]} ${stretch}`
      const sum = this.#sums.get(key) ?? { total: 0, failed: 0, excluded: 0, okMs: 0, maxMs: 0 }
      this.#sums.set(key, sum)
      const ms = batch.totalMs[n] ?? 0
      if (batch.outcome[n] === 2) sum.excluded += 1
      else sum.total += 1
      if (batch.outcome[n] === 1) sum.failed += 1
      if (batch.outcome[n] === 0) sum.okMs += ms
      sum.maxMs = Math.max(sum.maxMs, ms)
    }
  }

  async store(db: Db, sites: readonly Site[], kind: 'hour' | 'day'): Promise<void> {
    const all = [...this.#sums]
    for (let from = 0; from < all.length; from += 20_000)
      await this.#insert(db, sites, kind, all.slice(from, from + 20_000))
  }

  async #insert(db: Db, sites: readonly Site[], kind: 'hour' | 'day', sums: [string, Sum][]): Promise<void> {
    const keys = sums.map(([key]) => key.split(' ').map(Number) as [number, number])
    const ids = keys.map(([index]) => sites[index]?.id ?? 0)
    const starts = keys.map(([, stretch]) =>
      new Date(stretch * this.#lengthMs - this.#offsetMs).toISOString(),
    )
    const column = (read: (sum: Sum) => number) => sums.map(([, sum]) => read(sum))
    const at = kind === 'hour' ? sql`at` : sql`to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`
    await sql`
      insert into ${sql.table(`visit_${kind}`)} as r (site_id, ${sql.ref(kind)}, total, failed, excluded, ok_ms_sum, max_ms)
      select site_id, ${at}, total, failed, excl, ok_ms, max_ms
      from unnest(${ids}::int[], ${starts}::timestamptz[], ${column((s) => s.total)}::int[],
        ${column((s) => s.failed)}::int[], ${column((s) => s.excluded)}::int[], ${column((s) => s.okMs)}::float8[],
        ${column((s) => s.maxMs)}::float4[]) as v(site_id, at, total, failed, excl, ok_ms, max_ms)
      on conflict (site_id, ${sql.ref(kind)}) do update set total = r.total + excluded.total,
        failed = r.failed + excluded.failed, excluded = r.excluded + excluded.excluded,
        ok_ms_sum = r.ok_ms_sum + excluded.ok_ms_sum, max_ms = greatest(r.max_ms, excluded.max_ms)
    `.execute(db)
  }
}
