import type { Generated } from 'kysely'
import type { QualityError, QualityPlace } from '../../../shared/monitor/quality/quality-rules.ts'

/** What was counted of a rule at one place in the night that ended on a local day. */
export interface QualityNightTable {
  night: string
  place: QualityPlace
  rule: string
  /** Of the rule, if it has any. */
  version: Generated<number | null>
  planted: number
  found: number
  clean: number
  wrong: number
  unmeasured: number
  /** Seconds from the beginning of a fault until it was told of; null: nothing was found. */
  median_s: number | null
  slowest_s: number | null
  counted_at: Date
  demo: Generated<boolean>
}

/** Something that was missed, or told of wrongly. */
export interface QualityCaseTable {
  id: Generated<number>
  night: string
  place: QualityPlace
  rule: string
  error: QualityError
  /** The way in which the page had a fault, or looked like it. */
  what: string
  /** Of the fleet. */
  site_id: number | null
  /** Of the test site. */
  page: string | null
  from_at: Date
  to_at: Date
  demo: Generated<boolean>
}

/** What the monitor said of a page of the test site at one look; gone once the night is counted. */
export interface QualityLookTable {
  night: string
  slot: number
  rule: string
  at: Date
  outcome: LookedOutcome
}

export type LookedOutcome = 'found' | 'clear' | 'unmeasured'

declare module '../../base/db/database.ts' {
  interface Database {
    quality_night: QualityNightTable
    quality_case: QualityCaseTable
    quality_look: QualityLookTable
  }
}
