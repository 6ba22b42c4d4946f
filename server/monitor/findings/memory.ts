import { sql } from 'kysely'
import type { RewrittenItem } from '../../../shared/monitor/findings/findings.ts'
import type { Tx } from '../../base/db/database.ts'
import type { Recalled, SeenItem } from './items.ts'

/** Items remembered of a site before the oldest are forgotten, and how many are kept then. */
const MAX_REMEMBERED = 2_500
const KEPT = 2_000
const MAX_TITLES = 5

/** What was seen on the page of a site. */
export interface SeenPage {
  readonly siteId: number
  readonly items: readonly SeenItem[]
}

/**
 * Remembers the items of some pages and says what is new or was rewritten: one statement for all of them.
 * @param day local day of the readings.
 */
export async function remember(
  tx: Tx,
  pages: readonly SeenPage[],
  day: string,
): Promise<Map<number, Recalled>> {
  const incoming = pages.flatMap(({ siteId, items }) =>
    items.map(({ key, date }) => ({ site_id: siteId, key, date })),
  )
  const known = await knownSites(
    tx,
    pages.map((page) => page.siteId),
  )
  const { rows } =
    incoming.length === 0
      ? { rows: [] }
      : await sql<{ site_id: number; key: string; trusted: string | null }>`
    with incoming as (
      select * from jsonb_to_recordset(${JSON.stringify(incoming)}::jsonb) as i(site_id int, key text, date text)
    ), stored as (
      insert into site_item (site_id, key, first_day, first_date)
      select site_id, key, ${day}, date from incoming
      on conflict do nothing
      returning site_id, key
    )
    select site_id, key, null as trusted from stored
    union all
    select i.site_id, i.key, coalesce(s.first_date, s.first_day)
    from incoming i join site_item s on s.site_id = i.site_id and s.key = i.key
    where i.date > coalesce(s.first_date, s.first_day)
  `.execute(tx)
  return new Map(pages.map((page) => [page.siteId, recalled(page, rows, !known.has(page.siteId))]))
}

async function knownSites(tx: Tx, siteIds: readonly number[]): Promise<Set<number>> {
  const rows = await sql<{ site_id: number }>`
    select site_id from site_news where site_id = any(${siteIds}::int[])`.execute(tx)
  return new Set(rows.rows.map((row) => row.site_id))
}

function recalled(
  { siteId, items }: SeenPage,
  rows: readonly { site_id: number; key: string; trusted: string | null }[],
  isFirst: boolean,
): Recalled {
  const own = rows.filter((row) => row.site_id === siteId)
  const stored = new Set(own.filter((row) => row.trusted === null).map((row) => row.key))
  return {
    isFirst,
    fresh: items.filter((item) => stored.has(item.key)),
    rewritten: new Map(
      own.flatMap(({ key, trusted }) => (trusted === null ? [] : [[key, trusted] as const])),
    ),
  }
}

/** What the second signal of a site has become at a reading. */
export interface NewsUpdate {
  readonly siteId: number
  readonly recalled: Recalled
  readonly rewritten: readonly RewrittenItem[]
}

/** Notes which sites showed something new on `day`, and forgets the oldest items of those that have too many. */
export async function noteNews(tx: Tx, updates: readonly NewsUpdate[], day: string): Promise<void> {
  const rows = updates.map(({ siteId, recalled: { isFirst, fresh }, rewritten }) => ({
    site_id: siteId,
    new_count: isFirst ? 0 : fresh.length,
    new_titles: isFirst ? [] : fresh.slice(0, MAX_TITLES).map((item) => item.title),
    rewritten: rewritten.slice(0, MAX_TITLES),
    items: fresh.length,
  }))
  const { rows: full } = await sql<{ site_id: number }>`
    with incoming as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as i(site_id int, new_count int, new_titles jsonb, rewritten jsonb, items int)
    ), noted as (
      insert into site_news as n (site_id, since, new_day, new_count, new_titles, rewritten, items)
      select site_id, ${day}, null, 0, '[]', rewritten, items from incoming
      on conflict (site_id) do update set
        items = n.items + excluded.items, rewritten = excluded.rewritten
      returning site_id, items
    )
    select site_id from noted where items > ${MAX_REMEMBERED}
  `.execute(tx)
  await noteNew(
    tx,
    rows.filter((row) => row.new_count > 0),
    day,
  )
  for (const { site_id } of full) await forgetOldest(tx, site_id)
}

async function noteNew(tx: Tx, rows: readonly object[], day: string): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update site_news n set new_day = ${day}, new_count = i.new_count, new_titles = i.new_titles
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(site_id int, new_count int, new_titles jsonb)
    where n.site_id = i.site_id
  `.execute(tx)
}

/** Items that still stand on the page are forgotten last: they would be news at the next reading. */
async function forgetOldest(tx: Tx, siteId: number): Promise<void> {
  await sql`
    delete from site_item where site_id = ${siteId} and key in (
      select key from site_item where site_id = ${siteId}
      order by first_day desc, key offset ${KEPT})
  `.execute(tx)
  await sql`update site_news set items = ${KEPT} where site_id = ${siteId}`.execute(tx)
}
