import type { Generated } from 'kysely'
import type {
  BrokenLinks,
  LinkKind,
  LinkRule,
  LinkState,
  ScanState,
} from '../../../shared/monitor/links/links.ts'
import type { Json, Once } from '../../base/db/database.ts'
import type { SoftPage } from './soft-404.ts'

/** A deep scan of a site's links; at most one of a site is not done. */
export interface LinkScanTable {
  id: Generated<number>
  site_id: Once<number>
  state: ScanState
  /** Null: it came by the week. */
  requested_by: number | null
  max_depth: number
  max_pages: number
  max_links: number
  delay_ms: number
  /** The pause as it is now: longer after refusals. Null: as it was set. */
  pause_ms: number | null
  /** A look by night: pages and files for the rules, no links for their own sake. It leaves no scan behind. */
  brief: Generated<boolean>
  /** Pages read for links, and links visited. */
  pages: Generated<number>
  checked: Generated<number>
  /** Not everything was looked at: a limit was reached, or a page that led on could not be seen. */
  is_cut: Generated<boolean>
  created_at: Once<Date>
  started_at: Date | null
  finished_at: Date | null
  /** When the next link may be visited; in the future while a worker is at it. */
  next_at: Date
  /** What it found in all; null while it is not done, where it saw nothing, and where what it could not see may ask for an alert. */
  found: Json<BrokenLinks> | null
  /** What the site answers where it has nothing; null: not asked yet. */
  soft404: Json<SoftPage> | null
  /** Links that cannot be judged for that, or as too many could not be seen, by indicator; null: none. */
  unjudged: Json<Readonly<Partial<Record<LinkRule, number>>>> | null
  /** When its broken links are to be visited once more, and when they were last. */
  recheck_at: Date | null
  rechecked_at: Date | null
  version: Generated<number>
}

/** A link of a scan: first the frontier, in the end the finding. */
export interface LinkTargetTable {
  id: Generated<number>
  scan_id: Once<number>
  url_hash: Once<string>
  url: Once<string>
  /** What it has in common with addresses made by the same template. */
  shape: Once<string>
  kind: LinkKind
  /** On the site's own host. */
  is_inside: boolean
  depth: number
  on_home: boolean
  /** Empty: no page, as far as is known. It is visited for what was found on it. */
  found_on: string
  found_text: string
  visits: Generated<number>
  /** Visits answered by 404 or 410. */
  gone: Generated<number>
  next_at: Date
  status: number | null
  cause: string | null
  state: Generated<LinkState>
}

declare module '../../base/db/database.ts' {
  interface Database {
    link_scan: LinkScanTable
    link_target: LinkTargetTable
  }
}
