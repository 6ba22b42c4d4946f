import { constants, X509Certificate } from 'node:crypto'
import tls, {
  type DetailedPeerCertificate,
  type PeerCertificate,
  type SecureContext,
  type TLSSocket,
} from 'node:tls'
import type { Cause } from '../../../../shared/monitor/visit/probes.ts'

/** What may be tried once more after a failed handshake. */
export type TlsRetry = 'weak' | 'issuer'
export interface TlsFault {
  cause: Cause
  retry: TlsRetry | null
}

/**
 * OpenSSL's reasons that a modern client refuses an old server for: no protocol or cipher in common, short or
 * odd keys, weak signatures, legacy renegotiation (nodejs/node#45378).
 */
const WEAK_REASONS = new Set([
  '0A000152', // unsafe legacy renegotiation disabled
  '0A000102', // unsupported protocol
  '0A00042E', // alert: protocol version
  '0A000410', // alert: handshake failure
  '0A00042F', // alert: insufficient security
  '0A00018A', // dh key too small
  '0A00018D', // ca key too small
  '0A00018E', // ca md too weak
  '0A00018F', // ee key too small
  '0A000172', // wrong signature type
  '0A00014D', // legacy signature algorithm disallowed
  '0A000132', // bad ecpoint
])
/** Unexpected eof while reading: a close in the middle of the handshake. */
const EOF_REASON = '0A000126'

/** The fault behind an error event before the handshake ended; null if it was none of TLS. */
export function handshakeFault(error: NodeJS.ErrnoException): TlsFault | null {
  const reason = /error:([0-9A-F]{8}):/.exec(error.message)?.[1]
  if (reason === EOF_REASON) return { cause: 'closed', retry: null }
  if (reason === undefined && !error.code?.startsWith('ERR_SSL')) return null
  return { cause: 'tls_protocol', retry: reason !== undefined && WEAK_REASONS.has(reason) ? 'weak' : null }
}

const VERIFY_FAULTS: Record<string, TlsFault> = {
  CERT_HAS_EXPIRED: { cause: 'tls_expired', retry: null },
  CERT_NOT_YET_VALID: { cause: 'tls_not_yet_valid', retry: null },
  ERR_TLS_CERT_ALTNAME_INVALID: { cause: 'tls_wrong_host', retry: null },
  DEPTH_ZERO_SELF_SIGNED_CERT: { cause: 'tls_self_signed', retry: null },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { cause: 'tls_incomplete_chain', retry: 'issuer' },
  UNABLE_TO_GET_ISSUER_CERT: { cause: 'tls_untrusted', retry: 'issuer' },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { cause: 'tls_untrusted', retry: 'issuer' },
  // Node has no code of its own for keys and signatures below OpenSSL's security level.
  UNSPECIFIED: { cause: 'tls_untrusted', retry: 'weak' },
}

/** What is wrong with the names of a certificate. Node throws at some that are no names at all. */
export function identityFault(servername: string, cert: PeerCertificate): Error | undefined {
  try {
    return tls.checkServerIdentity(servername, cert)
  } catch (error) {
    return Object.assign(new Error(String(error)), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  }
}

/** The fault in a presented certificate, by Node's `authorizationError`; null if it is in order. */
export function certificateFault(socket: TLSSocket): TlsFault | null {
  if (socket.authorized) return null
  return VERIFY_FAULTS[String(socket.authorizationError)] ?? { cause: 'tls_untrusted', retry: null }
}

const DAY_MS = 86_400_000
const MAX_CHAIN = 10

function chainOf(leaf: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = []
  // A root is its own issuer, and a forged chain may go round in a circle.
  for (let next = leaf; next?.raw && !chain.includes(next) && chain.length < MAX_CHAIN; ) {
    chain.push(next)
    next = next.issuerCertificate
  }
  return chain
}

/** How long a chain is taken for what it was, and how many of them are remembered. */
const CHAIN_STANDS_MS = 3_600_000
const MOST_CHAINS = 100_000

/** When the intermediates end, epoch ms, that a server's certificate came with. */
interface Chain {
  readonly ends: readonly number[]
  readonly atMs: number
}

/**
 * The chains of certificates that were seen lately, by the server's own. Node translates every certificate of a chain, with all that it
 * holds, into an object whenever it is asked for them, which is a quarter of what a visit over TLS takes: the server's own is looked at
 * each time, those above it once an hour. (`getPeerX509Certificate` would be cheaper still, but Node never frees what it copies for
 * it.)
 */
export class Chains {
  readonly #known = new Map<string, Chain>()

  /**
   * Whole days from `now` to the earliest expiry among the certificate and its intermediates; negative once it is
   * past. The root is left out: its end is not the site's to mend. In a chain that verified, an expired extra
   * certificate is not on the path and does not count. Null without a certificate.
   * @param now epoch ms.
   */
  daysLeft(socket: TLSSocket, leaf: PeerCertificate, now: number): number | null {
    if (!leaf.raw) return null
    const ends = socket.authorized ? this.#endsOf(socket, leaf.fingerprint256, now) : endsAbove(socket)
    const counted = socket.authorized ? ends.filter((end) => end > now) : ends
    return Math.floor((Math.min(Date.parse(leaf.valid_to), ...counted) - now) / DAY_MS)
  }

  #endsOf(socket: TLSSocket, print: string, now: number): readonly number[] {
    const known = this.#known.get(print)
    if (known && Math.abs(now - known.atMs) < CHAIN_STANDS_MS) return known.ends
    const ends = endsAbove(socket)
    // The longest known goes first.
    this.#known.delete(print)
    for (const oldest of this.#known.keys()) {
      if (this.#known.size < MOST_CHAINS) break
      this.#known.delete(oldest)
    }
    this.#known.set(print, { ends, atMs: now })
    return ends
  }
}

function endsAbove(socket: TLSSocket): number[] {
  const [, ...issuers] = chainOf(wholeChain(socket))
  return issuers.filter((cert) => cert.issuerCertificate !== cert).map((cert) => Date.parse(cert.valid_to))
}

/** As Node has it, whatever the socket itself answers. */
const wholeChain = (socket: TLSSocket): DetailedPeerCertificate =>
  tls.TLSSocket.prototype.getPeerCertificate.call(socket, true) as DetailedPeerCertificate

/** Has a connection translate the server's own certificate alone, also where Node itself asks for the whole chain. */
export function translateLeafOnly(socket: TLSSocket): void {
  const leaf = () => tls.TLSSocket.prototype.getPeerCertificate.call(socket, false)
  socket.getPeerCertificate = leaf as typeof socket.getPeerCertificate
}

const MOST_ISSUER = 100

/** The organisation that issued a certificate, or what else it calls itself; null without one. */
export function issuerOf({ issuer }: Partial<PeerCertificate>): string | null {
  const [name] = [issuer?.O ?? issuer?.CN ?? null].flat()
  return typeof name === 'string' ? name.slice(0, MOST_ISSUER) : null
}

/** The topmost certificate that the server sent: the one whose issuer is missing. */
export function topOfChain(socket: TLSSocket): X509Certificate | null {
  const top = chainOf(wholeChain(socket)).at(-1)
  return top ? new X509Certificate(top.raw) : null
}

/** Everything that OpenSSL can still speak, for servers that only old browsers could reach. */
const WEAK = {
  minVersion: 'TLSv1',
  ciphers: 'ALL:@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
} as const

const MAX_INTERMEDIATES = 200

/** The trust that visits share. Contexts are costly (all roots are parsed), so that each is made once. */
export class Trust {
  readonly #roots: string[] | undefined
  readonly #intermediates = new Map<string, X509Certificate>()
  readonly chains = new Chains()
  readonly strict: SecureContext
  #weak: SecureContext | null = null
  #repaired: SecureContext | null = null

  constructor(extraCa: string | Buffer | undefined) {
    this.#roots = extraCa === undefined ? undefined : [...tls.rootCertificates, extraCa.toString()]
    this.strict = tls.createSecureContext(this.#roots ? { ca: this.#roots } : {})
  }

  get weak(): SecureContext {
    this.#weak ??= tls.createSecureContext({ ...WEAK, ...(this.#roots ? { ca: this.#roots } : {}) })
    return this.#weak
  }

  /** Knows the fetched intermediates too. They are no anchors: OpenSSL still wants a trusted root above them. */
  get repaired(): SecureContext {
    const pems = [...this.#intermediates.values()].map(String)
    this.#repaired ??= tls.createSecureContext({ ca: [...(this.#roots ?? tls.rootCertificates), ...pems] })
    return this.#repaired
  }

  intermediate(address: string): X509Certificate | undefined {
    return this.#intermediates.get(address)
  }

  learn(address: string, certificate: X509Certificate): void {
    if (this.#intermediates.size >= MAX_INTERMEDIATES) this.#intermediates.clear()
    this.#intermediates.set(address, certificate)
    this.#repaired = null
  }
}

/** The names of SM2 with SM3, and of its curve, as a certificate holds them (1.2.156.10197.1.501 and …301). */
const SM2 = [Buffer.from('06082a811ccf55018375', 'hex'), Buffer.from('06082a811ccf5501822d', 'hex')]

/** Whether a certificate (DER) is signed by SM2, or for it. */
export const isBySm2 = (der: Buffer): boolean => SM2.some((name) => der.includes(name))
