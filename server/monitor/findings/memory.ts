import { sql } from 'kysely'
import { addDays, daysBetween } from '../../../shared/base/time.ts'
import { DOUBTS } from '../../../shared/monitor/findings/doubts.ts'
import type { RewrittenItem } from '../../../shared/monitor/findings/findings.ts'
import type { Tx } from '../../base/db/database.ts'
import { wholeYears } from './doubts.ts'
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

/** An item that is remembered, and claims another date than it can have, or had. */
interface Later {
  readonly site_id: number
  readonly key: string
  readonly first_day: string
  readonly first_date: string | null
  readonly first_guessed: boolean | null
}

/** An item that was seen; without `first_day` for the first time. */
type Row = Pick<Later, 'site_id' | 'key'> & (Later | { readonly first_day: null })

/**
 * Remembers the items of some pages and says what is new or was rewritten: one statement for all of them, and another where the year of
 * a date that is remembered was guessed wrong.
 * @param day local day of the readings.
 */
export async function remember(
  tx: Tx,
  pages: readonly SeenPage[],
  day: string,
): Promise<Map<number, Recalled>> {
  const incoming = pages.flatMap(({ siteId, items }) =>
    items.map(({ key, date, isGuessed }) => ({ site_id: siteId, key, date, guessed: isGuessed === true })),
  )
  const known = await knownSites(
    tx,
    pages.map((page) => page.siteId),
  )
  const { rows } =
    incoming.length === 0
      ? { rows: [] }
      : await sql<Row>`
    with incoming as (
      select * from jsonb_to_recordset(${JSON.stringify(incoming)}::jsonb) as i(site_id int, key text, date text, guessed boolean)
    ), stored as (
      insert into site_item (site_id, key, first_day, first_date, first_guessed)
      select site_id, key, ${day}, date, guessed from incoming
      on conflict do nothing
      returning site_id, key
    )
    select site_id, key, null as first_day, null as first_date, null as first_guessed from stored
    union all
    select i.site_id, i.key, s.first_day, s.first_date, s.first_guessed
    from incoming i join site_item s on s.site_id = i.site_id and s.key = i.key
    where i.date > coalesce(s.first_date, s.first_day)
      or (i.date < s.first_date and not i.guessed and s.first_guessed is not false)
  `.execute(tx)
  const all = pages.map((page) => recalled(page, rows, !known.has(page.siteId)))
  await correctYears(
    tx,
    all.flatMap(({ corrected }) => corrected),
  )
  return new Map(all.map(({ siteId, recalled: own }) => [siteId, own]))
}

/** A date that is remembered with another year than it has. */
interface Corrected {
  readonly site_id: number
  readonly key: string
  readonly date: string
  readonly guessed: boolean
}

async function correctYears(tx: Tx, corrected: readonly Corrected[]): Promise<void> {
  if (corrected.length === 0) return
  await sql`
    update site_item s set first_date = i.date, first_guessed = i.guessed
    from jsonb_to_recordset(${JSON.stringify(corrected)}::jsonb) as i(site_id int, key text, date text, guessed boolean)
    where s.site_id = i.site_id and s.key = i.key
  `.execute(tx)
}

async function knownSites(tx: Tx, siteIds: readonly number[]): Promise<Set<number>> {
  const rows = await sql<{ site_id: number }>`
    select site_id from site_news where site_id = any(${siteIds}::int[])`.execute(tx)
  return new Set(rows.rows.map((row) => row.site_id))
}

function recalled(
  { siteId, items }: SeenPage,
  rows: readonly Row[],
  isFirst: boolean,
): { siteId: number; recalled: Recalled; corrected: Corrected[] } {
  const own = rows.filter((row) => row.site_id === siteId)
  const stored = new Set(own.filter((row) => row.first_day === null).map((row) => row.key))
  const byKey = new Map(items.map((item) => [item.key, item]))
  const [known, rewritten] = [new Map<string, string>(), new Map<string, string>()]
  const corrected: Corrected[] = []
  for (const row of own) {
    const item = byKey.get(row.key)
    if (row.first_day === null || !item || item.date === null) continue
    const guessed = item.isGuessed === true
    const trusted = row.first_date ?? row.first_day
    if (wasMisread(row, { date: item.date, isGuessed: guessed }))
      corrected.push({ site_id: siteId, key: row.key, date: item.date, guessed })
    else if (item.date > trusted) {
      known.set(row.key, trusted)
      if (!(guessed && isOfOtherYear(row, item.date))) rewritten.set(row.key, trusted)
    }
  }
  const fresh = items.filter((item) => stored.has(item.key))
  return { siteId, recalled: { isFirst, fresh, known, rewritten }, corrected }
}

/** A date and the one that is remembered are whole years apart: the year of one of them was guessed. */
const isOfOtherYear = ({ first_date }: Later, date: string): boolean =>
  first_date !== null && wholeYears(daysBetween(first_date, date)) > 0

/**
 * Whether the year of the date that is remembered was guessed wrong when the item was first seen. It cannot be of a later year than it
 * was seen in: a page that stands still is guessed to be of each year in turn. Of what was remembered before guesses were told from
 * other dates only a date that is written, and earlier, says so.
 */
const wasMisread = (row: Later, { date, isGuessed }: { date: string; isGuessed: boolean }): boolean =>
  isOfOtherYear(row, date) &&
  date <= addDays(row.first_day, DOUBTS.yearTolerance) &&
  (row.first_guessed ?? (!isGuessed && row.first_date !== null && date < row.first_date))

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
