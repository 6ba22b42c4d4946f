import type { Generated } from 'kysely'
import type { LookOutcome } from '../../../shared/monitor/vantages/vantages-rules.ts'

/** A place from which sites are looked at besides the home place, which visits and judges. */
export interface VantageTable {
  id: Generated<number>
  name: string
  region: string | null
  /** When a monitor of that place said last that it is there. */
  seen_at: Date
  demo: Generated<boolean>
  /** It misses so many unrelated sites which the home place reaches that its own line is in doubt. */
  is_apart: Generated<boolean>
  /** By how much its looks come late, seconds; and since when that has been more than it should. */
  behind_s: Generated<number>
  behind_since: Date | null
}

/** What a place saw last of a site. All null but the turn: it has not looked yet. */
export interface VantageLookTable {
  site_id: number
  vantage_id: number
  next_at: Date
  at: Date | null
  outcome: LookOutcome | null
  cause: string | null
  status: number | null
  total_ms: number | null
  /** Since when it has seen the same outcome. */
  since: Date | null
  /** Until then it says how the site is. */
  fresh_until: Date | null
  /** Since when somebody has wanted it looked at at once; null: nobody does. */
  asked_at: Date | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    vantage: VantageTable
    vantage_look: VantageLookTable
  }
}
