import type { Generated } from 'kysely'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import type {
  RenderCause,
  RenderPurpose,
  RenderReason,
} from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Json, Once } from '../../base/db/database.ts'
import type { RenderSubject } from './ask.ts'

/** A page that is to be drawn, or was. */
export interface RenderOrderTable {
  id: Generated<number>
  site_id: Once<number>
  url: Once<string>
  purpose: Once<RenderPurpose>
  /** What a picture is of; null: of a reading. */
  subject: Json<RenderSubject> | null
  /** What tells orders for the same page apart; of each only one is open. */
  ref: Once<string>
  cause: Once<RenderCause>
  /** The higher goes first. */
  priority: number
  /** Null: nobody asked, the monitor found that it was needed. */
  asked_by: number | null
  asked_at: Once<Date>
  /** It is not begun before then. */
  not_before: Date
  /** Who draws it has it until then; who did not come back by then is gone. */
  lease_until: Date | null
  /** How often it was begun by who came back with it, and by who did not. */
  tries: Generated<number>
  lost: Generated<number>
  done_at: Date | null
  outcome: 'rendered' | 'failed' | null
  reason: RenderReason | null
}

/** What was read of a site's home page by the bytes that its server sent, and as a browser drew it. */
export interface SiteRenderingTable {
  site_id: number
  /** Why its page is to be drawn again and again; null: what is sent says enough. */
  cause: RenderCause | null
  /** The last reading of what was sent. */
  sent: Json<Finding> | null
  sent_at: Date | null
  /** The last reading of what was drawn, and from where. */
  drawn: Json<Finding> | null
  drawn_at: Date | null
  drawn_url: string | null
  /** What it took: ms, requests, bytes. */
  took_ms: number | null
  requests: number | null
  bytes: number | null
  /** When the page could not be drawn last, and why; null: it was drawn since. */
  failed_at: Date | null
  reason: RenderReason | null
  /** When the monitor itself ordered it last. */
  asked_at: Date | null
}

/** A process that draws pages. */
export interface RendererTable {
  name: string
  heard_at: Date
  /** Why it cannot draw; null: it can. */
  problem: string | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    render_order: RenderOrderTable
    site_rendering: SiteRenderingTable
    renderer: RendererTable
  }
}
