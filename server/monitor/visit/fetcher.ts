import type { SecureContext } from 'node:tls'
import type { VisitNote } from '../../../shared/monitor/visit/probes.ts'
import type { Unpacked } from './http/unpacked.ts'
import type { Address, Resolution } from './net/dns.ts'
import type { Guard } from './net/guard.ts'
import { type Fault, Hop, type HopAnswer, type HopContext, type HopEnd, type HopFacts } from './net/hop.ts'
import { fetchIssuer } from './net/issuer.ts'
import type { Trust } from './net/tls.ts'
import type { Order, Refused } from './order.ts'

/** A chain with more links missing than that is not one that a browser would mend. */
const MAX_REPAIRS = 3

/** What all visits of a prober share. */
export interface ProberParts extends HopContext {
  resolve: (hostname: string) => Resolution | Promise<Resolution>
  isAllowed: Guard
  /** Whether this place has IPv6 at all. */
  hasSix: () => boolean
  trust: Trust
  fixedFields: string
  maxBytes: number
  unpacked: Unpacked
}

/** Milliseconds are sums over all connections of the visit; null for a phase that was never reached. */
export interface FetchFacts {
  dnsMs: number | null
  connectMs: number | null
  tlsMs: number | null
  firstByteAt: number | null
  status: number | null
  address: string | null
  certDaysLeft: number | null
  certificate: string | null
  issuer: string | null
}

function sum(before: number | null, more: number | null): number | null {
  return more === null ? before : (before ?? 0) + more
}

export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
}

/** The requests of one visit: name look-up, guard, connection, and the second chances that a browser gives. */
export class Fetcher {
  readonly #parts: ProberParts
  readonly #notes: Set<VisitNote>
  readonly #opened: () => void
  #hop: Hop | null = null
  #isStopped = false
  isResolving = false
  readonly facts: FetchFacts = {
    dnsMs: null,
    connectMs: null,
    tlsMs: null,
    firstByteAt: null,
    status: null,
    address: null,
    certDaysLeft: null,
    certificate: null,
    issuer: null,
  }

  constructor(parts: ProberParts, notes: Set<VisitNote>, opened: () => void) {
    this.#parts = parts
    this.#notes = notes
    this.#opened = opened
  }

  /** Closes the connection; what was measured so far stays in `facts`. A running `get` may never settle. */
  stop(): void {
    this.#isStopped = true
    if (this.#hop) this.#account(this.#hop.stop())
    this.#hop = null
  }

  async get(order: Order): Promise<HopAnswer | Fault | Refused> {
    const started = this.#parts.elapsedMs()
    const addresses = await this.#addressesOf(order.url)
    this.facts.dnsMs = sum(this.facts.dnsMs, this.#parts.elapsedMs() - started)
    if ('cause' in addresses) return addresses
    const { trust } = this.#parts
    const ending = await this.#visit(order, addresses, trust.strict)
    if (ending.kind === 'answer' || ending.retry === null) return ending
    if (ending.retry === 'weak') return this.#retryWeak(order, addresses)
    return this.#retryRepaired(order, addresses, ending)
  }

  async #addressesOf(url: URL): Promise<readonly Address[] | Refused> {
    const hostname = url.hostname.replace(/^\[|\]$/g, '')
    const answer = this.#parts.resolve(hostname)
    this.isResolving = answer instanceof Promise
    const found = answer instanceof Promise ? await answer : answer
    this.isResolving = false
    if ('cause' in found) return { kind: 'refused', cause: found.cause }
    const port = portOf(url)
    const allowed = found.addresses.filter(({ address }) => this.#parts.isAllowed(hostname, port, address))
    return allowed.length > 0 ? allowed : { kind: 'refused', cause: 'refused_address' }
  }

  async #retryWeak(order: Order, addresses: readonly Address[]): Promise<HopAnswer | Fault> {
    const ending = await this.#visit(order, addresses, this.#parts.trust.weak)
    if (ending.kind === 'answer') this.#notes.add('weak_tls')
    return ending
  }

  /** Fetches what the server forgot to send, as browsers do, and verifies the whole chain again. */
  async #retryRepaired(
    order: Order,
    addresses: readonly Address[],
    first: Fault,
  ): Promise<HopAnswer | Fault> {
    let ending: HopAnswer | Fault = first
    let orphan = first.orphan
    for (let tries = 0; orphan && tries < MAX_REPAIRS; tries++) {
      orphan = await fetchIssuer(orphan, this.#parts.trust, (issuerOrder) => this.#aside(issuerOrder))
      if (!orphan) break
      ending = await this.#visit(order, addresses, this.#parts.trust.repaired)
      if (ending.kind === 'fault' && ending.retry === 'issuer') continue
      if (ending.kind === 'answer') this.#notes.add('incomplete_chain')
      return ending
    }
    return ending
  }

  /** A request that is not part of the site's own answer: it leaves no trace in `facts`. */
  async #aside(order: Order): Promise<HopAnswer | Fault | Refused> {
    const addresses = await this.#addressesOf(order.url)
    if ('cause' in addresses) return addresses
    return (await this.#request(order, addresses, this.#parts.trust.strict)).ending
  }

  async #visit(
    order: Order,
    addresses: readonly Address[],
    context: SecureContext,
  ): Promise<HopAnswer | Fault> {
    const end = await this.#request(order, addresses, context)
    this.#account(end.facts)
    return end.ending
  }

  #request(order: Order, addresses: readonly Address[], context: SecureContext): Promise<HopEnd> {
    const { url, request, maxBytes, wantsBody } = order
    const servername = url.hostname.replace(/^\[|\]$/g, '')
    const secure =
      url.protocol === 'https:' ? { servername, context, chains: this.#parts.trust.chains } : null
    return new Promise((resolve) => {
      if (this.#isStopped) return
      const plan = {
        addresses,
        port: portOf(url),
        request,
        secure,
        maxBytes,
        wantsBody,
        opened: this.#opened,
      }
      this.#hop = new Hop(plan, this.#parts, resolve)
      this.#hop.start()
    })
  }

  #account(hop: HopFacts): void {
    const { facts } = this
    facts.connectMs = sum(facts.connectMs, hop.connectMs)
    facts.tlsMs = sum(facts.tlsMs, hop.tlsMs)
    facts.firstByteAt = hop.firstByteAt ?? facts.firstByteAt
    facts.status = hop.status ?? facts.status
    facts.address = hop.address ?? facts.address
    facts.certDaysLeft = hop.certDaysLeft ?? facts.certDaysLeft
    facts.certificate = hop.certificate ?? facts.certificate
    facts.issuer = hop.issuer ?? facts.issuer
  }
}
