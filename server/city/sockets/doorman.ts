import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import type { Config } from '../../base/config.ts'
import { addressOf, networkOf } from '../../base/http/proxy.ts'
import { createTurns } from '../../base/turns.ts'
import type { IdentifiedRequest } from '../../people/rights/principal.ts'
import { Buckets } from './bucket.ts'
import { note } from './counts.ts'
import {
  FINE,
  HANDSHAKES,
  HANDSHAKES_OF_NOBODY,
  LOOKED_UP_AT_ONCE,
  MAX_NOBODIES,
  MAX_NOBODIES_OF_ADDRESS,
  MAX_SOCKETS,
} from './limits.ts'
import { answeredWith, type Connection } from './wire.ts'

type Next = (error?: unknown) => void
type Asked = IdentifiedRequest & { _query?: Record<string, string | undefined> }
const NOBODY = ''

/**
 * Decides who may open a connection at all, before anything is looked up. A whole office may come from one address,
 * so those who show a cookie or a token are counted by that; an address is held against nobody but strangers. Anybody can make
 * up a token: until it is known whose it is, who shows one is a stranger, and has back then what a stranger is allowed.
 */
export class Doorman {
  readonly #config: Pick<Config, 'trustProxy'>
  readonly #sessions: RequestHandler
  readonly #open: () => number
  readonly #shown = new Buckets(HANDSHAKES)
  readonly #strangers = new Buckets(HANDSHAKES_OF_NOBODY)
  readonly #lookUps = createTurns(LOOKED_UP_AT_ONCE, MAX_SOCKETS, 'common.busy')
  /** Connections of nobody, by address. */
  readonly #nobodies = new Map<string, number>()
  /** The addresses of these connections. */
  readonly #unknown = new Map<Connection, string>()

  constructor(config: Pick<Config, 'trustProxy'>, sessions: RequestHandler, open: () => number) {
    this.#config = config
    this.#sessions = sessions
    this.#open = open
  }

  get nobodies(): number {
    return this.#unknown.size
  }

  /** For `io.engine.use`: a handshake is let in, and gets its session; later requests of a connection need neither. */
  readonly middleware = (req: IncomingMessage, res: ServerResponse, next: Next): void => {
    const asked = req as Asked
    if (req.headers.upgrade !== undefined) answeredWith(req, res)
    if (asked._query?.sid !== undefined) {
      next()
      return
    }
    const isStranger = credentialOf(req) === NOBODY || showsToken(req)
    const why = this.#refusalOf(req, isStranger)
    if (why !== null) {
      refuse(why, next)
      return
    }
    this.#lookUps
      .run(isStranger ? 'stranger' : 'known', () => this.#lookUp(req, res))
      .then((error) => {
        if (error || isStranger || isSomebody(asked) || this.#admitStranger(asked)) next(error)
        else refuse('strangers', next)
      })
      .catch(() => refuse('full', next))
  }

  /** Gives a handshake its session. @returns what went wrong */
  #lookUp(req: IncomingMessage, res: ServerResponse): Promise<unknown> {
    return new Promise<unknown>((resolve) => {
      // An answer to `next` only: the handshake is no Express request, and wants no more of one than its session.
      if (req.socket.destroyed) resolve(new Error('gone'))
      else this.#sessions(req as never, res as never, resolve)
    }).catch((error: unknown) => error)
  }

  /** Counts a connection that has been opened, as long as it is nobody's. */
  watch(line: Connection): void {
    const request = line.request as IdentifiedRequest
    if (isSomebody(request)) return
    const address = this.#networkOf(request)
    this.#unknown.set(line, address)
    this.#count(address, 1)
    line.on('close', () => this.#uncount(line))
  }

  /** It has become known whose a connection is. */
  admit(line: Connection): void {
    const address = this.#uncount(line)
    if (address !== undefined) this.#strangers.giveBack(address, performance.now())
  }

  /** A client was sent away for what it did: it does not come back at once. */
  fine(req: IncomingMessage): void {
    const shown = credentialOf(req)
    if (shown === NOBODY) this.#strangers.fine(this.#networkOf(req), performance.now(), FINE)
    else this.#shown.fine(shown, performance.now(), FINE)
  }

  /** A stranger with IPv6 has a whole network of addresses; a client behind our proxy is not the proxy. */
  #networkOf(req: IncomingMessage): string {
    return networkOf(addressOf(req, this.#config.trustProxy))
  }

  #refusalOf(req: IncomingMessage, isStranger: boolean): string | null {
    if (this.#open() >= MAX_SOCKETS) return 'full'
    if (isStranger && !this.#admitStranger(req)) return 'strangers'
    const shown = credentialOf(req)
    return shown === NOBODY || this.#shown.take(shown, performance.now()) ? null : 'handshakes'
  }

  #admitStranger(req: IncomingMessage): boolean {
    const address = this.#networkOf(req)
    if (this.#unknown.size >= MAX_NOBODIES) return false
    if ((this.#nobodies.get(address) ?? 0) >= MAX_NOBODIES_OF_ADDRESS) return false
    return this.#strangers.take(address, performance.now())
  }

  /** @returns the address of a connection that was counted */
  #uncount(line: Connection): string | undefined {
    const address = this.#unknown.get(line)
    if (this.#unknown.delete(line) && address !== undefined) this.#count(address, -1)
    return address
  }

  #count(address: string, n: 1 | -1): void {
    const left = (this.#nobodies.get(address) ?? 0) + n
    if (left > 0) this.#nobodies.set(address, left)
    else this.#nobodies.delete(address)
  }
}

function refuse(why: string, next: Next): void {
  note('refused', why)
  next(new Error(why))
}

/** What a handshake shows of who it is, whether that is worth anything or not; the beginning of it, by which it is counted. */
export function credentialOf(req: IncomingMessage): string {
  return shownBy(req).slice(0, 300)
}

/** The whole of it: long cookies of other services may stand before ours, and be the same for many. */
export function shownBy({ headers }: IncomingMessage): string {
  return headers.authorization ?? headers.cookie ?? NOBODY
}

/** A bearer token has yet to be looked up, which is done once for all its handshakes of a second; no cookie helps a bad one. */
const showsToken = ({ headers }: IncomingMessage): boolean => headers.authorization !== undefined

function isSomebody(req: IdentifiedRequest): boolean {
  const { session } = req
  return !showsToken(req) && (session?.userId !== undefined || session?.wallLinkId !== undefined)
}
