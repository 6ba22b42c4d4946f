import type { ColumnType, Generated } from 'kysely'
import type { Once } from '../../base/db/database.ts'

export interface AuditTable {
  id: Generated<number>
  at: Once<Date>
  actor_id: Once<number | null>
  actor_name: Once<string | null>
  action: Once<string>
  entity: Once<string>
  entity_id: Once<number | null>
  detail: ColumnType<Record<string, unknown>, string, never>
}

declare module '../../base/db/database.ts' {
  interface Database {
    audit: AuditTable
  }
}
