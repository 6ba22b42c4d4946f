import type { ColumnType } from 'kysely'
import type {
  EditionEffect,
  EffectRun,
  SheetLine,
  SheetResult,
} from '../../../shared/census/score-sheets/sheets.ts'
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

/** What an edition would change, as it was reckoned last. */
export interface EditionEffectTable {
  code: string
  /** Of the words of both editions. */
  key: string
  state: EffectRun['state']
  /** Sites that are reckoned, and in all. */
  done: number
  total: number
  /** The last of them. */
  after_id: number
  effect: Json<EditionEffect>
  asked_at: Date
}

declare module '../../base/db/database.ts' {
  interface Database {
    sheet: SheetTable
    edition_effect: EditionEffectTable
  }
}
