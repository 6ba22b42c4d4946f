import type { Insertable } from 'kysely'
import { DAY, HOUR, SECOND } from '../../../shared/base/time.ts'
import type { CityPace } from '../../../shared/monitor/pace/pace-rules.ts'
import type { Db } from '../../base/db/database.ts'
import type { MonitorPaceTable } from './tables.ts'

/** A monitor that has said nothing for so long is not there. */
const HEARD_MS = 30 * SECOND
/** What could be done once is no measure for ever. */
const REMEMBERED_MS = 7 * DAY

export type PaceRow = Insertable<MonitorPaceTable>

/** Says a monitor's pace, in place of what it said last. */
export async function savePace(db: Db, row: PaceRow): Promise<void> {
  const { id: _, ...said } = row
  await db
    .insertInto('monitor_pace')
    .values(row)
    .onConflict((on) => on.column('id').doUpdateSet(said))
    .execute()
}

/** Forgets what monitors said that are long gone. */
export async function forgetPaces(db: Db, nowMs: number): Promise<void> {
  await db
    .deleteFrom('monitor_pace')
    .where('at', '<', new Date(nowMs - REMEMBERED_MS))
    .execute()
}

/** Monitors that have died, or ended, within so long. */
const MISSED_MS = HOUR

/** Monitors that are there no more and were within the last hour, with when each was heard of last. */
export async function goneMonitors(db: Db, nowMs: number): Promise<{ id: string; at: Date }[]> {
  return db
    .selectFrom('monitor_pace')
    .select(['id', 'at'])
    .where('at', '<=', new Date(nowMs - HEARD_MS))
    .where('at', '>', new Date(nowMs - MISSED_MS))
    .execute()
}

/** Visits a second that a monitor on this database was seen to carry; null when none was measured lately. */
export async function knownCapacity(db: Db, nowMs: number): Promise<number | null> {
  const row = await db
    .selectFrom('monitor_pace')
    .select('capacity_per_s')
    .where('at', '>', new Date(nowMs - REMEMBERED_MS))
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.capacity_per_s ?? null
}

/** The pace of all monitors that are there, together; null when none is. */
export async function cityPace(db: Db, nowMs: number): Promise<CityPace | null> {
  const rows = await db
    .selectFrom('monitor_pace')
    .select(['capacity_per_s', 'asked_per_s', 'behind_s', 'behind_since'])
    .where('at', '>', new Date(nowMs - HEARD_MS))
    .execute()
  if (rows.length === 0) return null
  const behind = rows.flatMap((row) =>
    row.behind_since ? [{ ...row, since: row.behind_since.getTime() }] : [],
  )
  return {
    behindS: Math.round(Math.max(0, ...behind.map((row) => row.behind_s))),
    behindSinceMs: behind.length > 0 ? Math.min(...behind.map(({ since }) => since)) : null,
    capacityPerS: rows.reduce((sum, row) => sum + row.capacity_per_s, 0),
    askedPerS: Math.max(...rows.map((row) => row.asked_per_s)),
  }
}
