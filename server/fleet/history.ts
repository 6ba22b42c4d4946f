import type { Cause } from '../../shared/probes.ts'
import { MINUTE } from '../../shared/time.ts'
import { RULES_2015 } from '../../shared/verdicts.ts'
import { dayText, instantOf } from './calendar.ts'
import { isBlocking, OUTAGE_CAUSES, type Outage, type OutageKind } from './outages.ts'
import { type Item, itemsBefore } from './publishing.ts'
import type { DemoSite } from './register.ts'
import { behaviourAt, DEFAULT_SEED, latencyAt, outagesBetween, readingOf } from './script.ts'

/** Visits in columns; row `n` is the nth entry of each, for `n` below `length`. */
export interface VisitBatch {
  readonly length: number
  /** Into the list of sites that was passed in. */
  readonly siteIndex: Uint16Array
  readonly atMs: Float64Array
  /** 0 ok, 1 failed, 2 blocked. */
  readonly outcome: Uint8Array
  readonly cause: readonly (Cause | null)[]
  /** HTTP status; 0 for none. */
  readonly status: Uint16Array
  readonly totalMs: Float64Array
}

export type PastChange = { readonly siteIndex: number; readonly atMs: number } & (
  | { readonly kind: 'down' | 'blocked'; readonly cause: Cause }
  | { readonly kind: 'up' | 'unblocked'; readonly cause: null }
  /** `newest`: the date that the home page showed then; null for a page that shows none. */
  | { readonly kind: 'dormant' | 'fresh'; readonly newest: string | null }
)

const BATCH_ROWS = 10_000
/** What the monitor gives up at. */
const TIMEOUT_MS = RULES_2015.v1FailMs

const STATUS: Partial<Record<OutageKind, number>> = {
  trickle: 200,
  http_500: 500,
  http_502: 502,
  http_503: 503,
  http_404: 404,
  truncated: 200,
  empty: 200,
  redirect_loop: 302,
  firewall: 403,
  captcha: 200,
}

/**
 * The visits that a monitor would have made in [fromMs, toMs), one to each site every `everyMs`, spread evenly
 * and in time order. Pure, and the same outages as `behaviourAt` has at those times.
 */
export function* pastVisits(
  sites: readonly DemoSite[],
  fromMs: number,
  toMs: number,
  everyMs: number,
  seed = DEFAULT_SEED,
): Generator<VisitBatch> {
  const pasts = sites.map((site) => new Past(site, fromMs, toMs, seed))
  let rows = new Rows()
  for (let round = fromMs; round < toMs; round += everyMs) {
    for (const [index, past] of pasts.entries()) {
      const atMs = round + Math.floor((index * everyMs) / sites.length)
      if (atMs >= toMs) break
      past.visit(atMs, index, rows)
      if (rows.length < BATCH_ROWS) continue
      yield rows
      rows = new Rows()
    }
  }
  if (rows.length > 0) yield rows
}

/** One site's past, walked through forwards. */
class Past {
  readonly #outages: readonly Outage[]
  readonly #pace: ReturnType<typeof behaviourAt>
  #next = 0

  constructor(site: DemoSite, fromMs: number, toMs: number, seed: number) {
    this.#outages = outagesBetween(site, fromMs, toMs, seed)
    this.#pace = behaviourAt(site, fromMs, seed)
  }

  visit(atMs: number, siteIndex: number, rows: Rows): void {
    while ((this.#outages[this.#next]?.end ?? Number.POSITIVE_INFINITY) <= atMs) this.#next++
    const outage = this.#outages[this.#next]
    const latencyMs = latencyAt(this.#pace.publisher.salt, this.#pace.traits, atMs)
    rows.add(siteIndex, atMs, outage && outage.start <= atMs ? outage.kind : null, latencyMs)
  }
}

class Rows implements VisitBatch {
  length = 0
  readonly siteIndex = new Uint16Array(BATCH_ROWS)
  readonly atMs = new Float64Array(BATCH_ROWS)
  readonly outcome = new Uint8Array(BATCH_ROWS)
  readonly cause: (Cause | null)[] = []
  readonly status = new Uint16Array(BATCH_ROWS)
  readonly totalMs = new Float64Array(BATCH_ROWS)

  add(siteIndex: number, atMs: number, kind: OutageKind | null, latencyMs: number): void {
    const row = this.length++
    const cause = kind && OUTAGE_CAUSES[kind]
    this.siteIndex[row] = siteIndex
    this.atMs[row] = atMs
    this.outcome[row] = kind === null ? 0 : isBlocking(kind) ? 2 : 1
    this.cause.push(cause)
    this.status[row] = kind === null ? 200 : (STATUS[kind] ?? 0)
    this.totalMs[row] = cause === 'timeout' ? TIMEOUT_MS : latencyMs
  }
}

/**
 * What changed in [fromMs, toMs), in time order: outages of at least `minMs` beginning and ending, and sites
 * becoming dormant or fresh again. What is already so at `fromMs` is told as a change at `fromMs`.
 */
export function* pastChanges(
  sites: readonly DemoSite[],
  fromMs: number,
  toMs: number,
  { minMs = MINUTE, seed = DEFAULT_SEED }: { minMs?: number; seed?: number } = {},
): Generator<PastChange> {
  const changes = [...sites.entries()].flatMap(([siteIndex, site]) => [
    ...outageChanges(siteIndex, outagesBetween(site, fromMs, toMs, seed), toMs, minMs),
    ...freshnessChanges(siteIndex, site, fromMs, toMs, seed),
  ])
  yield* changes.sort((a, b) => a.atMs - b.atMs)
}

/** Outages that follow on each other without a gap are one, unless a wall in front takes over or leaves. */
function outageChanges(
  siteIndex: number,
  outages: readonly Outage[],
  toMs: number,
  minMs: number,
): PastChange[] {
  const joined: Outage[] = []
  for (const outage of outages) {
    const last = joined.at(-1)
    const goesOn = last?.end === outage.start && isBlocking(last.kind) === isBlocking(outage.kind)
    if (last && goesOn) joined[joined.length - 1] = { ...last, end: outage.end }
    else joined.push(outage)
  }
  return joined
    .filter(({ start, end }) => end - start >= minMs || end === toMs)
    .flatMap(({ start, end, kind }) => {
      const cause = OUTAGE_CAUSES[kind]
      const isWall = isBlocking(kind)
      const begin: PastChange = { siteIndex, atMs: start, kind: isWall ? 'blocked' : 'down', cause }
      if (end >= toMs) return [begin]
      return [begin, { siteIndex, atMs: end, kind: isWall ? 'unblocked' : 'up', cause: null }]
    })
}

function freshnessChanges(
  siteIndex: number,
  site: DemoSite,
  fromMs: number,
  toMs: number,
  seed: number,
): PastChange[] {
  const { traits, publisher } = behaviourAt(site, fromMs, seed)
  if (readingOf(traits.home) === 'undated') {
    return [{ siteIndex, atMs: fromMs, kind: 'dormant', newest: null }]
  }
  if (readingOf(traits.home) !== 'dated') return []
  const changes: PastChange[] = []
  let later: Item | null = null
  for (const item of itemsBefore(publisher, toMs - 1)) {
    const end = later ? instantOf(later.day, later.minute) : toMs
    changes.push(...gapChanges(siteIndex, item, later, Math.max(fromMs, overdueAt(item)), end))
    if (instantOf(item.day, item.minute) <= fromMs) break
    later = item
  }
  return changes.filter(({ atMs }) => atMs >= fromMs).sort((a, b) => a.atMs - b.atMs)
}

/** Dormant from `start` until the next item at `end`, if that is any time at all. */
function gapChanges(
  siteIndex: number,
  item: Item,
  next: Item | null,
  start: number,
  end: number,
): PastChange[] {
  if (start >= end) return []
  const dormant: PastChange = { siteIndex, atMs: start, kind: 'dormant', newest: dayText(item.day) }
  if (!next) return [dormant]
  return [dormant, { siteIndex, atMs: end, kind: 'fresh', newest: dayText(next.day) }]
}

/** The midnight on which an item becomes older than the veto allows. */
function overdueAt(item: Item): number {
  return instantOf(item.day + RULES_2015.v2VetoDays + 1)
}
