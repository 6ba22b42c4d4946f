import type { Generated } from 'kysely'
import type { Json, Once } from '../../base/db/database.ts'

/** A version of a year of the working-day calendar; without days it is withdrawn. */
export interface CalendarYearTable {
  id: Generated<number>
  year: Once<number>
  version: Once<number>
  off: Json<string[]> | null
  worked: Json<string[]> | null
  source: Once<string>
  note: Once<string>
  loaded_by: Once<number>
  loaded_at: Once<Date>
}

declare module '../../base/db/database.ts' {
  interface Database {
    calendar_year: CalendarYearTable
  }
}
