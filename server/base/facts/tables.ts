import type { ColumnType } from 'kysely'
import type { Fact } from '../../../shared/base/facts.ts'
import type { Once } from '../db/database.ts'

/** One row: the number of the last fact. Updating it puts transactions that write facts in commit order. */
export interface FactCounterTable {
  id: number
  seq: number
}

export interface FactTable {
  seq: Once<number>
  at: Once<Date>
  kind: Once<Fact['kind']>
  site_id: Once<number | null>
  district: Once<string | null>
  alert_id: Once<number | null>
  rectification_id: Once<number | null>
  actor_id: Once<number | null>
  actor_name: Once<string | null>
  data: ColumnType<Fact['data'], string, never>
}

declare module '../db/database.ts' {
  interface Database {
    fact_counter: FactCounterTable
    fact: FactTable
  }
}
