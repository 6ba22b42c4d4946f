import type { ColumnType, Generated } from 'kysely'
import type { Answers } from '../../../shared/register/import/imports.ts'
import type { Once } from '../../base/db/database.ts'
import type { ImportReport } from './report/words.ts'

/** A file of a register that somebody has loaded in the product. */
export interface RegisterImportTable {
  id: Generated<number>
  file: Once<string>
  content: Once<Buffer>
  /** Whose register it is to be, where whoever loads it has said so. */
  area: string | null
  answers: ColumnType<Answers, string | undefined, string>
  state: Generated<'checked' | 'applied'>
  /** What was answered to whoever applied it. */
  report: ColumnType<ImportReport | null, string | undefined, string>
  created_by: Once<number>
  created_at: Once<Date>
  applied_by: number | null
  applied_at: Date | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    register_import: RegisterImportTable
  }
}
