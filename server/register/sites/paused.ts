import { sql } from 'kysely'

/** SQL for a site that is in no filed downtime. */
export const notPaused = (now: Date) =>
  sql`(site.pause_reason is null or (site.paused_until is not null and site.paused_until <= ${now}))`

/** SQL for a site that is not over, nor stopped for good. */
export const isGoingOn = sql<boolean>`(site.pause_reason is null or site.paused_until is not null)`
