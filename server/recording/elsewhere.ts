import { areEnoughDown } from '../../shared/monitor/vantages/vantages-rules.ts'
import type { Context } from '../base/context.ts'
import type { Tx } from '../base/db/database.ts'
import type { SiteStateRow } from '../monitor/schedule/queries.ts'
import { askLooks, seenElsewhere } from '../monitor/vantages/queries.ts'
import { isDownByMiss, type Standing, wantsRecheck } from '../monitor/verdicts/judge.ts'
import type { Visited } from '../monitor/visit/visited.ts'
import { isDoubted, isVisit, outcomeOf } from './step.ts'

/**
 * Marks the misses that would have a site called down while more than half of all places that looked reach it, this one
 * included. Only for such sites anything is asked.
 * @param rows the sites' locked rows.
 */
export async function markReached(
  tx: Tx,
  visits: readonly Visited[],
  rows: ReadonlyMap<number, SiteStateRow>,
  nowMs: number,
): Promise<readonly Visited[]> {
  const grave = visits.flatMap((visit) => {
    const row = rows.get(visit.siteId)
    const isMiss = isVisit(visit) && !isDoubted(visit) && outcomeOf(visit.result) === 'failed'
    const isGrave = isMiss && row && isDownByMiss({ ...row, failStreak: row.fail_streak })
    return isGrave ? [visit.siteId] : []
  })
  if (grave.length === 0) return visits
  const elsewhere = await seenElsewhere(tx, grave, new Date(nowMs))
  return visits.map((visit) => {
    const seen = elsewhere.get(visit.siteId)
    if (!seen) return visit
    const isReached = !areEnoughDown({ ...seen, failed: seen.failed + 1 })
    return isReached && isVisit(visit) ? { ...visit, reachedElsewhere: true } : visit
  })
}

/** Has other places look at once at sites that have just been missed, so that they have an opinion when it is asked for. */
export async function askElsewhere(
  { db, clock, log }: Pick<Context, 'db' | 'clock' | 'log'>,
  standings: ReadonlyMap<number, Standing>,
): Promise<void> {
  const missed = [...standings].flatMap(([siteId, after]) =>
    after.availability === 'suspect' && wantsRecheck(after) ? [siteId] : [],
  )
  if (missed.length === 0) return
  await askLooks(db, missed, new Date(clock.now())).catch((error: unknown) =>
    log.warn({ err: error }, 'other places could not be asked'),
  )
}
