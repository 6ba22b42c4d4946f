import type { Generated } from 'kysely'

/** A visit, kept raw; partitioned by UTC day until the day is packed. */
export interface VisitTable {
  site_id: number
  at: Date
  /** 0 ok, 1 failed, 2 blocked. */
  outcome: number
  cause: string | null
  status: number | null
  /** A confirmation, a visit by request or of a tightened interval: not one of the spaced visits that V1 counts. */
  extra: boolean
  /** Counts for nothing: blocked, or the monitor's line was in doubt. */
  excluded: boolean
  dns_ms: number | null
  connect_ms: number | null
  tls_ms: number | null
  ttfb_ms: number | null
  total_ms: number | null
  bytes: number
}

/** Spaced visits of an hour (`visit_hour`) or a local day (`visit_day`). */
interface RollUp {
  site_id: number
  total: number
  failed: number
  excluded: number
  ok_ms_sum: number
  max_ms: number
}

export interface VisitHourTable extends RollUp {
  hour: Date
}

export interface VisitDayTable extends RollUp {
  day: string
  /** Visits beside the spaced ones (`extra`) that count, and how many of them failed. */
  beside: Generated<number>
  beside_failed: Generated<number>
}

/** All visits (`packed_visit`) or hours (`packed_hour`) of a site and UTC day, as `server/monitor/visit-store/pack.ts` has them. */
export interface PackedTable {
  site_id: number
  /** Days since 1970-01-01. */
  day: number
  /** How many visits it stands for. */
  visits: number
  data: Buffer
}

/** What has been packed of the day that is being packed. */
export interface PackDraftTable extends PackedTable {
  /** The table that it is packed from. */
  source: 'visit' | 'visit_hour'
}

declare module '../../base/db/database.ts' {
  interface Database {
    visit: VisitTable
    visit_hour: VisitHourTable
    visit_day: VisitDayTable
    packed_visit: PackedTable
    packed_hour: PackedTable
    pack_draft: PackDraftTable
  }
}
