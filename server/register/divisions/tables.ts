import type { Generated } from 'kysely'
import type { Division } from '../../../shared/register/divisions/divisions.ts'

/** The tree of divisions, as the product brings it and an administrator has corrected it. */
export interface DivisionTable {
  code: string
  name: string
  name_en: string
  level: Division['level']
  /** Null of the nation. */
  parent: string | null
  /** It is no more; its sites belong to this one since. */
  successor: string | null
  edited: Generated<boolean>
  version: Generated<number>
}

declare module '../../base/db/database.ts' {
  interface Database {
    division: DivisionTable
  }
}
