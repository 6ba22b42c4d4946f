import type { Generated } from 'kysely'
import type { ColumnCounts } from '../../../shared/monitor/columns/columns.ts'
import type { Shown } from '../../../shared/monitor/freshness/evidence.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import type { Availability, SiteState, Verdict } from '../../../shared/register/sites/states.ts'
import type { Json } from '../../base/db/database.ts'

/** What the monitor knows of a site now; one row a site, changed by the record step only (and `next_visit_at`). */
export interface SiteStateTable {
  site_id: number
  state: SiteState
  state_since: Date
  availability: Availability
  cause: string | null
  since: Date
  v1: Verdict
  share: number | null
  /** When V1 was last counted. */
  v1_at: Date | null
  v2: Verdict
  v3: Generated<Verdict>
  v3_counts: Json<ColumnCounts> | null
  /** When V3 was judged last; null: something of its columns was seen since. */
  v3_at: Date | null
  newest: string | null
  fail_streak: number
  ok_streak: number
  next_visit_at: Date
  /** When the last turn was that counts among the spaced ones; others lie between while something tightens its visits. */
  spaced_at: Generated<Date | null>
  last_visit_at: Date | null
  last_ok_at: Date | null
  latency_ms: number | null
  status: number | null
  body_hash: string | null
  etag: string | null
  last_modified: string | null
  cert_days_left: number | null
  /** Where the site answered last. */
  address: string | null
  /** Fingerprint of the certificate that it showed last. */
  certificate: string | null
  /** The last 21 spaced visits as bits, the newest lowest, 1 for a failure (`shared/monitor/verdicts/flapping.ts`). */
  flap_history: Generated<number>
  flapping: Generated<boolean>
  /** The page is read again even if its bytes are the same. */
  read_again: boolean
  /** The `moved_at` of the site that its last turn knew of; another: what was kept is of another address. */
  moved_at: Generated<Date | null>
  /** The last reading of the home page, and when it was made, or the page was seen to be as it was. */
  finding: Json<Finding> | null
  finding_at: Date | null
  /** When the page that the server sends was read in full last, and by which version of the reader; null: not since that is noted. */
  read_at: Generated<Date | null>
  read_by: Generated<number | null>
  /** By what the page is known again that was read last; null: it is not compared. */
  page_print: Generated<string | null>
  /** What was found on it may be something else on another day. */
  goes_with_day: Generated<boolean>
  /** What the last page kept of the site shows; null when none was kept yet. */
  kept: Shown | null
  /** The first turn taken of which nothing is recorded yet; null: nothing is waited for. */
  waiting_since: Generated<Date | null>
  /** Good visits of the same day before then at which nothing was read change nothing; null: each is judged in full. */
  quiet_until: Generated<Date | null>
  /** The rules by which that is so (`rulesKey`). */
  quiet_by: Generated<string | null>
}

declare module '../../base/db/database.ts' {
  interface Database {
    site_state: SiteStateTable
  }
}
