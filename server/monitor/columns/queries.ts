import { type RawBuilder, sql } from 'kysely'
import type { ColumnClass } from '../../../shared/monitor/columns/columns.ts'
import { RENDERING, type RenderReason } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'

/** What a column's own page lists. */
export interface ListMeasure {
  readonly items: number
  /** Newest first. */
  readonly dates: readonly string[]
}

/** SQL of a reading of a column's own page. */
export interface ReadingSql {
  readonly items: RawBuilder<unknown>
  /** JSON, newest first. */
  readonly dates: RawBuilder<unknown>
  readonly at: RawBuilder<unknown>
  readonly isDrawn: boolean
}

/**
 * SQL: whether what a column `c` is known to list stands against another reading of its own page. Of what its server sends and what a
 * browser draws the newer counts, and then the fuller, for as long as a drawn reading stands; of two that were sent, the last.
 */
export const standsAgainst = ({ items, dates, at, isDrawn }: ReadingSql) => sql<boolean>`(
  c.list_read_at > ${at} - ${STANDS} and (${isDrawn}::boolean or greatest(c.drawn_at, c.list_drawn_at) > ${at} - ${STANDS})
  and (coalesce(c.list_dates->>0, ''), c.list_items) > (coalesce(${dates}->>0, ''), ${items}))`

const STANDS = sql`make_interval(hours => ${sql.lit(RENDERING.standsHours)})`

/**
 * Stores what a column's own page lists, unless what is known of it stands, and counts the readings running at which it listed nothing.
 * The site's columns are judged anew at its next visit; its state is locked first, as the monitor does.
 * @param measure null: the page was visited in vain.
 */
export async function storeList(
  db: Db,
  { id, siteId }: { readonly id: number; readonly siteId: number },
  measure: ListMeasure | null,
  at: Date,
  { isDrawn } = { isDrawn: false },
): Promise<void> {
  if (measure === null) {
    await db.updateTable('site_column').set({ list_tried_at: at }).where('id', '=', id).execute()
    return
  }
  const reading = {
    items: sql`${measure.items}::int`,
    dates: sql`${JSON.stringify(measure.dates)}::jsonb`,
    at: sql`${at}::timestamptz`,
  }
  const stands = standsAgainst({ ...reading, isDrawn })
  await db.transaction().execute(async (tx) => {
    await judgeSoon(tx, siteId)
    await sql`update site_column set list_tried_at = ${at} where id = ${id}`.execute(tx)
    await sql`
      update site_column c set list_items = ${reading.items}, list_dates = ${reading.dates}, list_read_at = ${at},
        list_drawn_at = case when ${isDrawn}::boolean then ${at} else c.list_drawn_at end,
        blank_runs = case when ${reading.items} = 0 then blank_runs + 1 else 0 end
      where id = ${id} and ${stands} is not true
    `.execute(tx)
  })
}

/** Has the columns of a site judged anew at its next visit. */
export async function judgeSoon(tx: Tx, siteId: number): Promise<void> {
  await tx.updateTable('site_state').set({ v3_at: null }).where('site_id', '=', siteId).execute()
}

/** Has the own pages of a site's columns visited now, one after the other, and its columns judged anew after that. */
export async function readColumnsSoon(tx: Tx, siteId: number, now: Date): Promise<void> {
  await tx
    .updateTable('site_column')
    .set({ next_visit_at: now })
    .where('site_id', '=', siteId)
    .where('next_visit_at', 'is not', null)
    .execute()
}

/** What a column is judged by. */
export interface MeasureRow {
  id: number
  site_id: number
  url: string | null
  class: ColumnClass
  home_items: number | null
  home_newest: string | null
  list_items: number | null
  list_newest: string | null
  list_read_at: Date | null
  blank_runs: number
  next_visit_at: Date | null
  drawn_at: Date | null
}

/** A column as it is stored. */
export interface ColumnRow extends MeasureRow {
  name: string
  confirmed_by: number | null
  confirmed_name: string | null
  seen_at: Date
  home_dates: string[] | null
  list_dates: string[] | null
  undrawn_at: Date | null
  undrawn_reason: RenderReason | null
}

/** SQL: what a column `c` is judged by. */
export const MEASURES = sql`c.id, c.site_id, c.url, c.class, c.home_items, c.home_dates->>0 as home_newest, c.list_items,
  c.list_dates->>0 as list_newest, c.list_read_at, c.blank_runs, c.next_visit_at, c.drawn_at`

/** SQL: of the columns `c`, those that the home page showed within the day before it was last read. */
export const isShown = sql<boolean>`c.seen_at >
  (select max(seen_at) from site_column latest where latest.site_id = c.site_id) - interval '1 day'`

/** What the columns of these sites are judged by. */
export async function measuresOf(db: Db, siteIds: readonly number[]): Promise<MeasureRow[]> {
  const { rows } = await sql<MeasureRow>`
    select ${MEASURES} from site_column c where c.site_id = any(${siteIds}::int[]) and ${isShown} order by c.id
  `.execute(db)
  return rows
}

/** The columns that a site's home page showed within the day before it was last read, in the order they came. */
export async function columnsOf(db: Db, siteId: number): Promise<ColumnRow[]> {
  const { rows } = await sql<ColumnRow>`
    select ${MEASURES}, c.name, c.confirmed_by, person.name as confirmed_name, c.seen_at, c.home_dates, c.list_dates,
      undrawn.at as undrawn_at, undrawn.reason as undrawn_reason
    from site_column c left join user_account person on person.id = c.confirmed_by
    left join lateral (
      select o.done_at as at, o.reason from render_order o
      where o.site_id = c.site_id and o.purpose = 'reading' and o.ref = 'column ' || c.id and o.done_at is not null
      order by o.asked_at desc limit 1
    ) undrawn on undrawn.reason is not null and (c.drawn_at is null or c.drawn_at < undrawn.at)
    where c.site_id = ${siteId} and ${isShown}
    order by c.id
  `.execute(db)
  return rows
}

/** Sets the class of a column, confirmed by a person; its site is judged by it at the next visit. @returns false when the site has no such column. */
export async function setClass(
  tx: Tx,
  at: { siteId: number; columnId: number },
  to: { class: ColumnClass; by: number; now: Date },
): Promise<boolean> {
  await judgeSoon(tx, at.siteId)
  const { numUpdatedRows } = await tx
    .updateTable('site_column')
    .set({ class: to.class, confirmed_by: to.by, confirmed_at: to.now })
    .where('id', '=', at.columnId)
    .where('site_id', '=', at.siteId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
