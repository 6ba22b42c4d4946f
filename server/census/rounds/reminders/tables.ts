/** A step of a reminder that was told. */
export interface CensusReminderTable {
  what: string
  ref: string
  step: string
  at: Date
}

declare module '../../../base/db/database.ts' {
  interface Database {
    census_reminder: CensusReminderTable
  }
}
