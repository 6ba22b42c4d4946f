import { sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import { openRefs } from '../../base/aside/queries.ts'
import { doOrSetAside } from '../../base/aside/set-aside.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { unhurried } from '../../base/db/unhurried.ts'
import { isLate, type Plain, packDueMs } from './ages.ts'
import { packHours, packVisits } from './pack.ts'
import {
  ensurePackedPartition,
  forgetPartitions,
  lockOut,
  partitionDays,
  partitionOf,
  takePackingTurn,
  takePartitionTurn,
} from './partitions.ts'
import { hoursBetween, visitsBetween } from './queries.ts'

/** Sites packed in one transaction: some 40 ms on the embedded database, in which nobody else gets at it. */
const SITES_AT_ONCE = 16

/** A plain table whose days are packed, and how. */
interface Source {
  readonly table: Plain
  readonly packed: 'packed_visit' | 'packed_hour'
  /** SQL for the number of visits that rows of the plain table stand for. */
  readonly weight: string
  readonly pack: (tx: Tx, siteIds: readonly number[], day: number) => Promise<Packed[]>
}

interface Packed {
  readonly siteId: number
  readonly visits: number
  readonly data: Buffer
}

const VISITS: Source = {
  table: 'visit',
  packed: 'packed_visit',
  weight: 'count(*)',
  async pack(tx, siteIds, day) {
    const found = await visitsBetween(tx, siteIds, day * DAY, (day + 1) * DAY - 1)
    return [...found].map(([siteId, visits]) => ({
      siteId,
      visits: visits.length,
      data: packVisits(day * DAY, visits),
    }))
  },
}

const HOURS: Source = {
  table: 'visit_hour',
  packed: 'packed_hour',
  weight: 'sum(total + excluded)',
  async pack(tx, siteIds, day) {
    const found = await hoursBetween(tx, siteIds, day * DAY, (day + 1) * DAY - 1)
    return [...found].map(([siteId, hours]) => ({
      siteId,
      visits: hours.reduce((sum, { total, excluded }) => sum + total + excluded, 0),
      data: packHours(day * DAY, hours),
    }))
  },
}

type Packer = Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>

/** A day of one table that is plain and should be packed. */
interface Task {
  readonly source: Source
  readonly day: number
}

/**
 * Takes one step of packing the days that are due, oldest first: packs some sites of a day into the draft or, when
 * all are, puts the draft in the place of the plain partition, which is dropped in the same transaction. So a day is
 * plain or packed, wherever this is interrupted, and goes on where it was. Any number of processes may do it: they
 * take turns. A day that cannot be packed for a reason that will stay is set aside, and stays plain.
 * @param left days to leave alone; one that cannot be packed now is added to it.
 * @returns false when no day is due.
 */
export async function packStep(ctx: Packer, left = new Set<string>()): Promise<boolean> {
  const task = await nextTask(ctx, left)
  if (!task) return false
  const ref = refOf(task)
  try {
    await doOrSetAside(ctx, { kind: 'pack', ref }, () => packTask(ctx, task))
  } catch (error) {
    left.add(ref)
    throw error
  }
  return true
}

async function packTask(ctx: Packer, task: Task): Promise<void> {
  const { db } = ctx
  if (task.source.table === 'visit') await ensurePackedPartition(db, task.day)
  const isDropped = await db.transaction().execute(async (tx) => {
    await unhurried(tx)
    await takePackingTurn(tx)
    // Another process may have been at it meanwhile.
    if (!(await partitionDays(tx, task.source.table)).includes(task.day)) return false
    return (await packSome(tx, task)) ? false : await complete(ctx, tx, task)
  })
  if (isDropped) forgetPartitions(db)
}

/** UTC days of which the visits or the hours should have been packed long ago. */
export async function lateDays(db: Db, nowMs: number): Promise<number[]> {
  const late = (await plainDays(db)).filter(({ source, day }) => isLate(source.table, day, nowMs))
  return [...new Set(late.map(({ day }) => day))]
}

async function nextTask({ db, clock }: Packer, left: ReadonlySet<string>): Promise<Task | null> {
  const nowMs = clock.now()
  const aside = await openRefs(db, 'pack')
  const isDue = (task: Task) =>
    packDueMs(task.source.table, task.day) <= nowMs && !left.has(refOf(task)) && !aside.has(refOf(task))
  return (await plainDays(db)).filter(isDue).sort((a, b) => a.day - b.day)[0] ?? null
}

/** The days of both tables that are plain. */
async function plainDays(db: Db): Promise<Task[]> {
  const days: Task[] = []
  for (const source of [VISITS, HOURS]) {
    for (const day of await partitionDays(db, source.table)) days.push({ source, day })
  }
  return days
}

const refOf = ({ source, day }: Task) => partitionOf(source.table, day)

/** Packs the next sites of a day into the draft. @returns false when there are none left. */
async function packSome(tx: Tx, { source, day }: Task): Promise<boolean> {
  const { rows } = await sql<{ site_id: number }>`
    select distinct site_id from ${sql.table(partitionOf(source.table, day))}
    where site_id > coalesce((select max(site_id) from pack_draft where source = ${source.table} and day = ${day}), 0)
    order by site_id limit ${SITES_AT_ONCE}
  `.execute(tx)
  if (rows.length === 0) return false
  const packed = await source.pack(
    tx,
    rows.map((row) => row.site_id),
    day,
  )
  const { table } = source
  await tx
    .insertInto('pack_draft')
    .values(packed.map(({ siteId, visits, data }) => ({ source: table, day, site_id: siteId, visits, data })))
    .execute()
  return true
}

/**
 * Puts the draft in the place of the plain partition, if every visit is in it: one that was stored after its site was
 * packed is not, and the day is packed anew. Whoever stores or reads visits of other days is kept waiting only at the
 * end, while the plain partition goes.
 * @returns whether the plain partition is gone.
 */
async function complete({ log }: Pick<Context, 'log'>, tx: Tx, task: Task): Promise<boolean> {
  const { source, day } = task
  const partition = partitionOf(source.table, day)
  // Adding up takes long: not for nothing, when somebody has been reading for long.
  await sql`savepoint free`.execute(tx)
  await lockOut(tx, source.table)
  await sql`rollback to savepoint free`.execute(tx)
  // From here on nothing is added to the day.
  await sql`lock table ${sql.table(partition)} in share mode`.execute(tx)
  const { plain, before, now, sites, bytes } = await sumsOf(tx, task)
  const isWhole = plain + before === now
  if (isWhole) {
    await sql`
      insert into ${sql.table(source.packed)} (site_id, day, visits, data) select site_id, day, visits, data from ${draftOf(task)}
      on conflict (site_id, day) do update set visits = excluded.visits, data = excluded.data
    `.execute(tx)
    await takePartitionTurn(tx)
    await lockOut(tx, source.table)
    await sql`drop table ${sql.table(partition)}`.execute(tx)
    log.info({ partition, sites, visits: now, bytes }, 'a day was packed')
  } else {
    log.warn({ partition, plain, before, now }, 'visits came while their day was packed; once more')
  }
  await sql`truncate pack_draft`.execute(tx)
  return isWhole
}

const draftOf = ({ source, day }: Task) =>
  sql`(select * from pack_draft where source = ${source.table} and day = ${day}) as draft`

interface Sums {
  /** Visits that the plain partition stands for; those of its sites that were packed before; those of the draft. */
  readonly plain: number
  readonly before: number
  readonly now: number
  readonly sites: number
  readonly bytes: number
}

async function sumsOf(tx: Tx, task: Task): Promise<Sums> {
  const { source, day } = task
  const { rows } = await sql<Sums>`
    select (select coalesce(${sql.raw(source.weight)}, 0)::int8 from ${sql.table(partitionOf(source.table, day))}) as plain,
      (select coalesce(sum(p.visits), 0)::int8 from ${sql.table(source.packed)} p join ${draftOf(task)} using (day, site_id)) as before,
      count(*)::int8 as sites, coalesce(sum(visits), 0)::int8 as now, coalesce(sum(length(data)), 0)::int8 as bytes
    from ${draftOf(task)}
  `.execute(tx)
  return rows[0] ?? { plain: 0, before: 0, now: -1, sites: 0, bytes: 0 }
}
