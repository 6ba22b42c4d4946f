import { type RawBuilder, sql } from 'kysely'
import { SILENT_MS } from '../../../shared/monitor/vantages/vantages-rules.ts'

/** SQL for whether what a place saw counts: it looked lately, is there, and does not doubt its own line. */
export const isCounted = (now: Date) =>
  sql<boolean>`((look.outcome = 'ok' or (look.outcome = 'failed' and not place.is_apart)) and look.fresh_until > ${now}
    and place.seen_at > ${new Date(now.getTime() - SILENT_MS)})`

/**
 * SQL for whether some other place did not reach a site when it looked last, so that this counts. One that reaches nothing, or is
 * gone, costs the visits to all that it missed nothing.
 */
export const isMissedElsewhere = (siteId: RawBuilder<unknown>, now: Date) =>
  sql<boolean>`exists (select from vantage_look look join vantage place on place.id = look.vantage_id
    where look.site_id = ${siteId} and look.outcome = 'failed' and ${isCounted(now)})`
