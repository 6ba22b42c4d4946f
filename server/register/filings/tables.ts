import type { Generated } from 'kysely'
import type { FilingAsk, FilingState } from '../../../shared/register/filings/filings-rules.ts'
import type { Once } from '../../base/db/database.ts'

/** What was filed about the life cycle of a site; days as YYYY-MM-DD. */
export interface FilingTable {
  id: Generated<number>
  version: Generated<number>
  site_id: Once<number>
  ask: Once<FilingAsk>
  from_on: string
  to_on: string | null
  target: string | null
  reason: string
  state: FilingState
  filed_by: number
  filed_at: Date
  decided_by: number | null
  decided_at: Date | null
  note: string | null
  begun_at: Date | null
  ended_at: Date | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    filing: FilingTable
  }
}
