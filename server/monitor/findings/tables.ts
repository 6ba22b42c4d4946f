import type { RewrittenItem } from '../../../shared/monitor/findings/findings.ts'
import type { Json } from '../../base/db/database.ts'

/** An item that was seen on a site's home page, by link and title, whenever that was. */
export interface SiteItemTable {
  site_id: number
  key: string
  /** local day on which it was first seen, and the date that it bore then. */
  first_day: string
  first_date: string | null
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
  }
}
