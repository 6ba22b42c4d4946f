import type { Generated } from 'kysely'
import type { OutboundExample } from '../../../shared/monitor/outbound/outbound.ts'
import type { HostState } from '../../../shared/monitor/outbound/outbound-rules.ts'
import type { Json, Once } from '../../base/db/database.ts'
import type { Landing } from './looks/judge.ts'

/** A host outside the register that pages of sites lead to; known once for the whole city. */
export interface OutboundHostTable {
  id: Generated<number>
  host: Once<string>
  /** What is looked at: an address there that a site links to. */
  url: string
  demo: Generated<boolean>
  /** It is a site of the register, which is visited anyway: not one of these. */
  is_registered: Generated<boolean>
  state: Generated<HostState>
  since: Date
  /** What it was seen to be instead by the last looks, how often, and since when. */
  pending: HostState | null
  pending_times: Generated<number>
  pending_since: Date | null
  /** Where it led at the last look that said anything, and where when it was well. */
  landing: Json<Landing> | null
  well: Json<Landing> | null
  signs: Json<readonly string[]>
  /** Scripts or frames come from it. */
  is_code: Generated<boolean>
  /** Sites and pages that link to it, as of their last scans. */
  sites: Generated<number>
  pages: Generated<number>
  first_seen_at: Once<Date>
  last_seen_at: Date
  looked_at: Date | null
  /** When it opened last. */
  opened_at: Date | null
  /** Null while nobody links to it. */
  next_look_at: Date | null
}

/** That a site links to a host, by its last scan. */
export interface OutboundUseTable {
  host_id: Once<number>
  site_id: Once<number>
  scan_id: number
  pages: number
  is_code: boolean
  examples: Json<readonly OutboundExample[]>
  first_seen_at: Once<Date>
  last_seen_at: Date
}

/** A change of what a host is or where it leads. */
export interface OutboundLookTable {
  id: Generated<number>
  host_id: Once<number>
  at: Once<Date>
  state: Once<HostState>
  landing: Json<Landing> | null
  signs: Json<readonly string[]>
}

declare module '../../base/db/database.ts' {
  interface Database {
    outbound_host: OutboundHostTable
    outbound_use: OutboundUseTable
    outbound_look: OutboundLookTable
  }
}
