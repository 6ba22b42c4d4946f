import type { ColumnType, Generated } from 'kysely'
import type { ClosingReport } from '../../../../shared/census/rounds/guards/guards.ts'
import type { Once } from '../../../base/db/database.ts'

/** What a round of the kind `guard` is about. */
export interface CensusGuardTable {
  round_id: number
  name: Once<string>
  /** As YYYY-MM-DD. */
  from_on: Once<string>
  to_on: Once<string>
  districts: Once<string[]>
  site_ids: Once<number[]>
  every_s: number | null
  hours: Once<string[]>
  grace_min: Once<number>
  report: ColumnType<ClosingReport | null, string | null, string>
}

/** What a unit or, without one, a district says at a fixed hour of a guarded period. */
export interface CensusZeroReportTable {
  id: Generated<number>
  version: Generated<number>
  round_id: Once<number>
  district: Once<string>
  unit_id: Once<number | null>
  unit_name: Once<string | null>
  due_at: Once<Date>
  /** Null while nobody has signed; '': nothing happened. */
  happened: string | null
  signed_by: number | null
  signed_at: Date | null
  signature: string | null
}

declare module '../../../base/db/database.ts' {
  interface Database {
    census_guard: CensusGuardTable
    census_zero_report: CensusZeroReportTable
  }
}
