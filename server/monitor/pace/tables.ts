import type { Generated } from 'kysely'

/** What a monitor says of its pace, every ten seconds; one row for each process that visits. */
export interface MonitorPaceTable {
  /** Made up at each start. */
  id: string
  at: Date
  /** Visits recorded a second, lately. */
  done_per_s: number
  /** Visits a second that it can carry, by what was seen so far. */
  capacity_per_s: number
  /** Visits a second that the register asks of all monitors together, and turns that are due, as of the last minute. */
  asked_per_s: number
  due: number
  /** By how much turns come late, seconds; and since when that has been more than it should. */
  behind_s: Generated<number>
  behind_since: Date | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    monitor_pace: MonitorPaceTable
  }
}
