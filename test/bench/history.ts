import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { after } from '../../server/app/after.ts'
import { type Connection, connect } from '../../server/base/db/connect.ts'
import type { Db } from '../../server/base/db/database.ts'
import { migrate } from '../../server/base/db/migrate.ts'
import { siteHistory } from '../../server/monitor/standing/history.ts'
import { packDueMs } from '../../server/monitor/visit-store/ages.ts'
import { insertVisits } from '../../server/monitor/visit-store/insert.ts'
import { packHours, packVisits, type StoredVisit } from '../../server/monitor/visit-store/pack.ts'
import { packStep } from '../../server/monitor/visit-store/packing.ts'
import {
  ensurePackedPartition,
  ensureVisitPartitions,
  partitionDays,
  partitionOf,
  utcDay,
} from '../../server/monitor/visit-store/partitions.ts'
import { ensureDivisions } from '../../server/register/divisions/seed.ts'
import { DAY } from '../../shared/base/time.ts'
import { startPostgres } from '../support/databases/postgres-server.ts'
import { atMost, type Figure, percentile, table, told } from './figure.ts'
import { hoursOf, VISITS_A_DAY, visitsOf } from './growth/day.ts'
import { keptPerDay } from './growth/kept.ts'

const SITES = 640
const RETENTION_DAYS = 90
const YEARS_DAYS = 3 * 365
const CHARTS = 60
const WARM_UP = 10
const SAME_DAYS = 3
/** The end of the last day that was measured. */
const NOW = Date.parse('2026-03-11T00:00:00Z')
const TODAY = utcDay(NOW) - 1

/**
 * Three months of 640 sites at an interval of five minutes, 16.6 million visits, on both databases: what a site and
 * day take in each form, and how long its charts take. The last day is stored as the monitor stores it, then packed;
 * those before it are packed by the same code as they are made.
 */
export async function benchHistory(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'siteward-bench-'))
  const server = await startPostgres()
  const embedded = await connect({ databaseUrl: undefined, dataDir: folder })
  const postgres = await connect({ databaseUrl: server.url(), dataDir: '' })
  try {
    const both = [embedded, postgres]
    await Promise.all(both.map(({ db }) => migrate(db).then(() => ensureDivisions(db))))
    await fillPacked(both)
    await Promise.all(both.map(({ db }) => fillDays(db)))
    await Promise.all(both.map(({ db }) => fillToday(db)))
    // Months were written within a minute: what is still to go to the disk must not go there while charts are read.
    for (const { db } of both) await sql`checkpoint`.execute(db)
    const figures: Figure[] = []
    for (const { db, embedded: isEmbedded } of both) {
      const on = isEmbedded ? 'embedded' : 'PostgreSQL'
      figures.push(...(await charts(db, on)), ...(await sizes(db, on)), ...(await packing(db, on)))
    }
    return figures
  } finally {
    await Promise.all([embedded.close(), postgres.close()])
    await server.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Stores days in both databases while the next ones are made. A packed day says nothing of its date: each serves thrice. */
async function fillPacked(both: readonly Connection[]): Promise<void> {
  let storing: Promise<unknown> = Promise.resolve()
  for (let day = TODAY - RETENTION_DAYS; day < TODAY; day += SAME_DAYS) {
    const days = Array.from({ length: SITES }, (_, n) => visitsOf(n + 1, day))
    const visits = days.map((one) => packVisits(day * DAY, one))
    const hours = days.map((one) => packHours(day * DAY, hoursOf(one)))
    await storing
    storing = Promise.all(both.map(({ db }) => storePacked(db, day, visits, hours)))
  }
  await storing
}

async function storePacked(db: Db, first: number, visits: Buffer[], hours: Buffer[]): Promise<void> {
  for (let day = first; day < first + SAME_DAYS; day++) {
    await ensurePackedPartition(db, day)
    for (const [name, data] of Object.entries({ packed_visit: visits, packed_hour: hours })) {
      await sql`
        insert into ${sql.table(name)} (site_id, day, visits, data)
        select n, ${day}::int, ${VISITS_A_DAY}::int, data from unnest(${data}::bytea[]) with ordinality as packed(data, n)
      `.execute(db)
    }
  }
}

/** Day by day, as they came. */
async function fillDays(db: Db): Promise<void> {
  await sql`
    insert into visit_day (site_id, day, total, failed, excluded, ok_ms_sum, max_ms)
    select site_id, to_char(timestamptz '2026-03-10' - ago * interval '1 day', 'YYYY-MM-DD'), 288, ago % 7, 0, 40000, 900
    from generate_series(${YEARS_DAYS}::int, 1, -1) ago, generate_series(1, ${SITES}::int) site_id
  `.execute(db)
}

/** One visit to each site in a transaction, as the monitor has them. */
async function fillToday(db: Db): Promise<void> {
  await ensureVisitPartitions(db, [TODAY * DAY])
  const sites = Array.from({ length: SITES }, (_, n) => visitsOf(n + 1, TODAY))
  for (let round = 0; round < VISITS_A_DAY; round++) {
    const rows = sites.flatMap((visits, n) => {
      const visit = visits[round]
      return visit ? [toRow(n + 1, visit)] : []
    })
    await db.transaction().execute((tx) => insertVisits(tx, rows))
  }
}

const toRow = (siteId: number, visit: StoredVisit) => ({
  site_id: siteId,
  at: new Date(visit.atMs).toISOString(),
  outcome: visit.outcome,
  cause: visit.cause,
  status: visit.status,
  extra: visit.extra,
  excluded: visit.excluded,
  dns_ms: visit.dnsMs,
  connect_ms: visit.connectMs,
  tls_ms: visit.tlsMs,
  ttfb_ms: visit.ttfbMs,
  total_ms: visit.totalMs,
  bytes: visit.bytes,
})

async function charts(db: Db, on: string): Promise<Figure[]> {
  const stretches = {
    'of 90 days': [NOW - 90 * DAY, NOW],
    'of a day 60 days ago': [NOW - 60 * DAY, NOW - 59 * DAY],
    'of 3 years': [NOW - YEARS_DAYS * DAY, NOW],
  } as const
  const figures: Figure[] = []
  for (const [name, [from, to]] of Object.entries(stretches)) {
    const times: number[] = []
    // The first ones warm the compiler up.
    for (let n = -WARM_UP; n < CHARTS; n++) {
      const began = performance.now()
      const { points } = await siteHistory(db, 1 + (((n + WARM_UP) * 97) % SITES), from, to)
      if (n >= 0) times.push(performance.now() - began)
      if (points.length < 280) throw new Error(`a chart ${name} has ${points.length} points only`)
    }
    figures.push(atMost(`chart of a site ${name}, ${on}, p95`, percentile(times, 0.95), 50, 'ms', 1))
  }
  return figures
}

async function sizes(db: Db, on: string): Promise<Figure[]> {
  const sizeOf = async (names: string[]) => {
    const { rows } = await sql<{ bytes: number }>`
      select sum(pg_total_relation_size(name::regclass))::int8 as bytes from unnest(${names}::text[]) name
    `.execute(db)
    return (rows[0]?.bytes ?? Number.NaN) / SITES
  }
  const packedDays = await partitionDays(db, 'packed_visit')
  const plain = await sizeOf([partitionOf('visit', TODAY)])
  const plainHours = await sizeOf([partitionOf('visit_hour', TODAY)])
  const packed = (await sizeOf(packedDays.map((day) => partitionOf('packed_visit', day)))) / packedDays.length
  const hours = (await sizeOf(['packed_hour'])) / packedDays.length
  const day = (await sizeOf(['visit_day'])) / (YEARS_DAYS + 1)
  const kept = keptPerDay({ plain, plainHours, packed, packedHours: hours, day }, RETENTION_DAYS)
  const kb = (bytes: number) => bytes / 1000
  return [
    told(`a site and day, plain visits and hours, ${on}`, kb(plain + plainHours), 'KB', 1),
    told(`… packed visits, ${on}`, kb(packed), 'KB', 2),
    atMost(
      `… at most while visits are kept for 90 days, plain days and roll-ups too, ${on}`,
      kb(kept),
      8,
      'KB',
      1,
    ),
    atMost(`… once its visits are dropped, ${on}`, kb(hours + day), 0.5, 'KB', 2),
  ]
}

/** How long packing keeps others from the database at a time, and how long it takes. */
async function packing(db: Db, on: string): Promise<Figure[]> {
  const clock = { now: () => packDueMs('visit_hour', TODAY) }
  const steps: number[] = []
  for (let more = true; more; ) {
    const began = performance.now()
    more = await packStep({ db, clock, log: pino({ level: 'silent' }), wake: () => {}, after })
    steps.push(performance.now() - began)
  }
  const total = steps.reduce((sum, ms) => sum + ms, 0)
  return [
    told(`packing a day of 640 sites, ${on}`, total / 1000, 's', 1),
    told(`… its longest transaction, ${on}`, Math.max(...steps), 'ms'),
  ]
}

// Alone: npx tsx test/bench/history.ts
if (process.argv[1]?.endsWith('bench/history.ts')) console.log(table(await benchHistory()))
