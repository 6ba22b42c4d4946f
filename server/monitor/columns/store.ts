import { sql } from 'kysely'
import { cut } from '../../../shared/base/text.ts'
import { DAY } from '../../../shared/base/time.ts'
import { classifyColumn } from '../../../shared/monitor/columns/columns.ts'
import limits from '../../../shared/monitor/columns/limits.json' with { type: 'json' }
import type { Tx } from '../../base/db/database.ts'
import { isSameSite } from '../read/page/second-level.ts'
import { standsAgainst } from './queries.ts'

/** A column as it was seen: on the home page, or on its own page behind an entrance. */
export interface ColumnSighting {
  readonly name: string
  readonly url: string | null
  readonly from: 'home' | 'list'
  /** Items seen, dated or not. */
  readonly items: number
  /** Their dates, newest first. */
  readonly dates: readonly string[]
}

interface Sighted {
  readonly siteId: number
  readonly atMs: number
  readonly result: { readonly finalUrl: string | null }
  readonly page?: { readonly columns: readonly ColumnSighting[] } | null
}

const MAX_NAME = 40
/** What was drawn of a column stands against what was sent of it. */
const STANDS = standsAgainst({
  items: sql`excluded.list_items`,
  dates: sql`excluded.list_dates`,
  at: sql`excluded.seen_at`,
  isDrawn: false,
})

/**
 * Stores the columns seen at these visits, in one statement, and lets go of those that are left behind. A new column gets
 * the class that its name suggests; one that a person has confirmed keeps it. Its own page, where it has one on the same
 * site, comes to its turn within a day; behind an entrance it is read with the home page anyway.
 */
export async function storeColumns(tx: Tx, visits: readonly Sighted[]): Promise<void> {
  const all = visits.flatMap((visit) => (visit.page?.columns ?? []).map((column) => rowOf(visit, column)))
  const rows = [...new Map(all.map((row) => [`${row.site_id} ${row.name}`, row])).values()]
  if (rows.length === 0) return
  await sql`
    insert into site_column as c (site_id, name, url, class, seen_at, home_items, home_dates, list_items, list_dates,
      list_read_at, next_visit_at)
    select site_id, name, url, class, seen_at, home_items, home_dates, list_items, list_dates,
      case when list_items is not null then seen_at end, next_visit_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(site_id int, name text, url text, class text,
      seen_at timestamptz, home_items int, home_dates jsonb, list_items int, list_dates jsonb, next_visit_at timestamptz)
    on conflict (site_id, name) do update set
      url = coalesce(excluded.url, c.url), seen_at = greatest(c.seen_at, excluded.seen_at),
      home_items = coalesce(excluded.home_items, c.home_items),
      home_dates = coalesce(excluded.home_dates, c.home_dates),
      list_items = case when ${STANDS} then c.list_items else coalesce(excluded.list_items, c.list_items) end,
      list_dates = case when ${STANDS} then c.list_dates else coalesce(excluded.list_dates, c.list_dates) end,
      list_read_at = case when ${STANDS} then c.list_read_at else coalesce(excluded.list_read_at, c.list_read_at) end,
      next_visit_at = coalesce(c.next_visit_at, excluded.next_visit_at)
  `.execute(tx)
  await forgetUnseen(tx, [...new Set(rows.map((row) => row.site_id))])
}

/**
 * Lets go of columns of these sites that nobody has confirmed: those that were not seen for so many days before the site's
 * columns were last seen (`unseenDays`), and all but the newest (`unconfirmedPerSite`), since a page may call its lists
 * otherwise at each reading.
 */
async function forgetUnseen(tx: Tx, siteIds: readonly number[]): Promise<void> {
  await sql`
    delete from site_column where id in (
      select c.id from site_column c join (
        select id, seen_at < max(seen_at) over (partition by site_id) - make_interval(days => ${limits.unseenDays}::int) as is_unseen,
          row_number() over (partition by site_id order by confirmed_by is not null, seen_at desc, id desc) as place
        from site_column where site_id = any(${siteIds}::int[])
      ) known on known.id = c.id
      where c.confirmed_by is null and (known.is_unseen or known.place > ${limits.unconfirmedPerSite}::int)
      for update of c skip locked)
  `.execute(tx)
}

function rowOf({ siteId, atMs, result }: Sighted, { name, url, from, items, dates }: ColumnSighting) {
  const isHome = from === 'home'
  const mayVisit = isHome && url !== null && result.finalUrl !== null && isSameSite(url, result.finalUrl)
  return {
    site_id: siteId,
    name: cut(name, MAX_NAME),
    url,
    class: classifyColumn(name),
    seen_at: new Date(atMs).toISOString(),
    home_items: isHome ? items : null,
    home_dates: isHome ? dates : null,
    list_items: isHome ? null : items,
    list_dates: isHome ? null : dates,
    next_visit_at: mayVisit ? new Date(atMs + placeInDay(siteId, name)).toISOString() : null,
  }
}

/** A place in the day, by golden-ratio hashing, so that the pages of a city come evenly spread. */
export function placeInDay(siteId: number, name: string): number {
  let seed = siteId
  for (const letter of name) seed = (seed * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003
  return Math.floor(((seed * 0.618_033_988_749_894_9) % 1) * DAY)
}
