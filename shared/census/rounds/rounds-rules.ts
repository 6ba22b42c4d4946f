import { type Calendar, workdaysBetween } from '../../register/workdays/workdays.ts'

/** Weekly self-check, half-monthly report, deep monitoring, spot check, guarded period. */
export const ROUND_KINDS = ['self_check', 'report', 'deep', 'spot', 'guard'] as const
export type RoundKind = (typeof ROUND_KINDS)[number]

export const ROUND_STATES = ['planned', 'open', 'checking', 'reviewing', 'closed', 'void'] as const
export type RoundState = (typeof ROUND_STATES)[number]

/** How rounds are numbered: by the initials of what they are called, as findings are. */
const PREFIX: Readonly<Record<RoundKind, string>> = {
  self_check: 'ZC',
  report: 'BG',
  deep: 'SD',
  spot: 'CC',
  guard: 'BZ',
}

/** CC-2026-03: the third spot check of the year. */
export const roundNumber = (kind: RoundKind, year: number, serial: number): string =>
  `${PREFIX[kind]}-${year}-${String(serial).padStart(2, '0')}`

/** What a spot check can be divided by. */
export const STRATA = ['level', 'district'] as const
export type StratumBy = (typeof STRATA)[number]

/** Kinds in which units or districts hand something in; before a guarded period units say whether they are ready. */
export const takesSubmissions = (kind: RoundKind): boolean =>
  kind === 'self_check' || kind === 'report' || kind === 'guard'

/** Kinds that come again and again by themselves. */
export const mayRepeat = (kind: RoundKind): kind is 'self_check' | 'report' =>
  kind === 'self_check' || kind === 'report'

export const isEnded = (state: RoundState): boolean => state === 'closed' || state === 'void'

export const DRAWS = ['chosen', 'reserve', 'rest'] as const

/** How something with a last day stands; it is derived from days and never kept. */
export const STANDINGS = ['planned', 'running', 'atRisk', 'overdue', 'ended'] as const
export type Standing = (typeof STANDINGS)[number]

/** It is at risk from so many working days before its last day. */
export const AT_RISK_WORKDAYS = 1

/** How what is due on a local day stands on another, the last day being one on which it may still be done. */
export function standingOn(
  { opensOn, dueOn, state }: { readonly opensOn: string; readonly dueOn: string; readonly state: RoundState },
  today: string,
  calendar: Calendar,
): Standing {
  if (isEnded(state)) return 'ended'
  // One that nobody has opened on its day is behind already.
  if (state === 'planned') return today > opensOn ? 'overdue' : 'planned'
  if (today > dueOn) return 'overdue'
  return workdaysBetween(calendar, today, dueOn) <= AT_RISK_WORKDAYS ? 'atRisk' : 'running'
}

export const MOST_WORDS = 2000
