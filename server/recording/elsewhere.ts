import { areEnoughDown } from '../../shared/monitor/vantages/vantages-rules.ts'
import type { Context } from '../base/context.ts'
import type { Tx } from '../base/db/database.ts'
import type { SiteStateRow } from '../monitor/schedule/queries.ts'
import { contradictions, seenElsewhere } from '../monitor/vantages/queries.ts'
import { askLooks } from '../monitor/vantages/turn-queries.ts'
import { isDownByMiss, type Standing, wantsRecheck } from '../monitor/verdicts/judge.ts'
import type { Visited } from '../monitor/visit/visited.ts'
import { isDoubted, isVisit, outcomeOf } from './steps/step.ts'

type Rows = ReadonlyMap<number, SiteStateRow>

/**
 * Marks the misses that would have a site called down while more than half of all places that looked reach it, this one
 * included; and the good visits to sites that at least half of all places do not reach. Only for such sites anything is asked.
 * @param rows the sites' locked rows.
 */
export async function markElsewhere(
  tx: Tx,
  visits: readonly Visited[],
  rows: Rows,
  nowMs: number,
): Promise<readonly Visited[]> {
  const now = new Date(nowMs)
  const reached = await among(visits, isGrave(rows), async (ids) => {
    const elsewhere = await seenElsewhere(tx, ids, now)
    return (id) => {
      const seen = elsewhere.get(id)
      return seen !== undefined && !areEnoughDown({ ...seen, failed: seen.failed + 1 })
    }
  })
  const missed = await among(visits, isContradicted(rows), async (ids) => {
    const elsewhere = await contradictions(tx, ids, now)
    return (id) => {
      const seen = elsewhere.get(id)
      return seen !== undefined && areEnoughDown({ ...seen, reached: seen.reached + 1 })
    }
  })
  return visits.map((visit) => {
    if (reached.has(visit)) return { ...visit, reachedElsewhere: true }
    return missed.has(visit) ? { ...visit, missedElsewhere: true } : visit
  })
}

/** Of the visits of a kind those to sites of which what is asked holds. */
async function among(
  visits: readonly Visited[],
  isOfKind: (visit: Visited) => boolean,
  ask: (siteIds: readonly number[]) => Promise<(siteId: number) => boolean>,
): Promise<ReadonlySet<Visited>> {
  const some = visits.filter((visit) => isVisit(visit) && isOfKind(visit))
  if (some.length === 0) return new Set()
  const holds = await ask(some.map(({ siteId }) => siteId))
  return new Set(some.filter(({ siteId }) => holds(siteId)))
}

/** One more miss has the site called down. */
const isGrave = (rows: Rows) => (visit: Visited) => {
  const row = rows.get(visit.siteId)
  const isMiss = !isDoubted(visit) && outcomeOf(visit.result) === 'failed'
  return isMiss && row !== undefined && isDownByMiss({ ...row, failStreak: row.fail_streak })
}

/** The home place reaches the site, and some other place did not. */
const isContradicted = (rows: Rows) => (visit: Visited) =>
  outcomeOf(visit.result) === 'ok' && rows.get(visit.siteId)?.is_missed_elsewhere === true

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
