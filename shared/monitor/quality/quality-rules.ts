import { wilson } from '../../base/figures/wilson.ts'
import quality from './quality-2026.json' with { type: 'json' }

/** Where faults are planted: sites of the demo's fleet, whose script knows the truth; pages of a test site. */
export const PLACES = ['fleet', 'test_site'] as const
export type QualityPlace = (typeof PLACES)[number]

/** What can be wrong with what the monitor said: a fault that it did not tell of, something told of what was well. */
export const ERRORS = ['missed', 'wrong'] as const
export type QualityError = (typeof ERRORS)[number]

/** How people correct the monitor: an alert called false, a problem refused, a newest day of its own corrected. */
export const MARKS = ['falseAlarms', 'problems', 'corrections'] as const
export type MarkKind = (typeof MARKS)[number]

/** Percentages, counts and times of day that measuring quality goes by. */
export const QUALITY = quality

/** At most so many per cent of faults missed, of well ones told of, and of what people judged refused. */
export interface QualityLimits {
  readonly missedPercent: number
  readonly wrongPercent: number
  readonly refusedPercent: number
}

/** The limits of a rule; those of all, where it has none of its own. */
export const limitsOfRule = (rule: string): QualityLimits => ({
  ...QUALITY.limits,
  ...(QUALITY.limitsOf as Readonly<Record<string, Partial<QualityLimits>>>)[rule],
})

/** What is counted of a rule. */
export interface QualityCounts {
  /** Faults that were measured, and those that were found. */
  readonly planted: number
  readonly found: number
  /** Look-alikes without a fault that were measured, and those of which the monitor told all the same. */
  readonly clean: number
  readonly wrong: number
  /** Of either kind, of which the monitor said nothing. */
  readonly unmeasured: number
}

/** What people said of a rule: how much it told of, and what of that they called wrong. */
export interface QualityMarks {
  readonly told: number
  readonly refused: number
}

/** A share of so many, with what lies behind so few (Wilson, 95 %); from 0 to 1. */
export interface Rate {
  readonly n: number
  readonly of: number
  readonly share: number | null
  readonly low: number | null
  readonly high: number | null
}

export function rateOf(n: number, of: number): Rate {
  const interval = wilson(n, of, QUALITY.confidence.z)
  return { n, of, share: of === 0 ? null : n / of, low: interval?.[0] ?? null, high: interval?.[1] ?? null }
}

export const missedRate = ({ planted, found }: QualityCounts): Rate => rateOf(planted - found, planted)
export const wrongRate = ({ clean, wrong }: QualityCounts): Rate => rateOf(wrong, clean)
export const refusedRate = ({ told, refused }: QualityMarks): Rate => rateOf(refused, told)

/** Whether a share is certain to be above a limit: even the low end of what lies behind so few is. */
export const isOver = ({ low }: Pick<Rate, 'low'>, percent: number): boolean =>
  low !== null && low > percent / 100

/** By what it is known how often a rule errs: what it told wrongly of what was planted, or what people refused. */
export const BOUNDS = ['wrong', 'refused'] as const
export type QualityBound = (typeof BOUNDS)[number]

type ErrorLimits = Pick<QualityLimits, 'wrongPercent' | 'refusedPercent'>

/** The limit of either, in per cent. */
export const limitBy = ({ wrongPercent, refusedPercent }: ErrorLimits, by: QualityBound): number =>
  by === 'wrong' ? wrongPercent : refusedPercent

/** What is held against the limit of a rule. */
export interface HeldAgainst {
  readonly by: QualityBound
  /** What the share is at least, from 0 to 1. */
  readonly low: number
}

/**
 * What decides whether a rule errs too often: the share wrongly told of what was planted, or refused by people, whichever is nearer to
 * its limit or further above it; null: few cases say nothing. What it misses is shown beside it and stops nothing.
 */
export function heldAgainst(
  limits: ErrorLimits,
  counts: QualityCounts,
  marks: QualityMarks,
): HeldAgainst | null {
  const [wrong, refused] = [wrongRate(counts), refusedRate(marks)]
  const known = [
    { by: 'wrong' as const, low: wrong.of >= QUALITY.least.cases ? wrong.low : null },
    { by: 'refused' as const, low: refused.of >= QUALITY.least.judged ? refused.low : null },
  ].flatMap(({ by, low }) => (low === null ? [] : [{ by, low, over: low * 100 - limitBy(limits, by) }]))
  const [most] = known.sort((a, b) => b.over - a.over)
  return most ? { by: most.by, low: most.low } : null
}

/** Whether a rule errs too often, by what decides that. */
export const isAboveLimit = (limits: ErrorLimits, held: HeldAgainst | null): boolean =>
  held !== null && isOver(held, limitBy(limits, held.by))
