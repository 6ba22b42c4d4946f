import type { ColumnType, Generated } from 'kysely'
import type { Seat } from '../../../../shared/census/rounds/reviews/reviews-rules.ts'
import type { Measured, SheetResult } from '../../../../shared/census/score-sheets/sheets.ts'
import type { Once } from '../../../base/db/database.ts'

/** A look at a site of a round by one person. Submitted, it stays as it is. */
export interface CensusReviewTable {
  id: Generated<number>
  version: Generated<number>
  round_id: Once<number>
  site_id: Once<number>
  seat: Once<Seat>
  reviewer_id: number
  assigned_by: number
  assigned_at: Date
  submitted_at: Date | null
  measured: ColumnType<Measured | null, string | null, string>
  note: Generated<string>
  outcome: SheetResult['outcome'] | null
  points: number | null
  /** Who had it before. */
  former: ColumnType<readonly number[], never, never>
}

declare module '../../../base/db/database.ts' {
  interface Database {
    census_review: CensusReviewTable
  }
}
