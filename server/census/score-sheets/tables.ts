import type { ColumnType } from 'kysely'
import type { SheetLine, SheetResult } from '../../../shared/census/score-sheets/sheets.ts'
import type { Json } from '../../base/db/database.ts'

/** The score sheet of a site from one local day to another, between which nothing in it has changed. */
export interface SheetTable {
  site_id: number
  edition: string
  revision: number
  /** As YYYY-MM-DD. */
  from_day: string
  to_day: string
  outcome: SheetResult['outcome']
  points: number
  score: number | null
  vetoes: ColumnType<string[], readonly string[], never>
  unmeasured: ColumnType<string[], readonly string[], never>
  lines: Json<SheetLine[]>
}

declare module '../../base/db/database.ts' {
  interface Database {
    sheet: SheetTable
  }
}
