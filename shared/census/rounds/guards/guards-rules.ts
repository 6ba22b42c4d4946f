import { addDays, MINUTE, timeOn } from '../../../base/time.ts'
import { addWorkdays, type Calendar, workdaysBetween } from '../../../register/workdays/workdays.ts'
import { AT_RISK_WORKDAYS, isEnded, type RoundState, type Standing, standingOn } from '../rounds-rules.ts'

/** The monitor visits a guarded site every so many seconds. */
export const LEAST_INTERVAL_S = 15
export const MOST_INTERVAL_S = 3_600
export const MOST_GUARD_DAYS = 62
/** Zero reports in a day. */
export const MOST_HOURS = 6
export const MOST_GUARD_DISTRICTS = 60
export const MOST_GUARD_SITES = 500
/** A zero report can be signed so long before its hour. */
export const ZERO_EARLY_MS = 60 * MINUTE
/** So long after its hour it still is on time, unless the plan says otherwise. */
export const GRACE_MIN = 30
/** The closing report is made within so many working days after the last day. */
const CLOSING_WORKDAYS = 3

interface Period {
  readonly from: string
  readonly to: string
}

/** From the beginning of the first day to the end of the last, epoch ms. */
export const spanOf = ({ from, to }: Period) => ({
  startMs: timeOn(from, '00:00'),
  endMs: timeOn(addDays(to, 1), '00:00'),
})

/** When zero reports of a period are due, in order (epoch ms). */
export function dueTimes({ from, to, hours }: Period & { readonly hours: readonly string[] }): number[] {
  const times: number[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    for (const hour of [...hours].sort()) times.push(timeOn(day, hour))
  }
  return times
}

/** `ahead`: too early to sign; `open`: to be signed now; `missing`: the grace is over and nobody has signed. */
export const ZERO_STANDINGS = ['ahead', 'open', 'missing', 'onTime', 'late'] as const
export type ZeroStanding = (typeof ZERO_STANDINGS)[number]

/** How a zero report stands at an instant; derived, never kept. Times are epoch ms. */
export function zeroStanding(
  {
    dueMs,
    graceMin,
    signedMs,
  }: { readonly dueMs: number; readonly graceMin: number; readonly signedMs: number | null },
  nowMs: number,
): ZeroStanding {
  const lastMs = dueMs + graceMin * MINUTE
  if (signedMs !== null) return signedMs <= lastMs ? 'onTime' : 'late'
  if (nowMs > lastMs) return 'missing'
  return nowMs >= dueMs - ZERO_EARLY_MS ? 'open' : 'ahead'
}

/** Where a guarded period is: before it units are asked; `over`: its closing report is to be made. */
export const GUARD_PHASES = ['planned', 'poll', 'ready', 'running', 'over', 'ended'] as const
export type GuardPhase = (typeof GUARD_PHASES)[number]

export interface GuardDays extends Period {
  readonly opensOn: string
  /** The last day on which units say whether they are ready. */
  readonly dueOn: string
  readonly state: RoundState
}

/** Where a guarded period is on a local day. */
export function phaseOn({ from, to, dueOn, state }: GuardDays, today: string): GuardPhase {
  if (isEnded(state)) return 'ended'
  if (state === 'planned') return 'planned'
  if (today > to) return 'over'
  if (today >= from) return 'running'
  return today > dueOn ? 'ready' : 'poll'
}

/** How it stands: until the poll is due by the poll, then by the day on which its closing report is due. */
export function guardStandingOn(guard: GuardDays, today: string, calendar: Calendar): Standing {
  const phase = phaseOn(guard, today)
  if (phase === 'ready' || phase === 'running') return 'running'
  if (phase !== 'over') return standingOn(guard, today, calendar)
  const closeBy = addWorkdays(calendar, guard.to, CLOSING_WORKDAYS)
  if (today > closeBy) return 'overdue'
  return workdaysBetween(calendar, today, closeBy) <= AT_RISK_WORKDAYS ? 'atRisk' : 'running'
}
