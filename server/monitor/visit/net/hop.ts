import type { X509Certificate } from 'node:crypto'
import net, { type Socket } from 'node:net'
import tls, { type PeerCertificate, type SecureContext, type TLSSocket } from 'node:tls'
import type { Cause } from '../../../../shared/monitor/visit/probes.ts'
import type { Head } from '../http/head.ts'
import { AnswerReader } from '../http/reader.ts'
import { leaseBuffer, returnBuffer } from './buffers.ts'
import { isNoWay, networkCause } from './cause.ts'
import { Dialer } from './dial.ts'
import type { Address } from './dns.ts'
import {
  type Chains,
  certificateFault,
  handshakeFault,
  identityFault,
  isBySm2,
  issuerOf,
  type TlsFault,
  type TlsRetry,
  topOfChain,
  translateLeafOnly,
} from './tls.ts'

/** What one request to one address takes. All addresses have passed the guard. */
export interface HopPlan {
  addresses: readonly Address[]
  port: number
  /** The request as it goes over the wire. */
  request: string
  /** Null for plain HTTP. `servername` is the name or the address that the certificate must hold. */
  secure: { servername: string; context: SecureContext; chains: Chains } | null
  maxBytes: number
  wantsBody: (head: Head) => boolean
  /** Told when the connection is open and the request goes out. */
  opened: () => void
}

/** Milliseconds; null for a phase that was not reached. */
export interface HopTimes {
  connectMs: number | null
  tlsMs: number | null
  /** When the first byte came, on the clock of `HopContext.elapsedMs`. */
  firstByteAt: number | null
}

export interface HopContext {
  elapsedMs: () => number
  now: () => number
}

export interface HopAnswer {
  kind: 'answer'
  head: Head
  /** As received: content codings are still on it. */
  body: Buffer
  isCapped: boolean
  isTruncated: boolean
}

export interface Fault {
  kind: 'fault'
  cause: Cause
  retry: TlsRetry | null
  /** The certificate whose issuer the server should have sent. */
  orphan: X509Certificate | null
  /** What is wrong with the certificate may be no more than that it is by SM2. */
  isNational: boolean
  /** There are addresses of IPv6 only, to which no way leads out of here. */
  isWithoutSix: boolean
}

export interface HopFacts extends HopTimes {
  address: string | null
  certDaysLeft: number | null
  certificate: string | null
  /** Who issued it, by name. */
  issuer: string | null
  /** The status of an answer, even of one that never became complete. */
  status: number | null
}

export interface HopEnd {
  facts: HopFacts
  ending: HopAnswer | Fault
}

const LINGER_MS = 1000

/**
 * Whoever closes first keeps the port in TIME_WAIT, which makes every later `connect` dearer and, by the tens of
 * thousands, impossible. The server was asked to close: it gets a second to do so, while the visit goes on.
 */
function leaveToPeer(socket: Socket): void {
  socket.setTimeout(LINGER_MS, () => socket.destroy())
  socket.unref()
}

/**
 * One connection, one request, one answer. Callbacks instead of streams: the chunks of a page never become
 * objects of their own. `start` calls `done` exactly once; `stop` ends it without.
 */
export class Hop {
  readonly #plan: HopPlan
  readonly #context: HopContext
  readonly #done: (end: HopEnd) => void
  readonly #reader: AnswerReader
  readonly #dialer: Dialer
  readonly #times: HopTimes = { connectMs: null, tlsMs: null, firstByteAt: null }
  #startedAt = 0
  #socket: Socket | null = null
  #address: string | null = null
  #presented: PeerCertificate | null = null
  #certDaysLeft: number | null = null
  #certificate: string | null = null
  #issuer: string | null = null
  #error: NodeJS.ErrnoException | null = null
  #isSecured = false
  readonly #signs = { isNational: false, isWithoutSix: false }
  #isOver = false

  constructor(plan: HopPlan, context: HopContext, done: (end: HopEnd) => void) {
    this.#plan = plan
    this.#context = context
    this.#done = done
    this.#reader = new AnswerReader(plan)
    this.#dialer = new Dialer({
      addresses: plan.addresses,
      open: (address) => this.#open(address),
      won: (socket, address) => this.#connected(socket, address),
      lost: (error) => this.#lost(error),
    })
  }

  start(): void {
    this.#startedAt = this.#context.elapsedMs()
    this.#dialer.start()
  }

  /** Ends the hop at once. What was learnt so far is returned, since `done` is not called any more. */
  stop(): HopFacts {
    this.#isOver = true
    this.#dialer.cancel()
    this.#socket?.destroy()
    return this.#facts()
  }

  #facts(): HopFacts {
    return {
      connectMs: this.#times.connectMs,
      tlsMs: this.#times.tlsMs,
      firstByteAt: this.#times.firstByteAt,
      address: this.#address,
      certDaysLeft: this.#certDaysLeft,
      certificate: this.#certificate,
      issuer: this.#issuer,
      status: this.#reader.head?.status ?? null,
    }
  }

  #open({ address, family }: Address): Socket {
    const buffer = leaseBuffer()
    const { port, secure } = this.#plan
    const onread = {
      buffer,
      callback: (length: number) => this.#guarded(() => this.#read(buffer.subarray(0, length))) ?? false,
    }
    const socket = secure
      ? this.#openSecure(secure, { host: address, port, onread })
      : net.connect({ host: address, port, family, onread, allowHalfOpen: true })
    socket.once('close', () => returnBuffer(buffer))
    return socket
  }

  #openSecure(
    { servername, context }: NonNullable<HopPlan['secure']>,
    to: Pick<tls.ConnectionOptions, 'host' | 'port'> & { readonly onread: unknown },
  ): TLSSocket {
    const socket = tls.connect({
      ...to,
      allowHalfOpen: true,
      secureContext: context,
      servername: net.isIP(servername) ? '' : servername,
      ALPNProtocols: ['http/1.1'],
      // The hop looks at the certificate itself, to name the fault and to report the days left all the same.
      rejectUnauthorized: false,
      checkServerIdentity: (_host, cert) => {
        this.#presented = cert
        return identityFault(servername, cert)
      },
    } as tls.ConnectionOptions)
    translateLeafOnly(socket)
    return socket
  }

  #connected(socket: Socket, { address }: Address): void {
    this.#socket = socket
    this.#address = address
    this.#times.connectMs = this.#context.elapsedMs() - this.#startedAt
    socket.on('error', (error) => {
      this.#error = error
    })
    socket.once('end', () => this.#ended(socket))
    socket.once('close', () => this.#guarded(() => this.#closed()))
    if (this.#plan.secure) {
      socket.once('secureConnect', () => this.#guarded(() => this.#secured(socket as TLSSocket)))
    }
    if (!this.#plan.secure) this.#ask(socket)
  }

  #lost(error: Error): void {
    this.#signs.isWithoutSix = isNoWay(error) && this.#plan.addresses.every(({ family }) => family === 6)
    this.#fail(networkCause(error))
  }

  /** An error of our own while a server speaks is the end of this hop, not of the process. */
  #guarded<T>(act: () => T): T | undefined {
    try {
      return act()
    } catch {
      this.#fail('monitor_error')
      return undefined
    }
  }

  #secured(socket: TLSSocket): void {
    this.#isSecured = true
    this.#times.tlsMs = this.#context.elapsedMs() - this.#startedAt - (this.#times.connectMs ?? 0)
    // Node has asked for it already if it came to checking the name.
    const presented = this.#presented ?? socket.getPeerCertificate()
    this.#certDaysLeft = this.#plan.secure?.chains.daysLeft(socket, presented, this.#context.now()) ?? null
    this.#certificate = presented.fingerprint256 ?? null
    this.#issuer = issuerOf(presented)
    const fault = certificateFault(socket)
    this.#signs.isNational = fault !== null && presented.raw !== undefined && isBySm2(presented.raw)
    if (fault) this.#fail(fault.cause, fault, fault.retry === 'issuer' ? topOfChain(socket) : null)
    else this.#ask(socket)
  }

  #ask(socket: Socket): void {
    socket.write(this.#plan.request, 'latin1')
    this.#plan.opened()
  }

  #read(chunk: Buffer): boolean {
    if (this.#isOver) {
      this.#socket?.destroy()
      return false
    }
    this.#times.firstByteAt ??= this.#context.elapsedMs()
    if (this.#reader.push(chunk)) this.#answered()
    return true
  }

  /**
   * The server has said its last. Where that leaves it open what became of the answer, it is asked whether it has
   * closed or reset the connection: a reset that comes together with the last bytes is told to us as an orderly end
   * (libuv does not look for an error when it sees a hang-up after a short read), and only writing finds it out. An
   * empty line is what servers have to ignore, if anything is there to read it.
   */
  #ended(socket: Socket): void {
    if (this.#isOver || socket.destroyed) socket.end()
    else socket.end('\r\n', 'latin1')
  }

  #closed(): void {
    if (this.#isOver) return
    this.#reader.end()
    const fault = this.#error && this.#plan.secure ? handshakeFault(this.#error) : null
    if (this.#reader.head) this.#answered()
    else if (fault) this.#fail(fault.cause, this.#isSecured ? null : fault)
    else this.#fail(this.#error ? networkCause(this.#error) : 'closed')
  }

  #answered(): void {
    const { head, fault, body, isCapped } = this.#reader
    // A reset that ends a body of unknown length leaves it open whether all of it came.
    const isTruncated = fault === 'truncated' || (this.#error !== null && head?.framing.kind === 'close')
    if (fault !== null && fault !== 'truncated') this.#fail(fault)
    else if (!head) this.#fail('bad_response')
    else this.#succeed({ kind: 'answer', head, body, isCapped, isTruncated })
  }

  #fail(cause: Cause, fault: TlsFault | null = null, orphan: X509Certificate | null = null): void {
    if (this.#isOver) return
    this.stop()
    this.#done({
      facts: this.#facts(),
      ending: { kind: 'fault', cause, retry: fault?.retry ?? null, orphan, ...this.#signs },
    })
  }

  #succeed(answer: HopAnswer): void {
    if (this.#isOver) return
    this.#isOver = true
    if (this.#socket) leaveToPeer(this.#socket)
    this.#done({ facts: this.#facts(), ending: answer })
  }
}
