import { SECOND } from '../../../shared/base/time.ts'
import type { QualityCounts, QualityError } from '../../../shared/monitor/quality/quality-rules.ts'
import type { LookedOutcome } from './tables.ts'

/** What is so: a fault from when until when (epoch ms), or something that only looks like one. */
export interface Case {
  readonly rule: string
  readonly what: string
  readonly isFault: boolean
  readonly fromMs: number
  readonly toMs: number
  /** It began at `fromMs`, so that how soon it was told of says something. */
  readonly isTimed: boolean
}

/** What the monitor said at one look. */
export interface Look {
  readonly atMs: number
  readonly outcome: LookedOutcome
}

/** A case with all that was said of it, in time order. */
export interface Looked<C extends Case> {
  readonly one: C
  readonly looks: readonly Look[]
}

export interface Erred<C extends Case> {
  readonly one: C
  readonly error: QualityError
  readonly fromMs: number
  readonly toMs: number
}

/** What is counted of one rule. */
export interface RuleCount extends QualityCounts {
  readonly rule: string
  readonly medianS: number | null
  readonly slowestS: number | null
}

interface Sum {
  planted: number
  found: number
  clean: number
  wrong: number
  unmeasured: number
  readonly seconds: number[]
}

/**
 * Holds what the monitor said against what was so. A fault is found when the monitor tells of it while it stands; what it tells
 * of before or after, or of a look-alike, is wrong. A page that shows a fault for some hours is a clean one for the others.
 */
export function countCases<C extends Case>(
  looked: readonly Looked<C>[],
): { readonly counts: readonly RuleCount[]; readonly errors: readonly Erred<C>[] } {
  const sums = new Map<string, Sum>()
  const errors: Erred<C>[] = []
  for (const { one, looks } of looked) {
    const sum = sums.get(one.rule) ?? { planted: 0, found: 0, clean: 0, wrong: 0, unmeasured: 0, seconds: [] }
    sums.set(one.rule, sum)
    const isWithin = ({ atMs }: Look) => one.isFault && one.fromMs <= atMs && atMs < one.toMs
    const inside = looks.filter(isWithin)
    if (one.isFault) countFault(one, inside, sum, errors)
    const outside = looks.filter((look) => !isWithin(look))
    if (!one.isFault || outside.length > 0) countClean(one, outside, sum, errors)
  }
  const counts = [...sums].map(([rule, { seconds, ...sum }]) => ({ rule, ...sum, ...timesOf(seconds) }))
  return { counts: counts.sort((a, b) => (a.rule < b.rule ? -1 : 1)), errors }
}

function countFault<C extends Case>(one: C, looks: readonly Look[], sum: Sum, errors: Erred<C>[]): void {
  const first = looks.find(({ outcome }) => outcome === 'found')
  if (!first && looks.every(({ outcome }) => outcome === 'unmeasured')) {
    sum.unmeasured++
    return
  }
  sum.planted++
  if (!first) {
    errors.push({ one, error: 'missed', fromMs: one.fromMs, toMs: one.toMs })
    return
  }
  sum.found++
  if (one.isTimed) sum.seconds.push(Math.round((first.atMs - one.fromMs) / SECOND))
}

function countClean<C extends Case>(one: C, looks: readonly Look[], sum: Sum, errors: Erred<C>[]): void {
  const told = looks.filter(({ outcome }) => outcome === 'found')
  if (told.length === 0 && looks.every(({ outcome }) => outcome === 'unmeasured')) {
    // Of a page with a fault the other hours say nothing more.
    if (!one.isFault) sum.unmeasured++
    return
  }
  sum.clean++
  const [first, last] = [told[0], told.at(-1)]
  if (!first || !last) return
  sum.wrong++
  errors.push({ one, error: 'wrong', fromMs: first.atMs, toMs: last.atMs })
}

function timesOf(seconds: number[]): Pick<RuleCount, 'medianS' | 'slowestS'> {
  const sorted = seconds.sort((a, b) => a - b)
  return { medianS: sorted[Math.floor((sorted.length - 1) / 2)] ?? null, slowestS: sorted.at(-1) ?? null }
}
