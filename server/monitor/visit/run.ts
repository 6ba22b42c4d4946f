import type { Cause, VisitResult } from '../../../shared/monitor/visit/probes.ts'
import type { ProberParts } from './fetcher.ts'
import { fingerprint } from './http/fingerprint.ts'
import type { Validators } from './http/request.ts'
import { type Arrival, Journey } from './journey.ts'

export interface Visit {
  result: VisitResult
  /** The decoded page; null after a failure, when nothing was modified, and where it is `known`. Who does not keep it may give it back (`http/bodies.ts`). */
  body: Uint8Array | null
  /** Lower-case names, without `set-cookie`; of the last answer. */
  headers: Record<string, string>
  /** Who issued the certificate of the last host over TLS; null without one. */
  issuer?: string | null
}

const STALL_MS = 1000

/** What is known of a visit before anything was measured. */
export const NOTHING: VisitResult = {
  outcome: 'failed',
  cause: null,
  status: null,
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  ttfbMs: null,
  totalMs: null,
  bytes: 0,
  finalUrl: null,
  redirects: 0,
  notes: [],
  certDaysLeft: null,
  certificate: null,
  address: null,
  bodyHash: null,
  etag: null,
  lastModified: null,
  notModified: false,
}

/** Down, never up: 14,999.96 ms must not be shown as a failure that was not counted as one. */
function tenths(ms: number | null): number | null {
  return ms === null ? null : Math.floor(ms * 10) / 10
}

function learnt({ outcome, cause, body, known, bytes, validators, notModified }: Arrival) {
  const isPage = outcome === 'ok' && body !== null
  return {
    outcome,
    cause,
    bytes,
    bodyHash: isPage ? fingerprint(body) : known,
    etag: outcome === 'ok' ? validators.etag : null,
    lastModified: outcome === 'ok' ? validators.lastModified : null,
    notModified,
  }
}

function arrivedVisit(arrival: Arrival): Visit {
  const result = { ...NOTHING, ...learnt(arrival) }
  return { result, body: arrival.body, headers: arrival.head?.headers ?? {} }
}

/** A visit that ended without an answer. */
export function failedVisit(cause: Cause): Visit {
  return { result: { ...NOTHING, cause }, body: null, headers: {} }
}

export interface RunOptions {
  url: URL
  validators: Validators | null
  known: string | null
  headOnly: boolean
  deadlineMs: number
  /** Told at each connection that is open. */
  opened: () => void
  done: (visit: Visit) => void
}

/** One visit under its deadline: a single timer for all of it, which a trickling body cannot put off. */
export class Run {
  readonly #parts: ProberParts
  readonly #options: RunOptions
  readonly #journey: Journey
  readonly #startedAt: number
  readonly #timer: NodeJS.Timeout
  #isOver = false

  constructor(parts: ProberParts, options: RunOptions) {
    this.#parts = parts
    this.#options = options
    this.#startedAt = parts.elapsedMs()
    this.#journey = new Journey(parts, options.url, options)
    this.#timer = setTimeout(() => this.#late(), options.deadlineMs)
    this.#journey.run().then(
      (arrival) => this.#arrived(arrival),
      () => this.interrupt('monitor_error'),
    )
  }

  interrupt(cause: Cause): void {
    if (this.#isOver) return
    this.#journey.fetcher.stop()
    this.#finish(failedVisit(cause), this.#elapsed())
  }

  #elapsed(): number {
    return this.#parts.elapsedMs() - this.#startedAt
  }

  #late(): void {
    if (this.#isOver) return
    const cause = this.#lateCause()
    this.#journey.fetcher.stop()
    const signpost = cause === 'monitor_error' ? null : this.#journey.backToSignpost(cause)
    if (signpost) {
      this.#finish(arrivedVisit(signpost), this.#options.deadlineMs - 1)
      return
    }
    // Timers may fire a fraction early; the stamp may not read as if the page had been in time.
    this.#finish(failedVisit(cause), Math.max(this.#elapsed(), this.#options.deadlineMs))
  }

  /** A timer far behind its time means that this process stood still: the answer may have lain there unread. */
  #lateCause(): Cause {
    if (this.#elapsed() > this.#options.deadlineMs + STALL_MS) return 'monitor_error'
    return this.#journey.fetcher.isResolving ? 'dns_timeout' : 'timeout'
  }

  #arrived(arrival: Arrival): void {
    const elapsed = this.#elapsed()
    if (this.#isOver) return
    if (elapsed >= this.#options.deadlineMs) this.#late()
    else this.#finish(arrivedVisit(arrival), elapsed)
  }

  #finish(visit: Visit, elapsed: number): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    Object.assign(visit.result, this.#measured(), { totalMs: tenths(elapsed) })
    visit.issuer = this.#journey.fetcher.facts.issuer
    this.#options.done(visit)
  }

  #measured() {
    const { fetcher, url, redirects, notes } = this.#journey
    const { status, address, certDaysLeft, certificate, dnsMs, connectMs, tlsMs, firstByteAt } = fetcher.facts
    return {
      status,
      address,
      certDaysLeft,
      certificate,
      dnsMs: tenths(dnsMs),
      connectMs: tenths(connectMs),
      tlsMs: tenths(tlsMs),
      ttfbMs: firstByteAt === null ? null : tenths(firstByteAt - this.#startedAt),
      finalUrl: url.href,
      redirects,
      notes: [...notes],
    }
  }
}
