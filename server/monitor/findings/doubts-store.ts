import { sql } from 'kysely'
import type { DateDoubt } from '../../../shared/monitor/findings/doubts.ts'
import { DOUBTS } from '../../../shared/monitor/findings/doubts.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { doubtedDates, type FirstSeen, type ListsBefore, type SeenList } from './doubts.ts'

const MOST_TITLE = 200
const MOST_URL = 500

interface ReadLists {
  readonly siteId: number
  readonly lists: readonly SeenList[]
}

/**
 * Keeps the order of the lists that were read, and the dates in them that contradict memory. Comes after `remember`, in the
 * same transaction: today's new items are remembered by then.
 */
export async function followDoubts(tx: Tx, read: readonly ReadLists[], day: string): Promise<void> {
  const pages = read.filter(({ lists }) => lists.length > 0)
  if (pages.length === 0) return
  const ids = pages.map(({ siteId }) => siteId)
  const before = await listsBefore(tx, ids)
  const memory = await firstSeen(tx, pages)
  const doubts = pages.flatMap(({ siteId, lists }) =>
    doubtedDates(lists, before.get(siteId) ?? null, memory.get(siteId) ?? new Map(), day).map(
      ({ kind, item, firstDay, firstDate, absentDay }) => ({
        ...{ site_id: siteId, key: item.key, kind, claimed: item.date, absent_day: absentDay },
        ...{ title: item.title.slice(0, MOST_TITLE), url: item.url?.slice(0, MOST_URL) ?? null },
        ...{ first_day: firstDay, first_date: firstDate },
      }),
    ),
  )
  await storeDoubts(tx, pages, doubts, day)
  await storeLists(tx, pages, day)
}

async function listsBefore(tx: Tx, ids: readonly number[]): Promise<Map<number, ListsBefore>> {
  const rows = await tx.selectFrom('site_lists').selectAll().where('site_id', 'in', ids).execute()
  return new Map(rows.map(({ site_id, day, lists }) => [site_id, { day, lists }]))
}

async function firstSeen(tx: Tx, pages: readonly ReadLists[]): Promise<Map<number, Map<string, FirstSeen>>> {
  const wanted = pages.flatMap(({ siteId, lists }) =>
    lists.flatMap(({ items }) => items.map(({ key }) => ({ site_id: siteId, key }))),
  )
  const { rows } = await sql<{ site_id: number; key: string; first_day: string; first_date: string | null }>`
    select i.site_id, i.key, i.first_day, i.first_date
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(site_id int, key text)
    join site_item i on i.site_id = w.site_id and i.key = w.key`.execute(tx)
  const found = new Map<number, Map<string, FirstSeen>>()
  for (const { site_id, key, first_day, first_date } of rows) {
    const own = found.get(site_id) ?? new Map<string, FirstSeen>()
    found.set(site_id, own.set(key, { firstDay: first_day, firstDate: first_date }))
  }
  return found
}

/**
 * One that stands still is seen again; what was inserted long ago stays doubted as long as its item claims that date. What
 * is dated anew again and again is a page that lives, and no forgery.
 */
async function storeDoubts(
  tx: Tx,
  pages: readonly ReadLists[],
  doubts: readonly object[],
  day: string,
): Promise<void> {
  if (doubts.length > 0)
    await sql`
      insert into date_doubt as d (site_id, key, kind, title, url, claimed, first_day, first_date, absent_day, seen_day, last_day)
      select site_id, key, kind, title, url, claimed, first_day, first_date, absent_day, ${day}, ${day}
      from jsonb_to_recordset(${JSON.stringify(doubts)}::jsonb) as i(site_id int, key text, kind text, title text, url text,
        claimed text, first_day text, first_date text, absent_day text)
      on conflict (site_id, key) do update set
        moves = d.moves + case when d.claimed <> excluded.claimed then 1 else 0 end,
        claimed = excluded.claimed, last_day = excluded.last_day`.execute(tx)
  const still = pages.flatMap(({ siteId, lists }) =>
    lists.flatMap(({ items }) => items.map(({ key, date }) => ({ site_id: siteId, key, date }))),
  )
  await sql`
    update date_doubt d set last_day = ${day}
    from jsonb_to_recordset(${JSON.stringify(still)}::jsonb) as s(site_id int, key text, date text)
    where d.site_id = s.site_id and d.key = s.key and d.claimed = s.date and d.last_day < ${day}`.execute(tx)
}

async function storeLists(tx: Tx, pages: readonly ReadLists[], day: string): Promise<void> {
  const rows = pages.map(({ siteId, lists }) => ({
    site_id: siteId,
    lists: lists.map(({ name, items }) => ({ name, keys: items.map(({ key }) => key) })),
  }))
  await sql`
    insert into site_lists as l (site_id, day, lists)
    select site_id, ${day}, lists from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(site_id int, lists jsonb)
    on conflict (site_id) do update set day = excluded.day, lists = excluded.lists
      where (l.day, l.lists) is distinct from (excluded.day, excluded.lists)`.execute(tx)
}

/** A doubted date, with what its item is known again by. */
export type KeyedDoubt = DateDoubt & { readonly key: string }

/** The doubted dates that a site shows still, the newest first. */
export async function standingDoubts(db: Db, siteId: number): Promise<KeyedDoubt[]> {
  const rows = await db
    .selectFrom('date_doubt')
    .innerJoin('site_lists', 'site_lists.site_id', 'date_doubt.site_id')
    .selectAll('date_doubt')
    .where('date_doubt.site_id', '=', siteId)
    .whereRef('date_doubt.last_day', '>=', 'site_lists.day')
    .where('moves', '<', DOUBTS.livingMoves)
    .orderBy('seen_day', 'desc')
    .orderBy('claimed', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => ({
    ...{
      key: row.key,
      kind: row.kind,
      title: row.title,
      url: row.url,
      claimed: row.claimed,
      absentDay: row.absent_day,
    },
    ...{ firstDay: row.first_day, firstDate: row.first_date, seenDay: row.seen_day, lastDay: row.last_day },
  }))
}
