import type { Generated } from 'kysely'
import type { AsideKind } from '../../../shared/base/aside/aside.ts'
import type { Once } from '../db/database.ts'

/** What cannot be done however often it is tried (`shared/desk/aside/aside.ts`). */
export interface SetAsideTable {
  id: Generated<number>
  kind: Once<AsideKind>
  ref: Once<string>
  site_id: Once<number | null>
  first_at: Once<Date>
  at: Date
  times: Generated<number>
  error: string
  code: string | null
  data: string | null
  ended_at: Generated<Date | null>
  /** Null when it ended by itself. */
  ended_by: Generated<number | null>
}

declare module '../db/database.ts' {
  interface Database {
    set_aside: SetAsideTable
  }
}
