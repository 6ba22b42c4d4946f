import { Resolver as CaresResolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Cause } from '../../../../shared/monitor/visit/probes.ts'

export interface Address {
  address: string
  family: 4 | 6
}

type DnsCause = Extract<Cause, `dns_${string}`>
export type Resolution = { addresses: readonly Address[] } | { cause: DnsCause }

interface Record {
  address: string
  /** Seconds. */
  ttl: number
}

/** The part of `dns.promises.Resolver` that is used; tests give their own. */
export interface DnsSource {
  resolve4(hostname: string, options: { ttl: true }): Promise<Record[]>
  resolve6(hostname: string, options: { ttl: true }): Promise<Record[]>
}

export interface ResolverOptions {
  /** Fixed addresses by name or `*.suffix`. */
  hosts?: { readonly [name: string]: string }
  /** Fixed IPv6 addresses by name, for those who ask for IPv6. */
  hosts6?: { readonly [name: string]: string }
  source?: DnsSource
  /** Monotonic milliseconds. */
  elapsedMs: () => number
}

const TTL_MIN_MS = 30_000
const TTL_MAX_MS = 3_600_000
/** Shorter than the pause before a re-check, which must ask again and not confirm our own memory. */
const FAILURE_TTL_MS = 3_000
/** RFC 8305 section 3: how long a found IPv4 address waits for a slow answer about IPv6. */
const RESOLUTION_DELAY_MS = 50
const MAX_ENTRIES = 100_000
/** Two tries at two name servers end in about 12 s, before the visit's own deadline. */
const CARES = { timeout: 2000, tries: 2 }

/** How soon a machine's other name servers are asked. */
const RENEWED_MS = 60_000

/** Asks certain name servers. */
export interface NameServers extends DnsSource {
  /** Their addresses. */
  getServers(): readonly string[]
}

/**
 * The name servers of this machine. c-ares reads which they are (`/etc/resolv.conf`) once, when a resolver is made, so it is
 * looked each minute whether they are others by now: a monitor need not be restarted because its line has got others.
 * While they are the same the resolver stays, which remembers those of them that do not answer.
 * @param elapsedMs monotonic milliseconds
 */
export function nameServers(
  make: () => NameServers = () => new CaresResolver(CARES),
  elapsedMs: () => number = () => performance.now(),
): DnsSource {
  let source = make()
  let lookedMs = elapsedMs()
  const ofNow = () => {
    if (elapsedMs() - lookedMs < RENEWED_MS) return source
    lookedMs = elapsedMs()
    const next = make()
    if (next.getServers().join() !== source.getServers().join()) source = next
    return source
  }
  return {
    resolve4: (hostname, options) => ofNow().resolve4(hostname, options),
    resolve6: (hostname, options) => ofNow().resolve6(hostname, options),
  }
}

function causeOf(error: unknown): DnsCause {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EBADNAME') return 'dns_not_found'
  return code === 'ETIMEOUT' ? 'dns_timeout' : 'dns_failed'
}

type DnsAnswer = Record[] | DnsCause
const settle = (query: Promise<Record[]>): Promise<DnsAnswer> =>
  query.then((records) => (records.length > 0 ? records : 'dns_not_found'), causeOf)

function pause(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, ms, null))
}

async function ask(source: DnsSource, hostname: string): Promise<[DnsAnswer, DnsAnswer | null]> {
  const six = settle(source.resolve6(hostname, { ttl: true }))
  const four = await settle(source.resolve4(hostname, { ttl: true }))
  // Old name servers never answer for AAAA: with an IPv4 address in hand they may not hold the visit up.
  const late = typeof four === 'string' ? six : Promise.race([six, pause(RESOLUTION_DELAY_MS)])
  return [four, await late]
}

function toResolution(four: DnsAnswer, six: DnsAnswer | null): { resolution: Resolution; ttlMs: number } {
  const v4 = typeof four === 'string' ? [] : four
  const v6 = six === null || typeof six === 'string' ? [] : six
  const addresses: Address[] = [
    ...v4.map(({ address }) => ({ address, family: 4 as const })),
    ...v6.map(({ address }) => ({ address, family: 6 as const })),
  ]
  if (addresses.length === 0) {
    const cause = typeof four === 'string' ? four : 'dns_not_found'
    return { resolution: { cause }, ttlMs: FAILURE_TTL_MS }
  }
  const ttlMs = Math.min(...[...v4, ...v6].map((record) => record.ttl * 1000))
  return { resolution: { addresses }, ttlMs: Math.min(Math.max(ttlMs, TTL_MIN_MS), TTL_MAX_MS) }
}

function fixedAddress(hosts: { readonly [name: string]: string }, hostname: string): string | undefined {
  const exact = hosts[hostname]
  if (exact !== undefined) return exact
  for (let dot = hostname.indexOf('.'); dot >= 0; dot = hostname.indexOf('.', dot + 1)) {
    const wild = hosts[`*${hostname.slice(dot)}`]
    if (wild !== undefined) return wild
  }
  // RFC 6761 section 6.3: names under localhost never go to DNS.
  return hostname === 'localhost' || hostname.endsWith('.localhost') ? '127.0.0.1' : undefined
}

function knownWithoutAsking(hosts: { readonly [name: string]: string }, hostname: string): Resolution | null {
  const literal = isIP(hostname) ? hostname : fixedAddress(hosts, hostname)
  if (literal === undefined) return null
  return { addresses: [{ address: literal, family: isIP(literal) === 6 ? 6 : 4 }] }
}

/**
 * Name look-ups with a cache of their own: c-ares instead of `getaddrinfo`, whose four threads make many slow
 * names look like many slow sites. IPv4 comes first. A promise only for what has to be asked.
 */
export function createResolver(options: ResolverOptions) {
  const source: DnsSource = options.source ?? nameServers()
  const hosts = options.hosts ?? {}
  const cache = new Map<string, { resolution: Resolution; until: number }>()
  const pending = new Map<string, Promise<Resolution>>()

  async function lookUp(hostname: string): Promise<Resolution> {
    const { resolution, ttlMs } = toResolution(...(await ask(source, hostname)))
    if (cache.size >= MAX_ENTRIES) cache.clear()
    cache.set(hostname, { resolution, until: options.elapsedMs() + ttlMs })
    return resolution
  }

  return (hostname: string): Resolution | Promise<Resolution> => {
    const known = knownWithoutAsking(hosts, hostname)
    if (known) return known
    const hit = cache.get(hostname)
    if (hit && hit.until > options.elapsedMs()) return hit.resolution
    const waiting = pending.get(hostname) ?? lookUp(hostname).finally(() => pending.delete(hostname))
    pending.set(hostname, waiting)
    return waiting
  }
}

/**
 * Looks names up each time anew, for whoever asks about the line. By what is remembered, a place whose name servers are away
 * would find those for up to an hour, and hold it against other names that it does not find them.
 */
export function createAnewResolver({
  hosts = {},
  source = nameServers(),
}: Omit<ResolverOptions, 'elapsedMs' | 'hosts6'>) {
  return async (hostname: string): Promise<Resolution> =>
    knownWithoutAsking(hosts, hostname) ?? toResolution(...(await ask(source, hostname))).resolution
}

/**
 * Looks up IPv6 addresses and nothing else, each time anew and as long as it takes: where a visit goes on without, this is
 * what is asked. `dns_not_found`: the name has none.
 */
export function createSixResolver({
  hosts = {},
  hosts6 = {},
  source = nameServers(),
}: Omit<ResolverOptions, 'elapsedMs'>) {
  const fixed = new Map(Object.entries(hosts6))
  return async (hostname: string): Promise<Resolution> => {
    const literal = isIP(hostname) ? hostname : (fixed.get(hostname) ?? fixedAddress(hosts, hostname))
    if (literal !== undefined) {
      return isIP(literal) === 6
        ? { addresses: [{ address: literal, family: 6 }] }
        : { cause: 'dns_not_found' }
    }
    const six = await settle(source.resolve6(hostname, { ttl: true }))
    if (typeof six === 'string') return { cause: six }
    return { addresses: six.map(({ address }) => ({ address, family: 6 })) }
  }
}
