import type { ColumnType, Generated } from 'kysely'
import type { HandoverSummary } from '../../../shared/desk/duty/duty.ts'
import type { Once } from '../../base/db/database.ts'

/** One person's turn of duty at a district's desk, or with null the city's. */
export interface DutyShiftTable {
  id: Generated<number>
  district: string | null
  user_id: number
  starts_at: Date
  ends_at: Date
  version: Generated<number>
}

export interface DutyHandoverTable {
  id: Generated<number>
  district: Once<string | null>
  author_id: Once<number>
  at: Once<Date>
  text: Once<string>
  summary: ColumnType<HandoverSummary | null, string | null, never>
  signed_by: number | null
  signed_at: Date | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    duty_shift: DutyShiftTable
    duty_handover: DutyHandoverTable
  }
}
