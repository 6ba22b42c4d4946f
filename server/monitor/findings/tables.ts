import type { Generated } from 'kysely'
import type { DoubtKind } from '../../../shared/monitor/findings/doubts.ts'
import type { RewrittenItem } from '../../../shared/monitor/findings/findings.ts'
import type { Json } from '../../base/db/database.ts'

/** An item that was seen on a site's home page, by link and title, whenever that was. */
export interface SiteItemTable {
  site_id: number
  key: string
  /** local day on which it was first seen, and the date that it bore then. */
  first_day: string
  first_date: string | null
  /** The year of that date was a guess; null: that was not noted. */
  first_guessed: Generated<boolean | null>
}

/** The second signal of a site: items that were never seen before. */
export interface SiteNewsTable {
  site_id: number
  /** local day since which items are remembered. */
  since: string
  new_day: string | null
  new_count: number
  new_titles: Json<string[]>
  rewritten: Json<RewrittenItem[]>
  /** Items remembered. */
  items: number
}

/** The lists of a site's home page as they were read last: the keys of their items in their order. */
export interface SiteListsTable {
  site_id: number
  /** local day of that reading. */
  day: string
  lists: Json<{ readonly name: string; readonly keys: readonly string[] }[]>
}

/** An item whose date contradicts what memory saw of it. */
export interface DateDoubtTable {
  site_id: number
  key: string
  kind: DoubtKind
  title: string
  url: string | null
  claimed: string
  first_day: string
  first_date: string | null
  /** The last look at which it was not there. */
  absent_day: string | null
  seen_day: string
  last_day: string
  /** How often it has claimed another date since. */
  moves: Generated<number>
}

/** What a person found out about how fresh a site is. */
export interface SiteSaidTable {
  site_id: number
  said_by: number
  said_at: Date
  /** local day of the newest item; null: it shows none. */
  updated_on: string | null
  note: string
  /** What the monitor had found by then. */
  machine_newest: string | null
  expires_at: Date
}

declare module '../../base/db/database.ts' {
  interface Database {
    site_item: SiteItemTable
    site_news: SiteNewsTable
    site_said: SiteSaidTable
    site_lists: SiteListsTable
    date_doubt: DateDoubtTable
  }
}
