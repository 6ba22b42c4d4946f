import { sql } from 'kysely'
import { localDay, startOfDay } from '../../../shared/base/time.ts'
import {
  RENDER_PRIORITY,
  RENDERING,
  type RenderCause,
  type RenderPurpose,
} from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'

/**
 * What is to be outlined on a picture: what a selector of CSS names, the link that leads there, or else the smallest part of the page
 * with this text.
 */
export interface RenderMark {
  readonly text?: string
  readonly href?: string
  readonly selector?: string
}

/** What a picture is of. */
export interface RenderSubject {
  /** The asker's own word for it, at most 100 characters: of one page and word one order is open. */
  readonly ref: string
  readonly mark?: RenderMark
  /** All of the page instead of what stands in one screen of it. */
  readonly isWhole?: boolean
  /** Whatever stands there now is pictured, also an error, and not tried again: it is what the picture is of. */
  readonly isAsIs?: boolean
}

/** A page that somebody wants drawn. */
export interface RenderAsk {
  readonly siteId: number
  readonly url: string
  readonly purpose: RenderPurpose
  /** Null: the home page is to be read. */
  readonly subject: RenderSubject | null
  readonly cause: RenderCause
  /** The person who asks; null: the monitor itself. */
  readonly askedBy: number | null
}

const priorityOf = ({ cause }: RenderAsk): number =>
  cause === 'asked' || cause === 'verdict' || cause === 'turn'
    ? RENDER_PRIORITY[cause]
    : RENDER_PRIORITY.usual

/** Of those for the same page and word the most urgent. */
function distinct(asks: readonly RenderAsk[]): RenderAsk[] {
  const sorted = [...asks].sort((a, b) => priorityOf(a) - priorityOf(b))
  const keyOf = ({ siteId, purpose, url, subject }: RenderAsk) =>
    JSON.stringify([siteId, purpose, subject?.ref ?? '', url])
  return [...new Map(sorted.map((ask) => [keyOf(ask), ask])).values()]
}

/**
 * Has pages drawn, as soon as it is their turn. One that is ordered already only becomes as urgent as it is asked for; of the others
 * of a site, the most urgent are ordered until it has had its share of the day. Whether a renderer is there is for the asker to look up (`canRender`).
 * @param now epoch ms.
 * @returns how many orders were taken on.
 */
export async function askRender(db: Db | Tx, asks: readonly RenderAsk[], now: number): Promise<number> {
  if (asks.length === 0) return 0
  const rows = distinct(asks).map((ask, nth) => ({
    nth,
    site_id: ask.siteId,
    url: ask.url,
    purpose: ask.purpose,
    subject: ask.subject,
    ref: ask.subject?.ref ?? '',
    cause: ask.cause,
    priority: priorityOf(ask),
    asked_by: ask.askedBy,
  }))
  const at = new Date(now)
  const { rows: taken } = await sql`
    with given as (
      select g.*, ref = '' as home, asked_by is not null as asked, exists (select from render_order o where o.site_id = g.site_id
        and o.purpose = g.purpose and o.ref = g.ref and md5(o.url) = md5(g.url) and o.done_at is null) as is_open
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(nth int,
        site_id int, url text, purpose text, subject jsonb, ref text, cause text, priority int2, asked_by int)
    ), counted as (
      select *, count(*) filter (where not is_open) over (
        partition by site_id, purpose, home, asked order by priority desc, nth rows unbounded preceding) as place
      from given
    ), today as (
      select site_id, purpose, ref = '' as home, asked_by is not null as asked, count(*) as n from render_order
      where site_id in (select site_id from given) and asked_at >= ${new Date(startOfDay(localDay(now)))}
      group by 1, 2, 3, 4
    )
    insert into render_order (site_id, url, purpose, subject, ref, cause, priority, asked_by, asked_at, not_before)
    select g.site_id, g.url, g.purpose, g.subject, g.ref, g.cause, g.priority, g.asked_by, ${at}::timestamptz, ${at}::timestamptz
    from counted g left join today t using (site_id, purpose, home, asked)
    where g.is_open or coalesce(t.n, 0) + g.place <= case when g.purpose = 'picture' then ${RENDERING.picturesPerSiteDay}::int
      when g.purpose = 'check' then ${RENDERING.checksPerSiteDay}::int
      when g.asked_by is not null then ${RENDERING.askedPerSiteDay}::int
      when g.ref = '' then ${RENDERING.perSiteDay}::int else ${RENDERING.columnsPerSiteDay}::int end
    on conflict (site_id, purpose, ref, md5(url)) where done_at is null
      do update set priority = greatest(render_order.priority, excluded.priority)
    returning 1
  `.execute(db)
  return taken.length
}

/**
 * SQL for whether a renderer is there: one that can draw, and was heard of within the term after which it counts as gone.
 * @param now epoch ms.
 */
export const rendererIsThere = (now: number) =>
  sql<boolean>`exists (select from renderer where problem is null
    and heard_at > ${new Date(now)}::timestamptz - make_interval(mins => ${RENDERING.goneMinutes}::int))`

/** Whether pages can be drawn here: a process that does it is there, or was until lately. @param now epoch ms. */
export async function canRender(db: Db | Tx, now: number): Promise<boolean> {
  const { rows } = await sql<{ can: boolean }>`select ${rendererIsThere(now)} as can`.execute(db)
  return rows[0]?.can === true
}
