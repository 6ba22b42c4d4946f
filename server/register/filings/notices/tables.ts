import type { Once } from '../../../base/db/database.ts'

/** What the monitor has seen of the notice that a site closes or moves; no row: the page was not read since. */
export interface FilingNoticeTable {
  filing_id: Once<number>
  looked_at: Date
  /** Since when it has stood there, when it was read last, the first reading after that without it. */
  since: Date | null
  last_at: Date | null
  missing_at: Date | null
  /** How the page says it, and the day that it names (YYYY-MM-DD). */
  text: string | null
  says_on: string | null
  /** How many days it had stood when the site went. */
  days_at_end: number | null
}

declare module '../../../base/db/database.ts' {
  interface Database {
    filing_notice: FilingNoticeTable
  }
}
