import type { BoardSite } from '../../../shared/city/board.ts'
import type { Site } from '../../../shared/register/sites/sites.ts'

/** A site of the register as the board would have it. */
export function onBoard({
  platform: _,
  stateSince,
  since,
  lastVisitAt,
  latencyMs,
  ...site
}: Site): BoardSite {
  const never = new Date(0).toISOString()
  return {
    ...site,
    platform: -1,
    stateSince: stateSince ?? never,
    since: since ?? never,
    lastVisitAt: lastVisitAt === null ? 0 : Math.floor(Date.parse(lastVisitAt) / 1000),
    latencyMs: latencyMs === null ? null : Math.round(latencyMs),
  }
}
