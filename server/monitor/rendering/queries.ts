import { sql } from 'kysely'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { SiteRendering } from '../../../shared/monitor/rendering/rendering.ts'
import {
  RENDERING,
  type RenderCause,
  type RenderPurpose,
  type RenderReason,
} from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { notPaused } from '../../register/sites/paused.ts'
import type { RenderSubject } from './ask.ts'

/** An order whose turn has come. */
export interface RenderOrder {
  readonly id: number
  readonly siteId: number
  readonly url: string
  readonly purpose: RenderPurpose
  readonly subject: RenderSubject | null
  readonly cause: RenderCause
  readonly askedBy: number | null
  readonly tries: number
  readonly lost: number
  readonly demo: boolean
}

/**
 * Claims up to `limit` orders for as long as a lease lasts, the most urgent first, and of a site one at a time. Any number of
 * renderers share them; those of one that died fall to the others when its lease is over, and that is no try of the page's.
 * @param busy sites one of whose pages is being drawn here.
 */
export async function claimOrders(
  db: Db,
  { now, limit, busy }: { now: number; limit: number; busy: readonly number[] },
): Promise<RenderOrder[]> {
  const at = new Date(now)
  const { rows } = await sql<RenderOrder>`
    with turn as (
      select o.id from render_order o join site on site.id = o.site_id
      where o.done_at is null and o.not_before <= ${at} and (o.lease_until is null or o.lease_until <= ${at})
        and o.site_id <> all(${[...busy]}::int[]) and ${notPaused(at)}
        and not exists (select from render_order held
          where held.site_id = o.site_id and held.done_at is null and held.lease_until > ${at})
      order by o.priority desc, o.id limit ${limit}
      for update of o skip locked
    )
    update render_order o
    set lease_until = ${new Date(now + RENDERING.leaseS * SECOND)},
      tries = o.tries + (old.lease_until is null)::int, lost = o.lost + (old.lease_until is not null)::int
    from turn join render_order old on old.id = turn.id join site on site.id = old.site_id
    where o.id = turn.id
    returning o.id, o.site_id as "siteId", case when o.ref = '' then site.url else o.url end as url, o.purpose, o.subject, o.cause, o.asked_by as "askedBy", o.tries, o.lost, site.demo
  `.execute(db)
  const seen = new Set<number>()
  const first = rows.filter(({ siteId }) => !seen.has(siteId) && seen.add(siteId))
  const rest = rows.filter((row) => !first.includes(row))
  for (const { id } of rest) await putBack(db, id, now)
  return first
}

/** How many orders wait that could be drawn now; counted up to `most`. @param now epoch ms. */
export async function ordersWaiting(db: Db, now: number, most: number): Promise<number> {
  const at = new Date(now)
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select from render_order o join site on site.id = o.site_id
      where o.done_at is null and o.not_before <= ${at} and ${notPaused(at)} limit ${most}
    ) open
  `.execute(db)
  return rows[0]?.n ?? 0
}

/** Gives an order back that was not drawn for no fault of its page: it waits as it did before. @param now epoch ms. */
export async function putBack(db: Db, id: number, now: number): Promise<void> {
  await db
    .updateTable('render_order')
    .set((eb) => ({ lease_until: null, not_before: new Date(now), tries: eb('tries', '-', 1) }))
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .execute()
}

/** Has an order wait until it is tried again. @param until epoch ms. */
export async function putOff(db: Db, id: number, until: number): Promise<void> {
  await db
    .updateTable('render_order')
    .set({ lease_until: null, not_before: new Date(until) })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .execute()
}

/** Ends an order. @param now epoch ms. @param reason null: its page was drawn. */
export async function finishOrder(
  db: Db,
  id: number,
  now: number,
  reason: RenderReason | null,
): Promise<void> {
  await db
    .updateTable('render_order')
    .set({ done_at: new Date(now), lease_until: null, outcome: reason ? 'failed' : 'rendered', reason })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .execute()
}

/** Notes that the home page of a site could not be drawn. @param now epoch ms. */
export async function noteFailed(db: Db, siteId: number, now: number, reason: RenderReason): Promise<void> {
  const failed = { failed_at: new Date(now), reason }
  await db
    .insertInto('site_rendering')
    .values({ site_id: siteId, ...failed })
    .onConflict((on) => on.column('site_id').doUpdateSet(failed))
    .execute()
}

/**
 * The home pages that a script draws, or that show nothing themselves, and were drawn so long ago that it is time again: the
 * bytes that their servers send do not change when a list does. @param now epoch ms.
 */
export async function dueAgain(
  db: Db,
  now: number,
  limit: number,
): Promise<{ siteId: number; url: string; cause: RenderCause }[]> {
  const before = new Date(now - RENDERING.againHours * HOUR)
  const { rows } = await sql<{ siteId: number; url: string; cause: RenderCause }>`
    select site.id as "siteId", site.url, r.cause
    from site_rendering r join site on site.id = r.site_id join site_state state on state.site_id = site.id
    where r.cause is not null and (r.drawn_at is null or r.drawn_at < ${before})
      and state.availability = 'up' and ${notPaused(new Date(now))}
      and not exists (select from render_order o where o.site_id = r.site_id and o.purpose = 'reading'
        and (o.done_at is null or o.asked_at > ${before}))
    order by r.drawn_at nulls first limit ${limit}
  `.execute(db)
  return rows
}

/** Says that this process draws pages, or why it cannot. @param now epoch ms. */
export async function announceRenderer(
  db: Db,
  name: string,
  now: number,
  problem: string | null,
): Promise<void> {
  const row = { heard_at: new Date(now), problem }
  await db
    .insertInto('renderer')
    .values({ name, ...row })
    .onConflict((on) => on.column('name').doUpdateSet(row))
    .execute()
}

/** Says that this process draws none: verdicts wait for nobody. */
export async function withdrawRenderer(db: Db, name: string): Promise<void> {
  await db.deleteFrom('renderer').where('name', '=', name).execute()
}

/** Lets go of orders that ended long ago, or that nobody could draw for so long, and of renderers that nobody has heard of for as long. @param now epoch ms. */
export async function forgetOld(db: Db, now: number): Promise<void> {
  const before = new Date(now - RENDERING.keepDays * DAY)
  const isOver = sql<boolean>`coalesce(done_at, asked_at) < ${before}`
  await db.deleteFrom('render_order').where(isOver).execute()
  await db.deleteFrom('renderer').where('heard_at', '<', before).execute()
}

/** How drawing stands: orders that wait, since when the oldest does, what came of those of the last hour. */
export interface RenderingCounts {
  readonly waiting: number
  /** Epoch ms; null: none waits. */
  readonly oldestAt: number | null
  readonly drawn: number
  readonly failed: number
  readonly renderers: number
  readonly problem: string | null
}

/** @param now epoch ms. */
export async function renderingCounts(db: Db, now: number): Promise<RenderingCounts> {
  const { rows } = await sql<Omit<RenderingCounts, 'oldestAt'> & { oldestAt: Date | null }>`
    select count(*) filter (where done_at is null)::int as waiting,
      min(asked_at) filter (where done_at is null) as "oldestAt",
      count(*) filter (where outcome = 'rendered')::int as drawn,
      count(*) filter (where outcome = 'failed')::int as failed,
      (select count(*)::int from renderer where problem is null
        and heard_at > ${new Date(now - RENDERING.silentMinutes * MINUTE)}::timestamptz) as renderers,
      (select max(problem) from renderer) as problem
    from render_order where done_at is null or done_at > ${new Date(now - HOUR)}
  `.execute(db)
  const [row] = rows
  return {
    ...(row ?? { waiting: 0, drawn: 0, failed: 0, renderers: 0, problem: null }),
    oldestAt: row?.oldestAt?.getTime() ?? null,
  }
}

/**
 * Whether pages can be drawn. `silent`: whoever draws them was not heard of for minutes, and is waited for until the term is over;
 * `broken`: somebody draws them, and cannot start a browser; `none`: nobody does, or not any more.
 */
export interface RendererState {
  readonly is: SiteRendering['renderer']
  /** When one that can draw was heard of last; null: never, or long ago. */
  readonly heardAt: Date | null
}

/** @param now epoch ms. */
export async function rendererState(db: Db | Tx, now: number): Promise<RendererState> {
  const { rows } = await sql<{ heardAt: Date | null; broken: boolean }>`
    select max(heard_at) filter (where problem is null) as "heardAt", coalesce(bool_or(problem is not null), false) as broken
    from renderer
  `.execute(db)
  const { heardAt = null, broken = false } = rows[0] ?? {}
  const silentMs = heardAt === null ? Number.POSITIVE_INFINITY : now - heardAt.getTime()
  if (silentMs < RENDERING.silentMinutes * MINUTE) return { is: 'ready', heardAt }
  if (silentMs < RENDERING.goneMinutes * MINUTE) return { is: 'silent', heardAt }
  return { is: broken ? 'broken' : 'none', heardAt }
}
