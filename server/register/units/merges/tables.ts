import type { ColumnType, Generated } from 'kysely'
import type { FieldValues } from '../../../../shared/register/ledger/ledger-rules.ts'
import type { Once } from '../../../base/db/database.ts'

/** What went over with a unit, to be given back as far as nobody has changed it since. */
export interface MovedOfUnit {
  /** Fields of each site as they were and as they became. */
  readonly sites: readonly {
    readonly id: number
    readonly before: FieldValues
    readonly after: FieldValues
  }[]
  /** The units of each account as they were and as they became. */
  readonly accounts: readonly {
    readonly id: number
    readonly before: readonly number[]
    readonly after: readonly number[]
  }[]
  readonly rectifications: readonly number[]
  /** The version of the contacts that the one that stays took over; absent or null: it took none. */
  readonly contacts?: number | null
}

export interface UnitMergeTable {
  id: Generated<number>
  unit_id: Once<number>
  into_id: Once<number>
  at: Once<Date>
  actor_id: Once<number | null>
  actor_name: Once<string>
  reason: Once<string>
  moved: ColumnType<MovedOfUnit, string, never>
  undone_at: Date | null
  undone_by: string | null
}

declare module '../../../base/db/database.ts' {
  interface Database {
    unit_merge: UnitMergeTable
  }
}
