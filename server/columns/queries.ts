import { sql } from 'kysely'
import type { ColumnClass } from '../../shared/columns.ts'
import type { Db } from '../db/database.ts'

/** A column whose own page is to be read. */
export interface DueColumn {
  id: number
  url: string
  siteUrl: string
  demo: boolean
}

/**
 * Claims columns whose turn has come and sets their next turn a day later. Sites under filed downtime, that are
 * down, or whose column has gone from the home page, are let be.
 */
export async function claimDueColumn(db: Db, now: Date, limit: number): Promise<DueColumn[]> {
  const { rows } = await sql<DueColumn>`
    with due as (
      select c.id from site_column c
      join site on site.id = c.site_id join site_state state on state.site_id = c.site_id
      where c.next_visit_at <= ${now} and c.url is not null and c.seen_at > ${now}::timestamptz - interval '2 days'
        and state.availability = 'up'
        and (site.pause_reason is null or (site.paused_until is not null and site.paused_until <= ${now}))
      order by c.next_visit_at
      limit ${limit}
      for update of c skip locked
    )
    update site_column c
    set next_visit_at = c.next_visit_at + interval '1 day' * ceil(extract(epoch from ${now}::timestamptz - c.next_visit_at) / 86400 + 0.001)
    from due, site where c.id = due.id and site.id = c.site_id
    returning c.id, c.url, site.url as "siteUrl", site.demo
  `.execute(db)
  return rows
}

/** What a column's own page lists. */
export interface ListMeasure {
  readonly items: number
  /** Newest first. */
  readonly dates: readonly string[]
}

/** Stores what a column's own page lists, and counts the readings running at which it listed nothing. */
export async function storeList(db: Db, id: number, { items, dates }: ListMeasure, at: Date): Promise<void> {
  await sql`
    update site_column set list_items = ${items}, list_dates = ${JSON.stringify(dates)}::jsonb, list_read_at = ${at},
      blank_runs = case when ${items}::int = 0 then blank_runs + 1 else 0 end
    where id = ${id}
  `.execute(db)
}

/** A column as it is stored. */
export interface ColumnRow {
  id: number
  name: string
  url: string | null
  class: ColumnClass
  confirmed_by: number | null
  confirmed_name: string | null
  seen_at: Date
  home_items: number | null
  home_dates: string[] | null
  list_items: number | null
  list_dates: string[] | null
  list_read_at: Date | null
  blank_runs: number
  next_visit_at: Date | null
}

/** The columns that a site's home page showed within the day before it was last read, in the order they came. */
export async function columnsOf(db: Db, siteId: number): Promise<ColumnRow[]> {
  const { rows } = await sql<ColumnRow>`
    select c.id, c.name, c.url, c.class, c.confirmed_by, person.name as confirmed_name, c.seen_at, c.home_items,
      c.home_dates, c.list_items, c.list_dates, c.list_read_at, c.blank_runs, c.next_visit_at
    from site_column c left join user_account person on person.id = c.confirmed_by
    where c.site_id = ${siteId}
      and c.seen_at > (select max(seen_at) from site_column where site_id = ${siteId}) - interval '1 day'
    order by c.id
  `.execute(db)
  return rows
}

/** Sets the class of a column, confirmed by a person. @returns false when the site has no such column. */
export async function setClass(
  db: Db,
  at: { siteId: number; columnId: number },
  to: { class: ColumnClass; by: number; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('site_column')
    .set({ class: to.class, confirmed_by: to.by, confirmed_at: to.now })
    .where('id', '=', at.columnId)
    .where('site_id', '=', at.siteId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
