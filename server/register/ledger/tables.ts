import type { ColumnType } from 'kysely'
import type { ChangeWay, FieldValues } from '../../../shared/register/ledger/ledger-rules.ts'
import type { Once } from '../../base/db/database.ts'

/** One change of what the register says of a site; never changed, never taken away. */
export interface SiteChangeTable {
  id: ColumnType<string, never, never>
  site_id: Once<number>
  /** The version that came of it. */
  version: Once<number>
  at: Once<Date>
  actor_id: Once<number | null>
  /** As it was then; null: the program itself. */
  actor_name: Once<string | null>
  via: Once<ChangeWay>
  /** What was done at once has the same. */
  batch: Once<string | null>
  reason: Once<string>
  /** The fields that changed, as they were and as they are since. */
  before: ColumnType<FieldValues, string, never>
  after: ColumnType<FieldValues, string, never>
}

/** How many sites of a district had nobody or several to a question, at the end of a day. */
export interface AnswersDayTable {
  day: Once<string>
  district: Once<string>
  sites: number
  settled: number
  unanswered: number
  contested: number
  kept_at: Date
  demo: boolean
}

declare module '../../base/db/database.ts' {
  interface Database {
    site_change: SiteChangeTable
    answers_day: AnswersDayTable
  }
}
