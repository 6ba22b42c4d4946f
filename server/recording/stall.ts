import type { NewFact } from '../../shared/base/facts.ts'
import { doOneByOne } from '../base/aside/one-by-one.ts'
import type { Context } from '../base/context.ts'
import type { Tx } from '../base/db/database.ts'
import { commitFacts } from '../base/facts/commit.ts'
import { followCityAlert } from '../desk/alerts/follow.ts'
import { lockSiteStates, overdueSites } from '../monitor/schedule/queries.ts'
import { changeStandings } from '../monitor/standing/decide.ts'

/** So many sites are locked at once, so that nobody waits long for one of them. */
const AT_ONCE = 200

/**
 * Sites whose turn is overdue by three intervals: nothing is known of them any more, and one alert says how many
 * they are. It is resolved when all are in turn again.
 */
export async function markStalled(ctx: Context, nowMs: number): Promise<void> {
  const overdue = await overdueSites(ctx.db, {
    now: new Date(nowMs),
    defaultIntervalS: ctx.config.visitIntervalS,
    demoIntervalS: ctx.config.demoIntervalS,
  })
  // Those that are known to be are not touched again.
  const items = overdue.flatMap(({ id, isTold }) => (isTold ? [] : [{ id, siteId: id }]))
  try {
    await doOneByOne(ctx, 'stalled', items, (ids) => commitFacts(ctx, (tx) => stall(tx, ids, nowMs)), AT_ONCE)
  } finally {
    await alarm(ctx, overdue.length, nowMs)
  }
}

/** That many are not measured is an alarm, whether or not it can be noted of each. */
async function alarm(ctx: Context, sites: number, nowMs: number): Promise<void> {
  const wanted = sites > 0 ? 'critical' : null
  await commitFacts(ctx, (tx) => followCityAlert(tx, 'STALL', wanted, { sites }, nowMs))
}

async function stall(tx: Tx, ids: readonly number[], nowMs: number): Promise<NewFact[]> {
  const rows = (await lockSiteStates(tx, ids, new Date(nowMs))).filter((row) => row.cause !== 'stalled')
  return changeStandings(tx, rows, () => ({ availability: 'unknown', cause: 'stalled' }), nowMs)
}
