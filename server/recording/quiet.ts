import { createHash } from 'node:crypto'
import { addDays, HOUR, localDay, MINUTE, startOfDay } from '../../shared/base/time.ts'
import { certWarning } from '../../shared/desk/alerts/alerts.ts'
import type { RuleSet } from '../../shared/monitor/verdicts/rule-set.ts'
import type { Context } from '../base/context.ts'
import type { Flaps } from '../monitor/schedule/flaps.ts'
import type { SiteStateRow } from '../monitor/schedule/queries.ts'
import { rulesInForce } from '../monitor/verdicts/in-force.ts'
import type { Standing } from '../monitor/verdicts/judge.ts'
import type { Visited } from '../monitor/visit/visited.ts'
import { ensureVisitPartitions } from '../monitor/visit-store/partitions.ts'
import { storeQuiet } from './quiet-queries.ts'
import { toMeasured } from './steps/consequences.ts'
import { isVisit } from './steps/step.ts'

/* Most visits change nothing: the site was well and is, and nothing was read. They are stored without being judged. */

/** V1 of a site that is well moves only as old misses leave the window: counted this often. */
const V1_RECOUNT_MS = 15 * MINUTE
/** Without a miss in the window it moves only where a day has too few visits. */
const V1_RECOUNT_CLEAN_MS = HOUR

/** When V1 is counted again (epoch ms), if no visit fails before. Without a count yet, at once. */
export function v1DueMs(countedAt: Date | null, share: number | null): number {
  if (countedAt === null) return 0
  return countedAt.getTime() + (share === 0 ? V1_RECOUNT_CLEAN_MS : V1_RECOUNT_MS)
}

interface Judged {
  readonly atMs: number
  readonly row: Pick<SiteStateRow, 'said_until'>
  readonly after: Standing
  readonly flaps: Flaps
  readonly v1At: Date | null
  readonly certDaysLeft: number | null
}

/**
 * Until when (epoch ms) further good visits at which nothing is read change nothing of a site that was judged so: the end
 * of its local day, the next count of V1, the end of what a person said. Null: each visit has to be judged.
 */
function quietUntil({ atMs, row, after, flaps, v1At, certDaysLeft }: Judged): number | null {
  const { state, availability, failStreak, cause } = after
  const isWell = state === 'healthy' && availability === 'up' && failStreak === 0 && cause === null
  const isSteady = !flaps.flapping && flaps.history === 0
  if (!isWell || !isSteady || certWarning(certDaysLeft) !== null) return null
  const dayEnds = startOfDay(addDays(localDay(atMs), 1))
  const until = Math.min(dayEnds, v1DueMs(v1At, after.share), row.said_until?.getTime() ?? dayEnds)
  return until > atMs ? until : null
}

const keys = new WeakMap<RuleSet, string>()

/** Names the rules in force: a site that was judged by others is judged anew. */
export function rulesKey(): string {
  const rules = rulesInForce()
  const known = keys.get(rules) ?? shortOf(JSON.stringify({ ...rules, effects: [...rules.effects] }))
  keys.set(rules, known)
  return known
}

/** It stands in the row of each site, which is written at each visit. */
const shortOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 8)

/** The same as it is stored, with the rules by which it is so. */
export function quietOf(judged: Judged): { quiet_until: string | null; quiet_by: string | null } {
  const untilMs = quietUntil(judged)
  if (untilMs === null) return { quiet_until: null, quiet_by: null }
  return { quiet_until: new Date(untilMs).toISOString(), quiet_by: rulesKey() }
}

/** Whether nothing can follow from a visit if its site stands well. */
function isPlain(visit: Visited): boolean {
  const { result, lineInDoubt, finding, page, notice, copy } = visit
  if (!isVisit(visit) || result.outcome !== 'ok' || result.cause !== null || lineInDoubt) return false
  return !finding && !page && notice === undefined && !copy && certWarning(result.certDaysLeft) === null
}

/**
 * Stores those visits of different sites that change nothing, with their sums and what the sites' rows say of the last
 * visit, in one statement.
 * @returns the standing of the sites whose visit is stored; all others have to be recorded in full.
 */
export async function recordQuiet(ctx: Context, visits: readonly Visited[]): Promise<Map<number, Standing>> {
  const plain = visits.filter(isPlain)
  if (plain.length === 0) return new Map()
  await ensureVisitPartitions(
    ctx.db,
    plain.map((visit) => visit.atMs),
    ctx.clock.now(),
  )
  const stored = await storeQuiet(ctx.db, plain, { now: new Date(ctx.clock.now()), rulesKey: rulesKey() })
  ctx.measured(toMeasured(plain.filter(({ siteId }) => stored.has(siteId))))
  return stored
}
