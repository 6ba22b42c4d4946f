import type { Cause } from '../../../shared/monitor/visit/probes.ts'
import { isBlocking, OUTAGE_CAUSES, type Outage, type OutageKind } from '../fleet/outages.ts'
import { behaviourAt, DEFAULT_SEED, latencyAt, outagesBetween } from '../fleet/script.ts'
import type { DemoSite } from './register.ts'
import { DEMO_RULES } from './rules.ts'

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

const BATCH_ROWS = 10_000
/** What the monitor gives up at. */
const TIMEOUT_MS = DEMO_RULES.v1FailMs

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
