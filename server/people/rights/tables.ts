import type { ColumnType, Generated } from 'kysely'
import type { Once } from '../../base/db/database.ts'

export interface ApiTokenTable {
  id: Generated<number>
  user_id: number
  label: string
  token_hash: string
  /** It may look, and change nothing. */
  read_only: Generated<boolean>
  /** Narrower than its person's scope; with neither it is that scope. Columns as an account's. */
  district: ColumnType<never, string | null, string | null>
  unit_id: ColumnType<never, number | null, number | null>
  more_districts: ColumnType<never, string[] | undefined, string[]>
  more_unit_ids: ColumnType<never, number[] | undefined, number[]>
  districts: ColumnType<string[], never, never>
  unit_ids: ColumnType<number[], never, never>
  created_at: Once<Date>
  expires_at: Date | null
  revoked_at: Date | null
  last_used_at: Date | null
}

export interface WallLinkTable {
  id: Generated<number>
  label: string
  token_hash: string
  created_by: number
  created_at: Once<Date>
  revoked_at: Date | null
  last_used_at: Date | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    api_token: ApiTokenTable
    wall_link: WallLinkTable
  }
}
