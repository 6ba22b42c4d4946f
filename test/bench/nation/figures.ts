import { sql } from 'kysely'
import type { Db } from '../../../server/base/db/database.ts'
import { packedSizes, type Sizes } from '../growth/kept.ts'

/** Sites of which something is recorded. */
export async function recorded(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from site_state where last_visit_at is not null
  `.execute(db)
  return rows[0]?.n ?? 0
}

/** How late spaced visits since then were against their own place in the interval, as shares of it. */
export async function lateShares(db: Db, since: Date, intervalS: number): Promise<number[]> {
  const { rows } = await sql<{ late: number }>`
    select ((extract(epoch from at)::numeric - (site_id * 0.6180339887498949) % 1 * ${intervalS}::int) % ${intervalS}::int
      / ${intervalS}::int)::float8 as late
    from visit where at >= ${since} and not extra
  `.execute(db)
  return rows.map(({ late }) => late)
}

/** Seconds between two spaced visits to a site in the stretch of time. */
export async function gaps(db: Db, from: Date, to: Date): Promise<number[]> {
  const { rows } = await sql<{ gap: number }>`
    select gap from (
      select at, extract(epoch from at - lag(at) over (partition by site_id order by at))::float8 as gap
      from visit where not extra and at <= ${to}
    ) one where at >= ${from} and gap is not null
  `.execute(db)
  return rows.map(({ gap }) => gap)
}

/** Rows of each kind that a site gets in a day at five minutes. */
const ROWS_A_DAY = { visit: 288, visit_hour: 24, visit_day: 1 } as const

/** Bytes that a site takes in a day in each form: plain by what the rows of now take, packed by days that are made up. */
export async function sizesPerDay(db: Db): Promise<Sizes> {
  const [plain, plainHours, day] = [
    await bytesOf(db, 'visit'),
    await bytesOf(db, 'visit_hour'),
    await bytesOf(db, 'visit_day'),
  ]
  return { plain, plainHours, day, ...(await packedSizes(db)) }
}

async function bytesOf(db: Db, table: keyof typeof ROWS_A_DAY): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select (select coalesce(sum(pg_total_relation_size(relid)), 0) from pg_partition_tree(${table}::regclass))::float8
      / greatest((select count(*) from ${sql.table(table)}), 1) as bytes
  `.execute(db)
  return (rows[0]?.bytes ?? Number.NaN) * ROWS_A_DAY[table]
}

/** Visits that are stored since then. */
export async function stored(db: Db, since: Date): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from visit where at >= ${since}`.execute(db)
  return rows[0]?.n ?? 0
}

/** What the database has written so far: its log in bytes, updates of sites' rows, and how many of them touched no index. */
export async function written(db: Db): Promise<{ wal: number; updates: number; hot: number }> {
  const { rows } = await sql<{ wal: number; updates: number; hot: number }>`
    select (select wal_bytes from pg_stat_wal)::float8 as wal, n_tup_upd::float8 as updates, n_tup_hot_upd::float8 as hot
    from pg_stat_user_tables where relname = 'site_state'
  `.execute(db)
  return rows[0] ?? { wal: 0, updates: 0, hot: 0 }
}

/** Alerts of the kind since then, by rule. */
export async function alertsOf(db: Db): Promise<Map<string, number>> {
  const { rows } = await sql<{ rule: string; n: number }>`
    select rule, count(*)::int as n from alert group by rule order by rule
  `.execute(db)
  return new Map(rows.map(({ rule, n }) => [rule, n]))
}
