import { sql } from 'kysely'
import { DAY, localDay } from '../../../shared/base/time.ts'
import {
  judgeMessages,
  type MessageReading,
  type MessagesVerdict,
  messageRulesOn,
} from '../../../shared/monitor/messages/messages-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { placeInDay } from '../columns/store.ts'
import { withoutNumbers } from '../persons/find.ts'
import type { MessageSighting } from './find.ts'
import './tables.ts'

interface Sighted {
  readonly siteId: number
  readonly atMs: number
  readonly page?: { readonly messages?: readonly MessageSighting[] } | null
}

/** What no home page that was read has led to for so long is a column no more. */
const GONE_MS = 7 * DAY

/**
 * Keeps the message columns that home pages led to at these visits, each by its name with its newest address; the letters of each
 * come to their turn within a day. Those that have long gone from the page are let go.
 */
export async function storeMessageColumns(tx: Tx, visits: readonly Sighted[]): Promise<void> {
  const homes = visits.filter(({ page }) => page?.messages)
  if (homes.length === 0) return
  const all = homes.flatMap(({ siteId, atMs, page }) =>
    (page?.messages ?? []).map(({ name, url }) => ({
      ...{ site_id: siteId, url, name, seen_at: new Date(atMs).toISOString() },
      next_visit_at: new Date(atMs + placeInDay(siteId, name)).toISOString(),
    })),
  )
  const rows = [...new Map(all.map((row) => [`${row.site_id} ${row.name}`, row])).values()]
  if (rows.length > 0) {
    await sql`
      insert into message_column as c (site_id, url, name, seen_at, next_visit_at)
      select site_id, url, name, seen_at, next_visit_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(site_id int, url text, name text, seen_at timestamptz,
        next_visit_at timestamptz)
      on conflict (site_id, name) do update set url = excluded.url, seen_at = greatest(c.seen_at, excluded.seen_at)
    `.execute(tx)
  }
  const first = Math.min(...homes.map(({ atMs }) => atMs))
  await sql`
    delete from message_column where site_id = any(${homes.map(({ siteId }) => siteId)}::int[])
      and seen_at < ${new Date(first - GONE_MS)}
  `.execute(tx)
}

/**
 * Stores what was read of a column's letters. Their titles are words of citizens: numbers in them are covered.
 * @param reading null: it was visited in vain
 */
export async function storeMessages(
  db: Db | Tx,
  { siteId, name }: { readonly siteId: number; readonly name: string },
  reading: MessageReading | null,
  at: Date,
): Promise<void> {
  const today = localDay(at.getTime())
  const waiting = reading?.waiting.map((one) => ({ ...one, title: withoutNumbers(one.title, today, true) }))
  const read = reading && { reading: JSON.stringify({ ...reading, waiting }), read_at: at }
  await db
    .updateTable('message_column')
    .set({ tried_at: at, ...read })
    .where('site_id', '=', siteId)
    .where('name', '=', name)
    .execute()
}

/** A message column as it is stored. */
export interface MessageRow {
  readonly site_id: number
  readonly url: string
  readonly name: string
  readonly seen_at: Date
  readonly read_at: Date | null
  readonly reading: MessageReading | null
}

/** The message columns of sites, as their home pages showed them last. */
export async function messagesOf(db: Db | Tx, siteIds: readonly number[]): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select c.site_id, c.url, c.name, c.seen_at, c.read_at, c.reading from message_column c
    where c.site_id = any(${siteIds}::int[]) and c.seen_at >
      (select max(seen_at) from message_column latest where latest.site_id = c.site_id) - interval '1 day'
    order by c.site_id, c.name`.execute(db)
  return rows
}

/** What is still true of it on a day: what was read too long ago says nothing. */
export function freshReading(
  { reading, read_at }: Pick<MessageRow, 'reading' | 'read_at'>,
  { atMs, today }: { readonly atMs: number; readonly today: string },
): MessageReading | null {
  const isFresh = read_at !== null && atMs - read_at.getTime() <= messageRulesOn(today).freshDays * DAY
  return isFresh ? reading : null
}

/**
 * What the monitor has seen of the letters on sites themselves, as it stands on a day.
 * @returns one entry for each of `siteIds`
 */
export async function messageVerdicts(
  db: Db | Tx,
  siteIds: readonly number[],
  day: { readonly atMs: number; readonly today: string },
): Promise<Map<number, MessagesVerdict>> {
  const columns = new Map<number, { reading: MessageReading | null }[]>(siteIds.map((id) => [id, []]))
  for (const row of await messagesOf(db, siteIds)) {
    columns.get(row.site_id)?.push({ reading: freshReading(row, day) })
  }
  const without = [...columns].flatMap(([id, own]) => (own.length === 0 ? [id] : []))
  // Of a home page that was not seen nothing is known, also not that it leads to no such column.
  for (const id of await unseenHomes(db, without)) columns.get(id)?.push({ reading: null })
  return new Map([...columns].map(([id, own]) => [id, judgeMessages(own, day.today)]))
}

async function unseenHomes(db: Db | Tx, siteIds: readonly number[]): Promise<number[]> {
  if (siteIds.length === 0) return []
  const { rows } = await sql<{ site_id: number }>`
    select site_id from site_state where site_id = any(${siteIds}::int[])
      and (finding is null or finding ->> 'outcome' = 'unreadable')`.execute(db)
  return rows.map(({ site_id }) => site_id)
}
