import type { ColumnType, Generated } from 'kysely'
import type { FieldValues } from '../../../shared/register/ledger/ledger-rules.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Lifecycle } from '../../../shared/register/sites/sites-rules.ts'
import type { Once } from '../../base/db/database.ts'

export interface DistrictTable {
  code: string
  name: string
  name_en: string
  position: number
}

export interface SiteTable {
  /** Name, code and address in small letters, for a search; the database makes it. */
  searched: ColumnType<string, never, never>
  id: Generated<number>
  code: string
  name: string
  url: string
  level: Level
  /** The group that it is shown in. */
  district: string
  /** Where it belongs by its code or the register: the group's own division, or one below. */
  division: string | null
  unit_id: number
  /** What it is hosted on; sites of one platform fail together. */
  platform: string | null
  /** Overrides the configured interval. */
  interval_s: number | null
  /** True for the demo fleet's, which alone may be visited on loopback. */
  demo: Generated<boolean>
  /** Filed downtime or closure: nothing counts until then. Null `paused_until` with a reason: for good. */
  paused_until: Date | null
  pause_reason: string | null
  /** The plan that pauses it now; null when it is paused by hand, or not. */
  pause_plan_id: number | null
  /** What the register says of it besides, by the keys of `shared/register/ledger/fields.json`; nothing is null. */
  profile: ColumnType<FieldValues, string | undefined, string>
  /** What was filed of it and approved; its last day as that, where there is one. */
  lifecycle: Generated<Lifecycle>
  lifecycle_until: string | null
  /** The site that it is, since it was merged into it. */
  merged_into: number | null
  /** Counts the changes of what the register says. */
  version: Generated<number>
  /** When it was last resumed by hand: windows that had begun by then are over for it. */
  resumed_at: Date | null
  created_at: Once<Date>
  /** When its address became another. */
  moved_at: Generated<Date | null>
}

declare module '../../base/db/database.ts' {
  interface Database {
    district: DistrictTable
    site: SiteTable
  }
}
