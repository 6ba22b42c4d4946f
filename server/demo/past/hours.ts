import { sql } from 'kysely'
import { groupBy } from '../../../shared/base/lists/group.ts'
import { DAY, HOUR, localDay, startOfDay } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { packHours } from '../../monitor/visit-store/pack.ts'
import { utcDay } from '../../monitor/visit-store/partitions.ts'
import type { PackedTable } from '../../monitor/visit-store/tables.ts'
import { demoRegister } from '../cast/register.ts'
import { PAST_DAYS, RECENT_DAYS } from './fill.ts'
import { type PastDemo, rollUpsOf } from './visits.ts'

/** Sites filled at once, and the pause before the next: the demo has just begun, and others want to get on. */
const SITES_AT_ONCE = 5
const PAUSE_MS = 200

/**
 * Gives the demo's sites the hours of their past that the start did not wait for: those before the last days. Goes on
 * where it was when it was interrupted; does nothing when all have them.
 */
export async function fillPastHours({ db, config }: Context, signal: AbortSignal): Promise<void> {
  const demos = new Map(demoRegister().map((demo) => [demo.code, demo]))
  for (let afterId = 0; !signal.aborted; ) {
    const sites = await withoutPast(db, afterId)
    if (sites.length === 0) return
    for (const { id, code, created_at } of sites) {
      afterId = id
      const demo = demos.get(code)
      if (demo)
        await storeHours(db, pastHours({ id, demo }, created_at.getTime(), config.demoIntervalS * 1_000))
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

async function storeHours(db: Db, rows: PackedTable[]): Promise<void> {
  await db
    .insertInto('packed_hour')
    .values(rows)
    .onConflict((on) => on.doNothing())
    .execute()
}

/** Demo sites that have no hours of weeks before they were made. */
export async function withoutPast(db: Db, afterId: number) {
  const { rows } = await sql<{ id: number; code: string; created_at: Date }>`
    select id, code, created_at from site
    where demo and id > ${afterId} and not exists (
      select from packed_hour
      where site_id = site.id and day < extract(epoch from site.created_at) / ${DAY / 1000}::int - ${2 * RECENT_DAYS}::int)
    order by id limit ${SITES_AT_ONCE}
  `.execute(db)
  return rows
}

function pastHours(site: PastDemo, madeMs: number, everyMs: number): PackedTable[] {
  const fromMs = startOfDay(localDay(madeMs - PAST_DAYS * DAY))
  const toMs = startOfDay(localDay(madeMs - RECENT_DAYS * DAY))
  const sums = rollUpsOf(site, { fromMs, toMs, lengthMs: HOUR, everyMs })
  const days = groupBy(sums, ({ startMs }) => utcDay(startMs))
  return [...days].map(([day, hours]) => ({
    site_id: site.id,
    day,
    visits: hours.reduce((sum, { total, excluded }) => sum + total + excluded, 0),
    data: packHours(
      day * DAY,
      hours.map(({ startMs, total, failed, excluded, okMs, maxMs }) => {
        return { hourMs: startMs, total, failed, excluded, okMsSum: okMs, maxMs }
      }),
    ),
  }))
}
