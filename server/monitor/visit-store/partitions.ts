import { sql } from 'kysely'
import { DAY, dayOfNumber, HOUR } from '../../../shared/base/time.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { packDueMs } from './ages.ts'

/** What comes in partitions by UTC day: by instants, or by the number of the day. */
export type Partitioned = 'visit' | 'visit_hour' | 'packed_visit'

/** The number of an instant's UTC day, counted from 1970-01-01. */
export const utcDay = (atMs: number): number => Math.floor(atMs / DAY)

/** The name of a day's partition, such as `visit_20260310`. */
export const partitionOf = (table: Partitioned, day: number): string =>
  `${table}_${dayOfNumber(day).replaceAll('-', '')}`

/** So long whoever drops partitions waits for those who read; they all wait behind it. */
const PATIENCE = '1s'

/** The clocks of processes differ by less. */
const CLOCKS_MS = HOUR

/** Days whose partitions this process has seen or made. */
const known = new WeakMap<Db, Set<number>>()

/**
 * Makes the daily partitions of visits and of their hours that these instants (epoch ms) fall into, those that are
 * missing. Costs nothing for days that were asked for before; processes that ask together take turns.
 * @param nowMs days that may be packed and gone by then are asked for anew: another process may have packed them.
 */
export async function ensureVisitPartitions(
  db: Db,
  times: readonly number[],
  nowMs: number = Math.max(...times),
): Promise<void> {
  const days = known.get(db) ?? new Set<number>()
  known.set(db, days)
  for (const day of days) if (packDueMs('visit', day) - CLOCKS_MS <= nowMs) days.delete(day)
  const missing = [...new Set(times.map(utcDay))].filter((day) => !days.has(day)).sort((a, b) => a - b)
  if (missing.length === 0) return
  await db.transaction().execute(async (tx) => {
    await takePartitionTurn(tx)
    for (const day of missing) {
      await addPartition(tx, 'visit', { day, ...boundsOf(day) })
      await addHours(tx, day)
    }
  })
  for (const day of missing) days.add(day)
}

/** Makes the partitions that hours of UTC days go into, for visits that are packed from the first. */
export async function ensureHourPartitions(db: Db, days: readonly number[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await takePartitionTurn(tx)
    for (const day of days) await addHours(tx, day)
  })
}

const addHours = (tx: Tx, day: number): Promise<void> =>
  addPartition(tx, 'visit_hour', { day, ...boundsOf(day), storage: 'fillfactor = 70' })

const boundsOf = (day: number) => ({
  from: `${dayOfNumber(day)} 00:00:00+00`,
  to: `${dayOfNumber(day + 1)} 00:00:00+00`,
})

/** Makes the partition that packed visits of a day go into. */
export async function ensurePackedPartition(db: Db, day: number): Promise<void> {
  if ((await partitionDays(db, 'packed_visit')).includes(day)) return
  await db.transaction().execute(async (tx) => {
    await takePartitionTurn(tx)
    // Rows stay in one piece although they are longer than what usually moves out of a page.
    await addPartition(tx, 'packed_visit', {
      day,
      from: day,
      to: day + 1,
      storage: 'toast_tuple_target = 8160',
    })
  })
}

interface NewPartition {
  readonly day: number
  readonly from: string | number
  readonly to: string | number
  readonly storage?: string
}

/**
 * Makes a table of its own and attaches it: to make a partition at once would need the whole table to itself, and one who
 * reads it for long (a backup) would keep everybody who records waiting.
 */
async function addPartition(
  tx: Tx,
  table: Partitioned,
  { day, from, to, storage }: NewPartition,
): Promise<void> {
  if ((await partitionDays(tx, table)).includes(day)) return
  const name = sql.table(partitionOf(table, day))
  const options = storage ? sql` with (${sql.raw(storage)})` : sql``
  await sql`create table ${name} (like ${sql.table(table)} including all)${options}`.execute(tx)
  await sql`
    alter table ${sql.table(table)} attach partition ${name} for values from (${sql.lit(from)}) to (${sql.lit(to)})
  `.execute(tx)
}

/** Waits until nobody else packs or drops days, which takes a while; for as long as the transaction lasts. */
export async function takePackingTurn(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('visit packing'))`.execute(tx)
}

/** Waits until nobody else makes or drops partitions; whoever stores the first visit of a day waits so. For as long as the transaction lasts. */
export async function takePartitionTurn(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('visit partitions'))`.execute(tx)
}

/**
 * Keeps everybody else out of a partitioned table, so that one of its partitions can be dropped.
 * @throws 55P03 when somebody reads it for too long; another time then.
 */
export async function lockOut(tx: Tx, table: Partitioned): Promise<void> {
  await sql`set local lock_timeout = ${sql.lit(PATIENCE)}`.execute(tx)
  await sql`lock table only ${sql.table(table)} in access exclusive mode`.execute(tx)
}

/** The days that have a partition, oldest first. */
export async function partitionDays(db: Db | Tx, table: Partitioned): Promise<number[]> {
  const { rows } = await sql<{ name: string }>`
    select child.relname as name from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = ${sql.lit(table)}::regclass
  `.execute(db)
  return rows.map(({ name }) => dayOf(name)).sort((a, b) => a - b)
}

function dayOf(name: string): number {
  const digits = name.slice(-8)
  return utcDay(Date.parse(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}T00:00:00Z`))
}

/**
 * Drops the visits, plain and packed, of days that are older than `days` before `nowMs`: no deleting row by row.
 * @param nowMs epoch ms, the database agreeing (`agreedTime`): what is dropped does not come back.
 * @returns the names of the dropped partitions.
 */
export async function dropOldVisits(db: Db, nowMs: number, days: number): Promise<string[]> {
  const oldest = utcDay(nowMs - days * DAY)
  const dropped: string[] = []
  for (const table of ['visit', 'packed_visit'] as const) {
    for (const day of await partitionDays(db, table)) {
      if (day >= oldest) break
      await dropPartition(db, table, day)
      dropped.push(partitionOf(table, day))
    }
  }
  return dropped
}

async function dropPartition(db: Db, table: Partitioned, day: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await takePackingTurn(tx)
    await takePartitionTurn(tx)
    await lockOut(tx, table)
    await sql`drop table if exists ${sql.table(partitionOf(table, day))}`.execute(tx)
  })
  forgetPartitions(db)
}

/** Call after a partition of plain visits or hours was dropped: it may be needed again. */
export function forgetPartitions(db: Db): void {
  known.delete(db)
}
