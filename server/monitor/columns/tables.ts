import type { Generated } from 'kysely'
import type { ColumnClass } from '../../../shared/monitor/columns/columns.ts'
import type { Json } from '../../base/db/database.ts'

/** A column of a site, as its home page (`home_`) and its own page (`list_`) showed it last. */
export interface SiteColumnTable {
  id: Generated<number>
  site_id: number
  name: string
  url: string | null
  class: ColumnClass
  confirmed_by: number | null
  confirmed_at: Date | null
  seen_at: Date
  home_items: number | null
  /** Dates of its items, newest first. */
  home_dates: Json<string[]> | null
  list_items: number | null
  list_dates: Json<string[]> | null
  list_read_at: Date | null
  /** When its own page was visited last, whether or not that could be read. */
  list_tried_at: Date | null
  /** Readings of its own page without any item, running. */
  blank_runs: Generated<number>
  /** When its own page is to be read; null: it has none that may be. */
  next_visit_at: Date | null
  /** When its own page was drawn by a browser last. */
  drawn_at: Generated<Date | null>
  /** When what it is known to list was drawn, be it in part; null, or before that was read: its server sent it. */
  list_drawn_at: Generated<Date | null>
}

declare module '../../base/db/database.ts' {
  interface Database {
    site_column: SiteColumnTable
  }
}
