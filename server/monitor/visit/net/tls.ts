import { constants, type X509Certificate } from 'node:crypto'
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

/** The fault in a presented certificate, by Node's `authorizationError`; null if it is in order. */
export function certificateFault(socket: TLSSocket): TlsFault | null {
  if (socket.authorized) return null
  return VERIFY_FAULTS[String(socket.authorizationError)] ?? { cause: 'tls_untrusted', retry: null }
}

const DAY_MS = 86_400_000
/** Certificates that are looked at of what a server sends. */
const MAX_SENT = 10

/** The certificates that a server sent, and those that it should have, from its own upwards, each issued by the next. */
function chainOf(leaf: X509Certificate, intermediates: readonly X509Certificate[] = []): X509Certificate[] {
  const sent: X509Certificate[] = []
  for (let next = leaf.issuerCertificate; next && sent.length < MAX_SENT; next = next.issuerCertificate)
    sent.push(next)
  const chain: X509Certificate[] = []
  // A root is its own issuer, and a forged chain may go round in a circle.
  for (let next: X509Certificate | undefined = leaf; next && !chain.includes(next); ) {
    const issued: X509Certificate = next
    chain.push(issued)
    next = [...sent, ...intermediates].find((one) => issued.checkIssued(one))
  }
  return chain
}

/**
 * Whole days from `now` to the earliest expiry among the certificate and its intermediates; negative once it is
 * past. The root is left out: its end is not the site's to mend. In a chain that verified, an expired extra
 * certificate is not on the path and does not count.
 * @param intermediates those that servers do not send and that were fetched.
 */
export function certDaysLeft(
  leaf: X509Certificate,
  intermediates: readonly X509Certificate[],
  isVerified: boolean,
  now: number,
): number {
  const [, ...issuers] = chainOf(leaf, intermediates)
  const rest = issuers.filter((cert) => !cert.checkIssued(cert)).map((cert) => Date.parse(cert.validTo))
  const counted = isVerified ? rest.filter((end) => end > now) : rest
  return Math.floor((Math.min(Date.parse(leaf.validTo), ...counted) - now) / DAY_MS)
}

const MOST_ISSUER = 100

/** The organisation that issued a certificate, or what else it calls itself; null where it has no such name. */
export function issuerOf({ issuer }: X509Certificate): string | null {
  const name = /^O=(.+)$/m.exec(issuer) ?? /^CN=(.+)$/m.exec(issuer)
  return name?.[1]?.slice(0, MOST_ISSUER) ?? null
}

/** The topmost certificate that the server sent: the one whose issuer is missing. */
export const topOfChain = (leaf: X509Certificate): X509Certificate | null => chainOf(leaf).at(-1) ?? null

/**
 * Has Node not translate the certificates of a connection into objects of its older kind, with all that they hold, each time: a
 * quarter of what a visit over TLS takes. What is asked of them is asked of `getPeerX509Certificate`.
 */
export function leaveUntranslated(socket: TLSSocket): void {
  socket.getPeerCertificate = () => ({}) as DetailedPeerCertificate
}

/** What is wrong with the names of a certificate. Node throws at some that are no names at all. */
export function identityFault(servername: string, leaf: X509Certificate | undefined): Error | undefined {
  try {
    return tls.checkServerIdentity(servername, namesOf(leaf))
  } catch (error) {
    return Object.assign(new Error(String(error)), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  }
}

/** As Node takes them: its subject counts only where a certificate has no names of hosts. */
function namesOf(leaf: X509Certificate | undefined): PeerCertificate {
  const names = leaf?.subjectAltName
  if (names?.includes('DNS:')) return { subjectaltname: names } as PeerCertificate
  return (leaf?.toLegacyObject() ?? {}) as PeerCertificate
}

/** Everything that OpenSSL can still speak, for servers that only old browsers could reach. */
const WEAK = {
  minVersion: 'TLSv1',
  ciphers: 'ALL:@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
} as const

const MAX_INTERMEDIATES = 200

/** What a certificate is held against. */
export interface Trusted {
  readonly context: SecureContext
  /** Certificates that servers should have sent. */
  readonly intermediates: readonly X509Certificate[]
}

/** The trust that visits share. Contexts are costly (all roots are parsed), so that each is made once. */
export class Trust {
  readonly #roots: string[] | undefined
  readonly #intermediates = new Map<string, X509Certificate>()
  readonly strict: Trusted
  #weak: Trusted | null = null
  #repaired: Trusted | null = null

  constructor(extraCa: string | Buffer | undefined) {
    this.#roots = extraCa === undefined ? undefined : [...tls.rootCertificates, extraCa.toString()]
    this.strict = trusted(this.#roots ? { ca: this.#roots } : {})
  }

  get weak(): Trusted {
    this.#weak ??= trusted({ ...WEAK, ...(this.#roots ? { ca: this.#roots } : {}) })
    return this.#weak
  }

  /** Knows the fetched intermediates too. They are no anchors: OpenSSL still wants a trusted root above them. */
  get repaired(): Trusted {
    const known = [...this.#intermediates.values()]
    const pems = known.map(String)
    this.#repaired ??= trusted({ ca: [...(this.#roots ?? tls.rootCertificates), ...pems] }, known)
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

const trusted = (
  options: tls.SecureContextOptions,
  intermediates: readonly X509Certificate[] = [],
): Trusted => ({ context: tls.createSecureContext(options), intermediates })

/** The names of SM2 with SM3, and of its curve, as a certificate holds them (1.2.156.10197.1.501 and …301). */
const SM2 = [Buffer.from('06082a811ccf55018375', 'hex'), Buffer.from('06082a811ccf5501822d', 'hex')]

/** Whether a certificate (DER) is signed by SM2, or for it. */
export const isBySm2 = (der: Buffer): boolean => SM2.some((name) => der.includes(name))
