import type { ColumnType, Generated } from 'kysely'
import type { Answers, Figures } from '../../../../shared/census/rounds/submissions/submissions.ts'
import type { SubmissionState } from '../../../../shared/census/rounds/submissions/submissions-rules.ts'
import type { Once } from '../../../base/db/database.ts'

/** What a unit or, without one, a district hands in for a round. */
export interface CensusSubmissionTable {
  id: Generated<number>
  version: Generated<number>
  round_id: Once<number>
  district: Once<string>
  unit_id: Once<number | null>
  /** As it was when the round was opened. */
  unit_name: Once<string | null>
  state: SubmissionState
  answers: ColumnType<Answers | null, string | null, string>
  /** Those of the day on which it was handed in. */
  figures: ColumnType<Figures | null, string | null, string>
  /** When it was handed in for the first time, whatever was returned since. */
  first_at: Date | null
  handed_in_by: number | null
  handed_in_at: Date | null
  signature: string | null
  decided_by: number | null
  decided_at: Date | null
  decided_note: string | null
}

declare module '../../../base/db/database.ts' {
  interface Database {
    census_submission: CensusSubmissionTable
  }
}
