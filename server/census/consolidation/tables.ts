import type { ColumnType, Generated } from 'kysely'
import type { MoveProof, MoveState } from '../../../shared/census/consolidation/consolidation.ts'
import type { Once } from '../../base/db/database.ts'

/** What is said of a platform, by the name that the register has of it. */
export interface PlatformTable {
  name: Once<string>
  version: Generated<number>
  unit_id: number | null
  address: string | null
  note: string
  is_shared: boolean | null
}

/** That a site is to move to a platform; days as YYYY-MM-DD. */
export interface SiteMoveTable {
  id: Generated<number>
  version: Generated<number>
  site_id: Once<number>
  from_platform: Once<string | null>
  to_platform: Once<string>
  planned_on: Once<string>
  done_on: string | null
  state: MoveState
  note: string
  /** What the monitor had seen of it when it was said to be done. */
  seen: ColumnType<MoveProof | null, string | null, string | null>
  planned_by: Once<number>
  planned_at: Once<Date>
  settled_by: number | null
  settled_at: Date | null
}

/** How far a district was at the end of a day. */
export interface ConsolidationDayTable {
  day: Once<string>
  district: Once<string>
  sites: number
  shared: number
  alone: number
  kept_at: Date
  demo: boolean
}

declare module '../../base/db/database.ts' {
  interface Database {
    platform: PlatformTable
    site_move: SiteMoveTable
    consolidation_day: ConsolidationDayTable
  }
}
