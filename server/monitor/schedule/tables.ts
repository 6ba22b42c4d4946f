/** A site that is visited more often than usual for a time; of several of a site the shortest interval counts. */
export interface VisitTighteningTable {
  /** What has asked for it, and may take it back. */
  source: string
  site_id: number
  every_s: number
  from_at: Date
  until_at: Date
}

/** A monitor that doubts its line; gone when it trusts it again. */
export interface LineDoubtTable {
  /** Made up at each start. */
  monitor: string
  said_at: Date
}

declare module '../../base/db/database.ts' {
  interface Database {
    visit_tightening: VisitTighteningTable
    line_doubt: LineDoubtTable
  }
}
