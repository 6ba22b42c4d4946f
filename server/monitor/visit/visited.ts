import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import type { VisitResult } from '../../../shared/monitor/visit/probes.ts'
import type { NoticeFound } from '../../register/filings/notices/follow.ts'
import type { CarriedPage } from './carried.ts'
import type { PageSeen } from './reading/page-seen.ts'

/** Where a page really was that a browser drew, and what that took. */
export interface DrawnPage {
  readonly url: string
  readonly tookMs: number
  readonly requests: number
  readonly bytes: number
}

/** A visit that has been made and is to be recorded. */
export interface Visited {
  readonly siteId: number
  readonly atMs: number
  readonly result: VisitResult
  /** A confirmation, a visit that somebody asked for, or one of a tightened interval: not one of the spaced ones. */
  readonly extra: boolean
  readonly lineInDoubt: boolean
  /** A miss that other places contradict: more than half of all that looked reach the site. It is held against nobody. */
  readonly reachedElsewhere?: true
  /** At least half of all places that looked do not reach a site that this one reaches. */
  readonly missedElsewhere?: true
  /** This is no visit: it is what was read, later on, of the page that the visit at `atMs` brought. */
  readonly isReading?: true
  /** And of the page as a browser drew it, at `atMs`: what is known of the bytes that the server sent stays. */
  readonly drawn?: DrawnPage
  /** What the reader found, when the page was read. */
  readonly finding: Finding | null
  /** By what the page is known again, and whether what was found may be something else on another day. */
  readonly print?: string | null
  readonly goesWithDay?: boolean
  /** What else stood on the page then: its items and columns. */
  readonly page?: PageSeen | null
  /** The notice that the site goes, where it was looked for. */
  readonly notice?: NoticeFound | null
  /** The page itself, when it may have to be kept as proof. */
  readonly copy?: CarriedPage | null
}
