import { systemClock } from '../../base/clock.ts'
import { rulesInForce } from '../verdicts/in-force.ts'
import { type Asked, type AskParts, type AskTarget, ask } from './ask.ts'
import { fixedFields } from './http/request.ts'
import { Unpacked } from './http/unpacked.ts'
import { toUrl } from './http/url.ts'
import { createAnewResolver, createResolver, createSixResolver, type DnsSource } from './net/dns.ts'
import { createGuard } from './net/guard.ts'
import { hasOwnSix } from './net/own-six.ts'
import { Trust } from './net/tls.ts'
import { failedVisit, Run, type RunOptions, type Visit } from './run.ts'

export type { Visit }

export interface ProberOptions {
  userAgent: string
  /** The legal line: a page that is not open at 15.000 s counts as not open. */
  deadlineMs?: number
  /** Of a body after decompression; what is longer is cut, which is no failure. */
  maxBytes?: number
  /** CIDR blocks that may be visited although they are not public. */
  allowAddresses?: readonly string[]
  /** Names that may be visited wherever they lead: `name`, `*.suffix`, either with `:port`. */
  allowHosts?: readonly string[]
  /** PEM certificates that are trusted besides the public roots. */
  ca?: string | Buffer
  /** Addresses of names, or of `*.suffix`, that are not looked up. */
  hosts?: { readonly [name: string]: string }
  /** IPv6 addresses of names that are not looked up, for questions over IPv6. */
  hosts6?: { readonly [name: string]: string }
  resolver?: DnsSource
  /** Whether this place has IPv6; as this machine's addresses say, unless told. */
  hasSix?: () => boolean
  /** Wall clock, milliseconds since 1970. */
  nowMs?: () => number
  /** Monotonic clock for durations, milliseconds. */
  elapsedMs?: () => number
}

export interface VisitTarget {
  url: string
  /** Validators from the last visit; a 304 then counts as an answer with nothing new. */
  etag?: string | null
  lastModified?: string | null
  /** `bodyHash` of the page as it is known: one that is still the same may come without its body, where that was compressed. */
  known?: string | null
  signal?: AbortSignal
  /** The head of a good answer is all that matters, as of a link: its body is not fetched, a signpost not followed. */
  headOnly?: boolean
  /** Asks as another than the monitor, as a search engine's robot would. */
  userAgent?: string
  /** Names are looked up anew, whatever is remembered of them. */
  anew?: boolean
  /** Told when a connection of the visit is open: what costs most is over. */
  onOpen?: () => void
}

export interface Prober {
  /** Visits one page. Never throws: whatever happens is data. */
  visit(target: VisitTarget): Promise<Visit>
  /** Ends all running visits with cause `aborted`. */
  close(): void
}

/** One that answers single questions too. */
export interface AskingProber extends Prober {
  /** One question without redirects, on request over IPv6 alone. Never throws. */
  ask(target: AskTarget): Promise<Asked>
}

/** Of a body so much is fetched, unless a prober is given another limit. */
export const MAX_BYTES = 3 * 1024 * 1024

interface Parts extends AskParts {
  readonly resolveAnew: AskParts['resolve']
}

function createParts(options: ProberOptions): Parts {
  const { hosts = {}, hosts6 = {}, resolver, allowAddresses = [], allowHosts = [] } = options
  const elapsedMs = options.elapsedMs ?? (() => performance.now())
  return {
    elapsedMs,
    now: options.nowMs ?? systemClock.now,
    resolve: createResolver({ hosts, elapsedMs, ...(resolver && { source: resolver }) }),
    resolveAnew: createAnewResolver({ hosts, ...(resolver && { source: resolver }) }),
    resolveSix: createSixResolver({ hosts, hosts6, ...(resolver && { source: resolver }) }),
    hasSix: options.hasSix ?? hasOwnSix,
    isAllowed: createGuard({ allowAddresses, allowHosts }),
    trust: new Trust(options.ca),
    fixedFields: fixedFields(options.userAgent),
    maxBytes: options.maxBytes ?? MAX_BYTES,
    unpacked: new Unpacked(),
  }
}

function validatorsOf({ etag = null, lastModified = null }: VisitTarget): RunOptions['validators'] {
  return etag === null && lastModified === null ? null : { etag, lastModified }
}

/**
 * Makes a prober. Its visits share the name cache and the trusted certificates and run side by side, as many as
 * the caller likes.
 */
export function createProber(options: ProberOptions): AskingProber {
  const parts = createParts(options)
  const running = new Set<Run>()
  const ended = new WeakMap<AbortSignal, Set<Run>>()

  /**
   * The visits that end with a signal, of which one listener is told: of a listener for each visit, those that are long gone
   * would keep all that came after them from being freed before the whole memory is looked through.
   */
  function endedBy(signal: AbortSignal): Set<Run> {
    const known = ended.get(signal)
    if (known) return known
    const runs = new Set<Run>()
    ended.set(signal, runs)
    signal.addEventListener('abort', () => interrupt(runs), { once: true })
    return runs
  }

  function start(url: URL, target: VisitTarget, resolve: (visit: Visit) => void): void {
    const together = target.signal && endedBy(target.signal)
    const done = (visit: Visit) => {
      running.delete(run)
      together?.delete(run)
      resolve(visit)
    }
    const run = new Run(partsFor(parts, target), {
      url,
      validators: validatorsOf(target),
      known: target.known ?? null,
      headOnly: target.headOnly ?? false,
      deadlineMs: options.deadlineMs ?? rulesInForce().v1FailMs,
      opened: target.onOpen ?? (() => {}),
      done,
    })
    running.add(run)
    together?.add(run)
  }

  return {
    async visit(target) {
      const url = toUrl(target.url)
      if (!url) return failedVisit('bad_url')
      if (target.signal?.aborted) return failedVisit('aborted')
      return new Promise((resolve) => start(url, target, resolve))
    },
    ask: (target) => ask(parts, target, options.deadlineMs ?? rulesInForce().v1FailMs),
    close() {
      interrupt(running)
    },
  }
}

function partsFor(parts: Parts, { userAgent, anew = false }: VisitTarget): Parts {
  if (userAgent === undefined && !anew) return parts
  return {
    ...parts,
    ...(userAgent !== undefined && { fixedFields: fixedFields(userAgent) }),
    ...(anew && { resolve: parts.resolveAnew }),
  }
}

function interrupt(runs: ReadonlySet<Run>): void {
  for (const run of [...runs]) run.interrupt('aborted')
}

declare module '../../base/module.ts' {
  interface WorkParts {
    /** For visits that are no measurements; the demo's sites have a prober of their own. */
    readonly proberFor: (demo: boolean) => AskingProber
  }
}
