import { MISSED_ELSEWHERE, REACHED_ELSEWHERE } from '../../../shared/monitor/vantages/vantages-rules.ts'
import type { V1Verdict } from '../../../shared/monitor/verdicts/verdicts.ts'
import type { VisitOutcome } from '../../../shared/monitor/visit/probes.ts'
import {
  type Availability,
  deriveState,
  type SiteState,
  type Verdict,
} from '../../../shared/register/sites/states.ts'

/**
 * Misses in a row before a site is called down: the first and two re-checks, as one miss is most often the way there. A
 * firewall that answers in between is no miss, and does not begin the row anew.
 */
export const MISSES_TO_DOWN = 3
/** A firewall that answers twice in a row stands before the site. */
export const MISSES_TO_BLOCKED = 2
/** Instead of good visits in a row. */
const ONCE_REFUSED = -1
/** Good visits in a row before a site that was down is called up. */
export const GOOD_TO_UP = 2

/** A site's standing, as stored and as decided. Times in epoch ms. */
export interface Standing {
  readonly state: SiteState
  readonly stateSinceMs: number
  readonly availability: Availability
  readonly cause: string | null
  readonly sinceMs: number
  /** Misses in a row of a site that is suspect or down; of any other, answers of a firewall in a row. */
  readonly failStreak: number
  /** Good visits in a row; below 0 where a firewall answered the last one of a site that is suspect or down. */
  readonly okStreak: number
  readonly v1: Verdict
  readonly share: number | null
  readonly v2: Verdict
  readonly v3: Verdict
  readonly newest: string | null
}

/** What one visit adds to what is known. */
export interface Observation {
  readonly atMs: number
  /** `unmeasured`: the monitor itself could not look (its own line, a refused address, an invalid URL). */
  readonly outcome: VisitOutcome | 'unmeasured'
  readonly cause: string | null
  /** The monitor doubts its own line: the visit is kept and held against nobody. */
  readonly lineInDoubt: boolean
  /** More than half of all places that looked reach the site: a miss does not make it down. */
  readonly reachedElsewhere: boolean
  /** At least half of all places that looked do not reach the site: it is missed, although the home place reaches it. */
  readonly missedElsewhere: boolean
  /** V1 when it was counted anew. */
  readonly v1: V1Verdict | null
  readonly v2: Verdict
  /** V3 when the columns were judged anew. */
  readonly v3: Verdict | null
  readonly newest: string | null
}

/** The next standing of a site. Pure: the same inputs give the same answer in monitor, replay and test. */
export function judge(before: Standing, seen: Observation): Standing {
  const moved = seen.lineInDoubt && seen.outcome !== 'ok' ? before : nextAvailability(before, seen)
  const counted = {
    ...moved,
    v1: seen.v1?.verdict ?? before.v1,
    share: seen.v1 ? seen.v1.share : before.share,
  }
  return judgePage(counted, seen, seen.atMs)
}

/** The next standing of a site by what was read on its page, the visit that brought it being judged already. */
export function judgePage(
  before: Standing,
  { v2, v3, newest }: Pick<Observation, 'v2' | 'v3' | 'newest'>,
  atMs: number,
): Standing {
  const next = { ...before, v2, v3: v3 ?? before.v3, newest }
  const state = deriveState(next, atMs)
  const stateSinceMs = state === before.state ? before.stateSinceMs : atMs
  return { ...next, state, stateSinceMs }
}

function nextAvailability(before: Standing, seen: Observation): Standing {
  if (seen.outcome === 'ok' && seen.missedElsewhere) {
    return missed(before, { ...seen, outcome: 'failed', cause: MISSED_ELSEWHERE })
  }
  if (seen.outcome === 'ok') {
    const okStreak = Math.max(before.okStreak, 0) + 1
    const recovered = before.availability !== 'down' || okStreak >= GOOD_TO_UP
    return enter(before, recovered ? 'up' : 'down', seen, { failStreak: 0, okStreak })
  }
  if (seen.outcome === 'unmeasured') return enter(before, 'unknown', seen, { failStreak: 0, okStreak: 0 })
  return seen.outcome === 'blocked' ? refused(before, seen) : missed(before, seen)
}

/** A first answer of a firewall changes nothing of how the site stands, nor of what it is missed for: it may be an accident. */
function refused(before: Standing, seen: Observation): Standing {
  const refusals = refusalsOf(before) + 1
  if (refusals >= MISSES_TO_BLOCKED) {
    return enter(before, 'blocked', seen, { failStreak: refusals, okStreak: 0 })
  }
  if (isMissed(before.availability)) return { ...before, okStreak: ONCE_REFUSED }
  return enter(before, before.availability, seen, { failStreak: refusals, okStreak: 0 })
}

function missed(before: Standing, seen: Observation): Standing {
  const streaks = { failStreak: missesOf(before) + 1, okStreak: 0 }
  if (!isDownByMiss(before)) return enter(before, 'suspect', seen, streaks)
  if (!seen.reachedElsewhere) return enter(before, 'down', seen, streaks)
  return enter(before, 'suspect', { ...seen, cause: REACHED_ELSEWHERE }, streaks)
}

/** Whether one more miss has a site called down, unless other places reach it. */
export const isDownByMiss = (before: Streak): boolean =>
  before.availability === 'down' || missesOf(before) + 1 >= MISSES_TO_DOWN

type Streak = Pick<Standing, 'availability' | 'failStreak'>

const isMissed = (availability: Availability): boolean =>
  availability === 'suspect' || availability === 'down'

/** Misses in a row: where a firewall stood before the site, or nothing was known of it, the next one is the first. */
const missesOf = ({ availability, failStreak }: Streak): number => (isMissed(availability) ? failStreak : 0)

/** Answers of a firewall in a row. */
const refusalsOf = ({ availability, failStreak, okStreak }: Standing): number => {
  if (!isMissed(availability)) return failStreak
  return okStreak < 0 ? 1 : 0
}

function enter(
  before: Standing,
  availability: Availability,
  seen: Observation,
  streaks: { failStreak: number; okStreak: number },
): Standing {
  // A confirmed failure began with its first miss, and so did one that other places contradict.
  const continues =
    availability === before.availability || (isMissed(before.availability) && isMissed(availability))
  const recovering = availability === 'down' && seen.outcome === 'ok'
  return {
    ...before,
    ...streaks,
    availability,
    sinceMs: continues ? before.sinceMs : seen.atMs,
    cause: availability === 'up' ? null : recovering ? before.cause : (seen.cause ?? before.cause),
  }
}

/** Whether the last visit to a site that is missed was answered by a firewall, so that soon after it says the same again. */
export const isRefused = ({ okStreak }: Standing): boolean => okStreak < 0

/** Whether an operator would want to replay the step from `a` to `b`. */
export function isChange(a: Standing, b: Standing): boolean {
  return (
    a.state !== b.state ||
    a.availability !== b.availability ||
    a.cause !== b.cause ||
    a.v1 !== b.v1 ||
    a.v2 !== b.v2 ||
    a.v3 !== b.v3 ||
    a.newest !== b.newest
  )
}

/** Whether the site should be seen again soon rather than at its next turn: a miss, or a recovery, to be confirmed. */
export function wantsRecheck(after: Standing): boolean {
  // Where other places contradict the misses, the next turn is soon enough.
  if (after.availability === 'suspect') return after.failStreak < MISSES_TO_DOWN
  if (after.availability === 'down') return after.okStreak > 0
  return after.failStreak > 0 && after.availability === 'up'
}
