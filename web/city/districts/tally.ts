import type { LevelFigures } from '../../../shared/city/level.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { emptyCounts, SITE_STATES, type StateCounts } from '../../../shared/register/sites/states-rules.ts'
import { isWaiting } from '../../desk/alerts/triage.ts'

/** One line of the table of districts. */
export interface DistrictTally {
  readonly code: string
  readonly total: number
  readonly counts: StateCounts
  /** Alerts that nobody has taken. */
  readonly open: number
  readonly overdue: number
  /** Sites that were down while nobody looked. */
  readonly missed: number
}

export interface TallyInput {
  /** Codes in the order of the administration. */
  readonly codes: readonly string[]
  readonly counts: ReadonlyMap<string, StateCounts>
  readonly missed: ReadonlyMap<string, number>
  readonly alerts: Iterable<Alert>
  readonly rectifications: Iterable<Rectification>
  /** Where the board has them instead of all alerts and rectifications. */
  readonly figures?: LevelFigures | null
  readonly isLate: (rectification: Rectification) => boolean
  /** Epoch ms: a silence may be over by then. */
  readonly nowMs: number
}

/** The districts that have sites, each with what is wrong in it and what is waiting. */
export function tallyDistricts(input: TallyInput): DistrictTally[] {
  const { open, overdue } = input.figures ? partsOf(input.figures) : countedOf(input)
  return input.codes.flatMap((code) => {
    const counts = input.counts.get(code) ?? emptyCounts()
    const total = SITE_STATES.reduce((sum, state) => sum + counts[state], 0)
    return total === 0
      ? []
      : [
          {
            ...{ code, total, counts, open: open.get(code) ?? 0, overdue: overdue.get(code) ?? 0 },
            missed: input.missed.get(code) ?? 0,
          },
        ]
  })
}

interface Counted {
  readonly open: ReadonlyMap<string, number>
  readonly overdue: ReadonlyMap<string, number>
}

function partsOf({ parts }: LevelFigures): Counted {
  return {
    open: new Map(parts.map(([code, waiting]) => [code, waiting])),
    overdue: new Map(parts.map(([code, , overdue]) => [code, overdue])),
  }
}

function countedOf({ alerts, rectifications, isLate, nowMs }: TallyInput): Counted {
  return {
    open: countBy(alerts, (alert) => (isWaiting(alert, nowMs) ? alert.district : null)),
    overdue: countBy(rectifications, (one) => (isLate(one) ? one.district : null)),
  }
}

function countBy<T>(items: Iterable<T>, key: (item: T) => string | null): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) {
    const at = key(item)
    if (at !== null) counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  return counts
}

/** Worst first: more dead sites, then more that are down, and so on through the states. */
export function worstFirst(tallies: readonly DistrictTally[]): DistrictTally[] {
  return [...tallies].sort((a, b) => {
    const state = SITE_STATES.find((one) => a.counts[one] !== b.counts[one])
    return state === undefined ? 0 : b.counts[state] - a.counts[state]
  })
}
