import type { ColumnType, Generated } from 'kysely'
import type { ContactKind } from '../../../shared/register/units/units.ts'

export interface UnitTable {
  id: Generated<number>
  name: string
  /** What a search looks through: the name in small letters. */
  searched: ColumnType<string, never, never>
  district: string
  /** Counts how often its contacts were changed. */
  contacts_version: Generated<number>
  /** It became one with that, on that day (YYYY-MM-DD). */
  merged_into: Generated<number | null>
  retired_on: Generated<string | null>
}

/** Whom to ring at a unit. */
export interface UnitContactTable {
  id: Generated<number>
  unit_id: number
  kind: ContactKind
  position: number
  name: string
  post: string
  phone: string
  mobile: string
  mail: string
}

declare module '../../base/db/database.ts' {
  interface Database {
    unit: UnitTable
    unit_contact: UnitContactTable
  }
}
