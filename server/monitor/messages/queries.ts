import { sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import {
  judgeMessages,
  type MessageReading,
  type MessagesVerdict,
  messageRulesOn,
} from '../../../shared/monitor/messages/messages-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { placeInDay } from '../columns/store.ts'
import type { MessageSighting } from './find.ts'
import './tables.ts'

interface Sighted {
  readonly siteId: number
  readonly atMs: number
  readonly page?: { readonly messages?: readonly MessageSighting[] } | null
}

/** Keeps the message columns that home pages led to at these visits; the letters of each come to their turn within a day. */
export async function storeMessageColumns(tx: Tx, visits: readonly Sighted[]): Promise<void> {
  const rows = visits.flatMap(({ siteId, atMs, page }) =>
    (page?.messages ?? []).map(({ name, url }) => ({
      ...{ site_id: siteId, url, name, seen_at: new Date(atMs).toISOString() },
      next_visit_at: new Date(atMs + placeInDay(siteId, name)).toISOString(),
    })),
  )
  if (rows.length === 0) return
  await sql`
    insert into site_messages as c (site_id, url, name, seen_at, next_visit_at)
    select distinct on (site_id, url) site_id, url, name, seen_at, next_visit_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(site_id int, url text, name text, seen_at timestamptz,
      next_visit_at timestamptz)
    order by site_id, url, seen_at desc
    on conflict (site_id, url) do update set name = excluded.name, seen_at = greatest(c.seen_at, excluded.seen_at)
  `.execute(tx)
}

/** A message column whose letters are to be read. */
export interface DueMessages {
  readonly siteId: number
  readonly url: string
  readonly siteUrl: string
  readonly demo: boolean
}

/** Claims message columns as `claimDueColumn` claims others: of sites that are up and not paused, each once a day. */
export async function claimDueMessages(db: Db, now: Date, limit: number): Promise<DueMessages[]> {
  const { rows } = await sql<DueMessages>`
    with due as (
      select c.site_id, c.url from site_messages c
      join site on site.id = c.site_id join site_state state on state.site_id = c.site_id
      where c.next_visit_at <= ${now} and c.seen_at > ${now}::timestamptz - interval '2 days'
        and state.availability = 'up'
        and (site.pause_reason is null or (site.paused_until is not null and site.paused_until <= ${now}))
      order by c.next_visit_at
      limit ${limit}
      for update of c skip locked
    )
    update site_messages c
    set next_visit_at = c.next_visit_at + interval '1 day' * ceil(extract(epoch from ${now}::timestamptz - c.next_visit_at) / 86400 + 0.001)
    from due, site where c.site_id = due.site_id and c.url = due.url and site.id = c.site_id
    returning c.site_id as "siteId", c.url, site.url as "siteUrl", site.demo
  `.execute(db)
  return rows
}

/** Stores what was read of a column's letters. @param reading null: it was visited in vain */
export async function storeMessages(
  db: Db,
  { siteId, url }: Pick<DueMessages, 'siteId' | 'url'>,
  reading: MessageReading | null,
  at: Date,
): Promise<void> {
  const read = reading && { reading: JSON.stringify(reading), read_at: at }
  await db
    .updateTable('site_messages')
    .set({ tried_at: at, ...read })
    .where('site_id', '=', siteId)
    .where('url', '=', url)
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
export async function messagesOf(db: Db, siteIds: readonly number[]): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select c.site_id, c.url, c.name, c.seen_at, c.read_at, c.reading from site_messages c
    where c.site_id = any(${siteIds}::int[]) and c.seen_at >
      (select max(seen_at) from site_messages latest where latest.site_id = c.site_id) - interval '1 day'
    order by c.site_id, c.name, c.url`.execute(db)
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
  db: Db,
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

async function unseenHomes(db: Db, siteIds: readonly number[]): Promise<number[]> {
  if (siteIds.length === 0) return []
  const { rows } = await sql<{ site_id: number }>`
    select site_id from site_state where site_id = any(${siteIds}::int[])
      and (finding is null or finding ->> 'outcome' = 'unreadable')`.execute(db)
  return rows.map(({ site_id }) => site_id)
}
