import { sql } from 'kysely'
import { addDays, HOUR, localDay, localHour, MINUTE, SECOND, startOfDay } from '../../../shared/base/time.ts'
import { MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { notAside } from '../../base/aside/queries.ts'
import type { Db } from '../../base/db/database.ts'
import { runSlice, type ScanParts } from './scan.ts'
import { startBriefScan } from './service.ts'

/** How often it is seen whether sites are to be looked at; the first time so long after the start. */
const TICK_MS = MINUTE
/** One look is worked on for so long before others have their turn. */
const SLICE_MS = 30 * SECOND
/** A look that nobody goes on with so long after its lease is lost. */
const LOST_MS = 20 * SECOND

export interface Nightly {
  stop(): Promise<void>
}

/** When the last night of looks began, and whether it is still one. @param now epoch ms. */
export function nightAt(now: number): { readonly fromMs: number; readonly isOn: boolean } {
  const { fromHour, hours } = MACHINE.crawl
  const today = localDay(now)
  const isEvening = localHour(now) >= fromHour
  const fromMs = startOfDay(isEvening ? today : addDays(today, -1)) + fromHour * HOUR
  return { fromMs, isOn: now - fromMs < hours * HOUR }
}

/**
 * Looks through every site by night, a few side by side, and goes on with looks that somebody has let fall. Not while sites are
 * looked at only when asked (`WEEKLY_SCANS=0`).
 */
export function startNightly(parts: ScanParts): Nightly {
  const active = new Map<number, Promise<void>>()
  let looking: Promise<void> | null = null
  const tick = async () => {
    const room = MACHINE.crawl.atOnce - active.size
    if (parts.signal.aborted || room <= 0) return
    for (const id of await looksToDo(parts, room)) {
      if (active.has(id)) continue
      const done = lookThrough(parts, id)
        .catch((error: unknown) => parts.ctx.log.warn({ err: error }, 'a site could not be looked through'))
        .finally(() => active.delete(id))
      active.set(id, done)
    }
  }
  const timer = setInterval(() => {
    looking ??= tick()
      .catch((error: unknown) => parts.ctx.log.warn({ err: error }, 'no looks could be begun'))
      .finally(() => {
        looking = null
      })
  }, TICK_MS)
  return {
    async stop() {
      clearInterval(timer)
      await looking
      await Promise.all(active.values())
    },
  }
}

/** Looks that nobody goes on with, and, by night, those that are begun now: at most `room`. */
export async function looksToDo({ ctx }: Pick<ScanParts, 'ctx'>, room: number): Promise<number[]> {
  const now = ctx.clock.now()
  const lost = await lostLooks(ctx.db, new Date(now - LOST_MS), room)
  const { fromMs, isOn } = nightAt(now)
  if (!ctx.config.weeklyScans || !isOn || lost.length >= room) return lost
  const held = await looksUnderWay(ctx.db, new Date(now - LOST_MS))
  const begun: number[] = []
  const more = Math.min(room, MACHINE.crawl.atOnce - held) - lost.length
  for (const siteId of await sitesToLook(ctx.db, new Date(fromMs), more)) {
    const id = await startBriefScan(ctx, siteId)
    if (id !== null) begun.push(id)
  }
  return [...lost, ...begun]
}

async function lookThrough(parts: ScanParts, id: number): Promise<void> {
  for (let again: number | null = 0; again !== null && !parts.signal.aborted; ) {
    await parts.wait(again)
    again = await runSlice(parts, id, SLICE_MS)
  }
}

async function lostLooks(db: Db, before: Date, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('link_scan')
    .select('id')
    .where('brief', '=', true)
    .where('state', '=', 'running')
    .where('next_at', '<', before)
    .where(notAside('scan', sql`link_scan.id::text`))
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Looks that somebody is at, in any process. */
async function looksUnderWay(db: Db, since: Date): Promise<number> {
  const { n } = await db
    .selectFrom('link_scan')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('brief', '=', true)
    .where('next_at', '>=', since)
    .executeTakeFirstOrThrow()
  return n
}

/** Sites that were not looked at since the night began, those that wait for longest first. */
async function sitesToLook(db: Db, since: Date, limit: number): Promise<number[]> {
  if (limit <= 0) return []
  const { rows } = await sql<{ id: number }>`
    select site.id from site left join site_look last on last.site_id = site.id
    where site.pause_reason is null and site.lifecycle not in ('closed', 'moved', 'merged')
      and coalesce(last.looked_at, '-infinity') < ${since}
      and not exists (select 1 from link_scan live where live.site_id = site.id and live.state <> 'done')
    order by last.looked_at nulls first, site.id limit ${limit}
  `.execute(db)
  return rows.map(({ id }) => id)
}
