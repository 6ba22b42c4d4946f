import { sql } from 'kysely'
import { HOUR } from '../../../shared/base/time.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import {
  RENDERING,
  type RenderCause,
  type Rendered,
} from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import type { DrawnPage } from '../visit/visited.ts'
import { askRender, rendererIsThere } from './ask.ts'
import { believed, causeOf, renderedOf, stands } from './rules.ts'

/** What is known of a site's drawing where it is judged. */
export interface DrawnRow {
  /** A renderer is there. */
  readonly can_render: boolean
  /** Something is kept of how its page is drawn. */
  readonly is_drawn: boolean
  /** When it was drawn last, and when that was ordered last by the monitor itself. */
  readonly drawn_at: Date | null
  readonly drawn_asked_at: Date | null
  /** The newest date that was known of it. */
  readonly newest: string | null
}

/** SQL for a site's `DrawnRow` but the newest date, by its `site_rendering r`. @param now epoch ms. */
export const drawnColumns = (now: number) =>
  sql`${rendererIsThere(now)} as can_render, r.site_id is not null as is_drawn, r.drawn_at, r.asked_at as drawn_asked_at`

/**
 * The same for who judges a site without a visit. Its state is locked before: what a renderer has just drawn is in it.
 * @param now epoch ms.
 */
export function drawnRowOf(tx: Tx, siteId: number, now: number): Promise<DrawnRow> {
  const row = sql<DrawnRow>`(select ${drawnColumns(now)}, state.newest
    from site_state state left join site_rendering r on r.site_id = state.site_id where state.site_id = ${siteId})`
  return tx.selectFrom(row.as('row')).selectAll().executeTakeFirstOrThrow()
}

interface Read {
  readonly siteId: number
  readonly atMs: number
  readonly finding: Finding | null
  readonly drawn?: DrawnPage
}

interface Kept {
  readonly site_id: number
  readonly sent: Finding | null
  readonly drawn: Finding | null
}

/**
 * Keeps what was read of the pages that servers sent, where that is not enough, and of those that a browser drew, and has each
 * site judged by the reading that counts. Most pages say enough by themselves: of those nothing is kept or looked up.
 */
export async function believeDrawn<V extends Read>(
  tx: Tx,
  visits: readonly V[],
  rows: ReadonlyMap<number, DrawnRow>,
): Promise<V[]> {
  const read = visits.flatMap((visit) => {
    const [row, { finding }] = [rows.get(visit.siteId), visit]
    if (!row || finding === null) return []
    const cause = visit.drawn ? null : causeOf(finding, row.newest)
    return visit.drawn || cause || row.is_drawn ? [{ visit, finding, row, cause }] : []
  })
  if (read.length === 0) return [...visits]
  const kept = await keptOf(
    tx,
    read.map(({ visit }) => visit),
  )
  const counts = new Map<number, Finding>()
  for (const { visit, finding, row, cause } of read) {
    const { siteId, atMs, drawn } = visit
    const known = kept.get(siteId)
    const whole = drawn
      ? believed(known?.sent ?? null, finding)
      : believed(finding, cause && stands(row.drawn_at, atMs) ? (known?.drawn ?? null) : null)
    if (whole) counts.set(siteId, whole)
    if (drawn) await keepDrawn(tx, siteId, { finding, atMs, drawn })
    else await keepSent(tx, siteId, { finding, atMs, cause })
  }
  return visits.map((visit) => {
    const finding = visit.finding && counts.get(visit.siteId)
    return finding ? { ...visit, finding } : visit
  })
}

/** SQL: what was read last of what the server of a site `s` sent, by its `site_rendering r`. */
const SENT = sql<Finding | null>`coalesce(r.sent, case when s.finding->'drawn' is null then s.finding end)`

/** What was read last of the home page as the server of a site sent it; null: nothing. */
export async function sentOf(db: Db, siteId: number): Promise<Finding | null> {
  const { rows } = await sql<Pick<Kept, 'sent'>>`
    select ${SENT} as sent from site_state s left join site_rendering r on r.site_id = s.site_id where s.site_id = ${siteId}
  `.execute(db)
  return rows[0]?.sent ?? null
}

/** Of sites whose page was drawn what was sent, and of the others what was drawn. */
async function keptOf(tx: Tx, visits: readonly Read[]): Promise<Map<number, Kept>> {
  const drawn = visits.flatMap((visit) => (visit.drawn ? [visit.siteId] : []))
  const ids = visits.map(({ siteId }) => siteId)
  const { rows } = await sql<Kept>`
    select s.site_id,
      case when s.site_id = any(${drawn}::int[]) then ${SENT} end as sent,
      case when s.site_id <> all(${drawn}::int[]) then r.drawn end as drawn
    from site_state s left join site_rendering r on r.site_id = s.site_id where s.site_id = any(${ids}::int[])
  `.execute(tx)
  return new Map(rows.map((row) => [row.site_id, row]))
}

async function keepSent(
  tx: Tx,
  siteId: number,
  { finding, atMs, cause }: { finding: Finding; atMs: number; cause: RenderCause | null },
): Promise<void> {
  const sent = { cause, sent: JSON.stringify(finding), sent_at: new Date(atMs) }
  await tx
    .insertInto('site_rendering')
    .values({ site_id: siteId, ...sent })
    .onConflict((on) => on.column('site_id').doUpdateSet(sent))
    .execute()
}

async function keepDrawn(
  tx: Tx,
  siteId: number,
  { finding, atMs, drawn: page }: { finding: Finding; atMs: number; drawn: DrawnPage },
): Promise<void> {
  const drawn = {
    ...{ drawn: JSON.stringify(finding), drawn_at: new Date(atMs), drawn_url: page.url },
    ...{ took_ms: page.tookMs, requests: page.requests, bytes: page.bytes },
    ...{ failed_at: null, reason: null },
  }
  await tx
    .insertInto('site_rendering')
    .values({ site_id: siteId, ...drawn })
    .onConflict((on) => on.column('site_id').doUpdateSet(drawn))
    .execute()
}

/** A home page that is to be drawn, since a verdict or a reading wants it. */
export interface HomeAsk {
  readonly siteId: number
  readonly cause: RenderCause
}

/** Has home pages drawn, and remembers when. @param now epoch ms. */
export async function askHomes(tx: Tx, asks: readonly HomeAsk[], now: number): Promise<void> {
  if (asks.length === 0) return
  const sites = await tx
    .selectFrom('site')
    .select(['id', 'url'])
    .where(
      'id',
      'in',
      asks.map(({ siteId }) => siteId),
    )
    .execute()
  const urls = new Map(sites.map(({ id, url }) => [id, url]))
  const orders = asks.flatMap(({ siteId, cause }) => {
    const url = urls.get(siteId)
    return url === undefined
      ? []
      : [{ siteId, url, purpose: 'reading' as const, subject: null, cause, askedBy: null }]
  })
  await askRender(tx, orders, now)
  await sql`
    insert into site_rendering (site_id, asked_at)
    select unnest(${orders.map(({ siteId }) => siteId)}::int[]), ${new Date(now)}::timestamptz
    on conflict (site_id) do update set asked_at = excluded.asked_at
  `.execute(tx)
}

/**
 * Whether a page has to be drawn before its site is told to be idle: there is a renderer, this is not what it drew, and it has
 * drawn nothing of the site lately.
 */
export function mustBeDrawn(row: DrawnRow, { drawn }: Pick<Read, 'drawn'>, atMs: number): boolean {
  if (!row.can_render || drawn) return false
  return row.drawn_at === null || atMs - row.drawn_at.getTime() >= RENDERING.verdictHours * HOUR
}

/** How the home page was seen that a site is judged by. */
export const homeRendered = (
  row: Pick<DrawnRow, 'can_render' | 'drawn_at'>,
  { drawn }: Pick<Read, 'drawn'>,
  atMs: number,
): Rendered | null => renderedOf([drawn ? new Date(atMs) : row.drawn_at], row.can_render, atMs)

/** Why a page is to be ordered after a step; null: it is not, or was lately. @param isHeld a verdict waits for it. */
export function toOrder(
  row: DrawnRow,
  { finding, drawn, atMs }: Omit<Read, 'siteId'>,
  { isHeld, isNews }: { isHeld: boolean; isNews: boolean },
): RenderCause | null {
  if (!row.can_render || drawn) return null
  // What is to be told is drawn now; what was told, once what was drawn of it stands no more.
  const isForVerdict = isHeld && (isNews || !stands(row.drawn_at, atMs))
  const cause = isForVerdict ? 'verdict' : finding && causeOf(finding, row.newest)
  if (!cause) return null
  const hours = isForVerdict && isNews ? RENDERING.verdictHours : RENDERING.againHours
  const isLately = row.drawn_asked_at !== null && atMs - row.drawn_asked_at.getTime() < hours * HOUR
  return isLately ? null : cause
}
