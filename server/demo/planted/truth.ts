import { localDay, MINUTE, startOfDay } from '../../../shared/base/time.ts'
import { INSPECTION_RULES } from '../../../shared/monitor/inspections/catalogue.ts'
import { QUALITY } from '../../../shared/monitor/quality/quality-rules.ts'
import type { Steps } from '../../base/slices.ts'
import { castOf } from '../cast/cast.ts'
import type { DemoSite } from '../cast/register.ts'
import { DEMO_RULES } from '../cast/rules.ts'
import type { Traits } from '../cast/traits.ts'
import { messageStyle } from '../fleet/messages.ts'
import { isBlocking, type Outage } from '../fleet/outages.ts'
import { behaviourAt, DEFAULT_SEED, outagesBetween, truthAt } from '../fleet/script.ts'
import { madeProblems, madeUnmeasured } from '../past/found/made.ts'
import { planOf } from './plan.ts'
import { dice } from './showing.ts'

/** What is so, of one rule at one place: a fault, or something that only looks like one. */
export interface Truth {
  readonly rule: string
  readonly what: string
  readonly isFault: boolean
  readonly fromMs: number
  readonly toMs: number
  /** It began then, and did not only stand there. */
  readonly isTimed: boolean
}

/** @returns the truth of each page of the test site on a night, by its number */
export function truthOfTestSite(seed: number, night: string): readonly (Truth & { readonly slot: number })[] {
  const startMs = startOfDay(night)
  return planOf(seed, night).map(({ slot, variant, fromMinute, toMinute }) => ({
    ...{ slot, rule: variant.rule, what: variant.what, isFault: variant.isFault },
    ...{ fromMs: startMs + fromMinute * MINUTE, toMs: startMs + toMinute * MINUTE, isTimed: variant.isFault },
  }))
}

/** An outage that is shorter is no fault that a monitor has to see. */
const SHORTEST_OUTAGE_MS = 10 * MINUTE
/** Sites on which a rule of machine inspections is held against the script on one night. */
const [FAULTY_SITES, SOUND_SITES] = [12, 16]
/** What they would find there depends on more than the script: the day for letters, the machine for names. */
const NOT_SCRIPTED = new Set(['page-messages', 'mark-domain'])
/** A site that takes so long to answer only looks as if it did not, ms. */
const SLOW_MS = 1_000

/**
 * The truth of the fleet's sites at `atMs` by its script, of outages since `sinceMs`: of each site and rule one case; of rules of
 * machine inspections of some sites only. What lies so
 * close to a limit that a sample of visits may fall on either side is none.
 * @returns by the codes of sites
 */
export function* truthOfFleet(sinceMs: number, atMs: number): Steps<(Truth & { readonly code: string })[]> {
  const found: (Truth & { code: string })[] = []
  const machine: (Truth & { code: string })[] = []
  for (const site of castOf(DEFAULT_SEED).sites) {
    yield
    const { code } = site
    found.push(...casesOf(site, sinceMs, atMs).map((one) => ({ code, ...one })))
    machine.push(...machineCasesOf(site, sinceMs, atMs).map((one) => ({ code, ...one })))
  }
  return [...found, ...drawnOf(machine, localDay(atMs))]
}

/** Of each rule so many faulty sites and so many sound ones, others each night. */
function drawnOf<T extends Truth & { readonly code: string }>(cases: readonly T[], night: string): T[] {
  const left = new Map<string, number>()
  return cases
    .map((one) => ({ one, order: dice(night, one.rule, one.code) }))
    .sort((a, b) => a.order - b.order)
    .flatMap(({ one }) => {
      const kind = `${one.rule} ${one.isFault}`
      const more = left.get(kind) ?? (one.isFault ? FAULTY_SITES : SOUND_SITES)
      left.set(kind, more - 1)
      return more > 0 ? [one] : []
    })
}

/** What the rules of machine inspections find on a site by its script; what they cannot measure there is no case. */
function machineCasesOf(site: DemoSite, sinceMs: number, atMs: number): Truth[] {
  const of = { site, behaviour: behaviourAt(site, atMs), atMs }
  const faulty = new Set(madeProblems(of).flatMap(({ rule, isGone }) => (isGone ? [] : [rule])))
  const unmeasured = madeUnmeasured(of)
  return INSPECTION_RULES.flatMap(({ id }): Truth[] => {
    const isFault = faulty.has(id)
    if (!isFault && (unmeasured.has(id) || NOT_SCRIPTED.has(id))) return []
    const what = isFault ? 'scriptedFault' : 'scriptedSound'
    return [{ rule: id, what, isFault, fromMs: sinceMs, toMs: atMs, isTimed: false }]
  })
}

function casesOf(site: DemoSite, sinceMs: number, atMs: number): Truth[] {
  const { share, reading, v2, v3 } = truthAt(site, atMs)
  const { traits, publisher } = behaviourAt(site, atMs)
  const cases: Truth[] = []
  const add = (rule: string, what: string, isFault: boolean, outage?: Outage) => {
    const [fromMs, toMs] = outage ? [outage.start, outage.end] : [sinceMs, atMs]
    cases.push({ rule, what, isFault, fromMs, toMs, isTimed: outage !== undefined })
  }
  const outages = outagesBetween(site, sinceMs, atMs).filter(({ kind }) => !isBlocking(kind))
  const long = outages.find(({ start, end }) => start > sinceMs && end - start >= SHORTEST_OUTAGE_MS)
  if (long) add('DOWN', long.kind, true, long)
  else if (outages.length === 0) add('DOWN', traits.latencyMs >= SLOW_MS ? 'slowSite' : 'wellSite', false)
  if (Math.abs(share - DEMO_RULES.v1VetoPercent) >= QUALITY.edges.sharePercent) {
    const isDead = share >= DEMO_RULES.v1VetoPercent
    add('V1', isDead ? 'failedShare' : share > 0 ? 'someFailures' : 'wellSite', isDead)
  }
  if (reading !== 'unreadable') add('V2', lookOf(traits), v2 === 'violated')
  add('V3', traits.columns ? `${traits.columns}_columns` : 'kept_columns', v3 === 'violated')
  const style = messageStyle(publisher.salt)
  if (style === 'late' || style === 'answered') add('V5', style, style === 'late')
  return cases
}

/** What may mislead whoever reads a home page. */
function lookOf({ home, clock, pinned, shortDates }: Traits): string {
  if (home !== null) return home
  if (clock !== 'none') return 'clock'
  if (pinned) return 'pinned'
  return shortDates ? 'shortDates' : 'plainHome'
}
