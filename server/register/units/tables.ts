import type { Generated } from 'kysely'
import type { ContactKind } from '../../../shared/register/units/units.ts'

export interface UnitTable {
  id: Generated<number>
  name: string
  district: string
  /** Counts how often its contacts were changed. */
  contacts_version: Generated<number>
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
