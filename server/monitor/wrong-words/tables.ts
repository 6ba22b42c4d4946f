import type { Generated } from 'kysely'
import type { WordKind } from '../../../shared/monitor/wrong-words/wrong-words-rules.ts'
import type { Once } from '../../base/db/database.ts'

/** A word of the dictionary; never taken away, only switched off. */
export interface WrongWordTable {
  id: Generated<number>
  kind: WordKind
  wrong: string
  right_form: string
  near: string[]
  apart: string[]
  note: string
  is_on: Generated<boolean>
  /** Brought by the program. */
  is_built_in: Once<boolean>
  changed_at: Date | null
  changed_by: string | null
  /** Of the demo's office, and goes with it. */
  demo: Generated<boolean>
  version: Generated<number>
}

/** One row: how often the dictionary was changed, so that whoever holds it ready knows when it is another. */
export interface WrongWordBookTable {
  id: Once<number>
  revision: number
}

declare module '../../base/db/database.ts' {
  interface Database {
    wrong_word: WrongWordTable
    wrong_word_book: WrongWordBookTable
  }
}
