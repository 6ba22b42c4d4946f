import { type AsideCounts, countAside, endThoseOver, forgetOld } from '../../base/aside/queries.ts'
import type { Context } from '../../base/context.ts'
import { commitFacts } from '../../base/facts/commit.ts'
import { followCityAlert } from '../alerts/follow.ts'

/** Opens the alert of what is set aside, brings it to what there is now, or resolves it. */
export async function appendAside(ctx: Pick<Context, 'db' | 'clock' | 'wake'>): Promise<AsideCounts> {
  const counts = await countAside(ctx.db)
  const wanted = counts.open > 0 ? 'major' : null
  await commitFacts(ctx, (tx) => followCityAlert(tx, 'ASIDE', wanted, {}, ctx.clock.now()))
  return counts
}

/** Ends what is over: a site that was recorded again, anything else that has not come back for a day. */
export async function maintainAside(ctx: Pick<Context, 'db' | 'clock' | 'wake'>): Promise<AsideCounts> {
  const nowMs = ctx.clock.now()
  await endThoseOver(ctx.db, nowMs)
  await forgetOld(ctx.db, nowMs)
  return appendAside(ctx)
}
