import { BEHIND_LASTS_MS } from '../../shared/monitor/pace/pace-rules.ts'
import type { Context } from '../base/context.ts'
import { commitFacts } from '../base/facts/commit.ts'
import { followCityAlert } from '../desk/alerts/follow.ts'
import { cityPace } from '../monitor/pace/queries.ts'

/**
 * More visits are asked for than can be made, and that lasts: one alert says how late turns come and what can be carried.
 * It is resolved when turns come in time again. Where no monitor says anything, that is another alarm's matter.
 */
export async function markBehind(ctx: Context, nowMs: number): Promise<void> {
  const pace = await cityPace(ctx.db, nowMs)
  if (!pace) return
  const { behindS, behindSinceMs, capacityPerS: capacity, askedPerS: wanted } = pace
  if (behindSinceMs !== null && nowMs - behindSinceMs < BEHIND_LASTS_MS) return
  const severity = behindSinceMs === null ? null : 'major'
  const evidence = { behindS, capacity: Math.round(capacity), wanted: Math.round(wanted) }
  await commitFacts(ctx, (tx) => followCityAlert(tx, 'BEHIND', severity, evidence, nowMs))
}
