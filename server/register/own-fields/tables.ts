import type { ColumnType, Generated } from 'kysely'
import type { OwnField } from '../../../shared/register/own-fields/own-fields.ts'
import type { OwnKind } from '../../../shared/register/own-fields/own-fields-rules.ts'
import type { Once } from '../../base/db/database.ts'

/** A field that the installation has defined for its register; never taken away. */
export interface OwnFieldTable {
  id: Once<number>
  section: string
  /** Sites say it already: never another. */
  kind: Once<OwnKind>
  zh: string
  en: string
  choices: ColumnType<OwnField['choices'], string, string>
  required: Generated<boolean>
  retired_at: Date | null
  demo: Generated<boolean>
  version: Generated<number>
}

declare module '../../base/db/database.ts' {
  interface Database {
    own_field: OwnFieldTable
  }
}
