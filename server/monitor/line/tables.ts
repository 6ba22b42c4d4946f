import type { LineMeasured, NoLineFor } from '../../../shared/monitor/line/line-rules.ts'
import type { Json } from '../../base/db/database.ts'

/** What the last look at the line of a site brought. */
export interface SiteLineTable {
  site_id: number
  /** When it is looked at next. */
  next_at: Date
  /** Null: nobody has looked yet. */
  at: Date | null
  measured: Json<LineMeasured> | null
  /** Why there is nothing to say. */
  reason: NoLineFor | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    site_line: SiteLineTable
  }
}
