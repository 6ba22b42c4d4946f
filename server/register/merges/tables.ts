import type { ColumnType, Generated } from 'kysely'
import type { Lifecycle } from '../../../shared/register/sites/sites-rules.ts'
import type { Once } from '../../base/db/database.ts'
import type { Moved } from './moved.ts'

/** What a site was before it was merged. */
export interface Was {
  readonly lifecycle: Lifecycle
  readonly lifecycleUntil: string | null
  readonly pauseReason: string | null
  readonly pausedUntil: string | null
  /** What was open of it and went over; merges of before that was done have none. */
  readonly moved?: Moved
}

export interface SiteMergeTable {
  id: Generated<number>
  site_id: Once<number>
  into_id: Once<number>
  at: Once<Date>
  actor_id: Once<number | null>
  actor_name: Once<string>
  reason: Once<string>
  was: ColumnType<Was, string, never>
  site_version: Once<number>
  into_version: Once<number>
  undone_at: Date | null
  undone_by: string | null
}

export interface SiteSplitTable {
  site_id: Once<number>
  from_id: Once<number>
  at: Once<Date>
  actor_name: Once<string>
  reason: Once<string>
}

declare module '../../base/db/database.ts' {
  interface Database {
    site_merge: SiteMergeTable
    site_split: SiteSplitTable
  }
}
