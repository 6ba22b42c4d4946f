import { sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import { MOST_WINDOW_DAYS } from '../../../shared/register/rule-editions/editions-rules.ts'
import { openRefs } from '../../base/aside/queries.ts'
import { doOrSetAside } from '../../base/aside/set-aside.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { unhurried } from '../../base/db/unhurried.ts'
import { packHours, packVisits } from './pack.ts'
import {
  ensurePackedPartition,
  forgetPartitions,
  lockOut,
  partitionDays,
  partitionOf,
  takePartitionTurn,
  utcDay,
} from './partitions.ts'
import { hoursBetween, visitsBetween } from './queries.ts'

/**
 * So many days after its end a day is packed: V1 counts the visits of the week one by one, and no doubt of the line
 * (`server/recording/doubt.ts`) reaches back by more than hours.
 */
export const PACK_AFTER_DAYS = 1 + MOST_WINDOW_DAYS
/** A day that is still plain so many days later is one too many for the packing, or it has failed. */
const LATE_DAYS = 2
/** Sites packed in one transaction: some 40 ms on the embedded database, in which nobody else gets at it. */
const SITES_AT_ONCE = 16

/** A plain table whose days are packed, and how. */
interface Source {
  readonly table: 'visit' | 'visit_hour'
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
    await takePartitionTurn(tx)
    // Another process may have been at it meanwhile.
    if (!(await partitionDays(tx, task.source.table)).includes(task.day)) return false
    return (await packSome(tx, task)) ? false : await complete(ctx, tx, task)
  })
  if (isDropped) forgetPartitions(db)
}

/** Days that should have been packed long ago. */
export async function lateDays(db: Db, nowMs: number): Promise<number[]> {
  const due = utcDay(nowMs) - PACK_AFTER_DAYS - 1
  const days = [...(await partitionDays(db, 'visit')), ...(await partitionDays(db, 'visit_hour'))]
  return [...new Set(days)].filter((day) => day < due - LATE_DAYS)
}

async function nextTask({ db, clock }: Packer, left: ReadonlySet<string>): Promise<Task | null> {
  const lastDueDay = utcDay(clock.now()) - PACK_AFTER_DAYS - 1
  const aside = await openRefs(db, 'pack')
  const tasks: Task[] = []
  for (const source of [VISITS, HOURS]) {
    for (const day of await partitionDays(db, source.table)) tasks.push({ source, day })
  }
  const isDue = (task: Task) => task.day <= lastDueDay && !left.has(refOf(task)) && !aside.has(refOf(task))
  return tasks.filter(isDue).sort((a, b) => a.day - b.day)[0] ?? null
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
 * packed is not, and the day is packed anew.
 * @returns whether the plain partition is gone.
 */
async function complete({ log }: Pick<Context, 'log'>, tx: Tx, { source, day }: Task): Promise<boolean> {
  const name = partitionOf(source.table, day)
  await lockOut(tx, source.table)
  const draft = sql`(select * from pack_draft where source = ${source.table} and day = ${day})`
  const { rows } = await sql<{ plain: number; before: number; now: number; sites: number; bytes: number }>`
    select (select coalesce(${sql.raw(source.weight)}, 0)::int8 from ${sql.table(name)}) as plain,
      (select coalesce(sum(p.visits), 0)::int8 from ${sql.table(source.packed)} p join ${draft} d using (day, site_id)) as before,
      count(*)::int8 as sites, coalesce(sum(visits), 0)::int8 as now, coalesce(sum(length(data)), 0)::int8 as bytes
    from ${draft} as draft
  `.execute(tx)
  const [{ plain, before, now, sites, bytes } = { plain: 0, before: 0, now: -1, sites: 0, bytes: 0 }] = rows
  const isWhole = plain + before === now
  if (isWhole) {
    await sql`
      insert into ${sql.table(source.packed)} (site_id, day, visits, data) select site_id, day, visits, data from ${draft} as draft
      on conflict (site_id, day) do update set visits = excluded.visits, data = excluded.data
    `.execute(tx)
    await sql`drop table ${sql.table(name)}`.execute(tx)
    log.info({ partition: name, sites, visits: now, bytes }, 'a day was packed')
  } else {
    log.warn({ partition: name, plain, before, now }, 'visits came while their day was packed; once more')
  }
  await sql`truncate pack_draft`.execute(tx)
  return isWhole
}
