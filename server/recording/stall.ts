import type { NewFact } from '../../shared/base/facts.ts'
import { doOneByOne } from '../base/aside/one-by-one.ts'
import type { Context } from '../base/context.ts'
import type { Tx } from '../base/db/database.ts'
import { earlierTime } from '../base/db/line/agreed-time.ts'
import { commitFacts } from '../base/facts/commit.ts'
import { followCityAlert } from '../desk/alerts/follow.ts'
import type { Round } from '../monitor/schedule/claims/round.ts'
import { lockSiteStates, overdueSites } from '../monitor/schedule/queries.ts'
import { changeStandings } from '../monitor/standing/decide.ts'

/** So many sites are locked at once, so that nobody waits long for one of them. */
const AT_ONCE = 200

/**
 * Sites whose turn is overdue by three intervals: nothing is known of them any more, and one alert says how many
 * they are. It is resolved when all are in turn again. A clock that is ahead would find all of them overdue, one that is behind none: the
 * earlier of this machine's and the database's counts, and where they are apart nothing is said to be over.
 */
export async function markStalled(ctx: Context, nowMs: number): Promise<void> {
  const { atMs, isApart } = await earlierTime(ctx)
  const round = {
    now: new Date(Math.min(nowMs, atMs)),
    defaultIntervalS: ctx.config.visitIntervalS,
    demoIntervalS: ctx.config.demoIntervalS,
  }
  const overdue = await overdueSites(ctx.db, round)
  // Those that are known to be are not touched again.
  const items = overdue.flatMap(({ id, isTold }) => (isTold ? [] : [{ id, siteId: id }]))
  try {
    await doOneByOne(ctx, 'stalled', items, (ids) => commitFacts(ctx, (tx) => stall(tx, ids, round)), AT_ONCE)
  } finally {
    if (overdue.length > 0 || !isApart) await alarm(ctx, overdue.length, nowMs)
  }
}

/** That many are not measured is an alarm, whether or not it can be noted of each. */
async function alarm(ctx: Context, sites: number, nowMs: number): Promise<void> {
  const wanted = sites > 0 ? 'critical' : null
  await commitFacts(ctx, (tx) => followCityAlert(tx, 'STALL', wanted, { sites }, nowMs))
}

/** Of those that are overdue still: where there are many, some were measured since they were looked up. */
async function stall(tx: Tx, ids: readonly number[], round: Round): Promise<NewFact[]> {
  const locked = await lockSiteStates(tx, ids, round.now)
  const overdue = new Set((await overdueSites(tx, { ...round, among: ids })).map(({ id }) => id))
  const rows = locked.filter((row) => row.cause !== 'stalled' && overdue.has(row.site_id))
  const unknown = { availability: 'unknown', cause: 'stalled' } as const
  return changeStandings(tx, rows, () => unknown, round.now.getTime())
}
