import { MINUTE, startOfDay } from '../../../shared/base/time.ts'
import { QUALITY } from '../../../shared/monitor/quality/quality-rules.ts'
import type { Steps } from '../../base/slices.ts'
import { castOf } from '../cast/cast.ts'
import type { DemoSite } from '../cast/register.ts'
import { DEMO_RULES } from '../cast/rules.ts'
import type { Traits } from '../cast/traits.ts'
import { messageStyle } from '../fleet/messages.ts'
import { isBlocking, type Outage } from '../fleet/outages.ts'
import { behaviourAt, DEFAULT_SEED, outagesBetween, truthAt } from '../fleet/script.ts'
import { planOf } from './plan.ts'

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
/** A site that takes so long to answer only looks as if it did not, ms. */
const SLOW_MS = 1_000

/**
 * The truth of the fleet's sites at `atMs` by its script, of outages since `sinceMs`: of each site and rule one case. What lies so
 * close to a limit that a sample of visits may fall on either side is none.
 * @returns by the codes of sites
 */
export function* truthOfFleet(sinceMs: number, atMs: number): Steps<(Truth & { readonly code: string })[]> {
  const found: (Truth & { code: string })[] = []
  for (const site of castOf(DEFAULT_SEED).sites) {
    yield
    found.push(...casesOf(site, sinceMs, atMs).map((one) => ({ code: site.code, ...one })))
  }
  return found
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
