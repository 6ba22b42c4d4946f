import type { ColumnType, Generated } from 'kysely'
import type { PauseKind, PauseRepeat, PauseState } from '../../../shared/desk/pauses/pauses.ts'
import type { Once } from '../../base/db/database.ts'

/** Downtime that was filed ahead; it covers the sites that have all of what is not null. */
export interface PausePlanTable {
  id: Generated<number>
  kind: Once<PauseKind>
  site_id: Once<number | null>
  unit_id: Once<number | null>
  district: Once<string | null>
  platform: Once<string | null>
  from_at: Date
  to_at: Date
  repeat: ColumnType<PauseRepeat | null, string | null, string | null>
  /** End of its last window. */
  ends_at: Date
  reason: string
  state: PauseState
  filed_by: Once<number>
  filed_at: Once<Date>
  decided_by: number | null
  decided_at: Date | null
  answer: Generated<string>
  /** Beginning of the window that is being carried out. */
  window_from: Date | null
  version: Generated<number>
}

declare module '../../base/db/database.ts' {
  interface Database {
    pause_plan: PausePlanTable
  }
}
