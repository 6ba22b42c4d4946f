import type { IncomingMessage } from 'node:http'
import type { Session, SessionData, Store } from 'express-session'
import { MINUTE } from '../../../shared/base/time.ts'
import {
  districtsOf,
  narrowed,
  type Scope,
  type User,
  unitIdsOf,
} from '../../../shared/people/rights/rights.ts'
import type { Clock } from '../../base/clock.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { type Account, findById, findByToken, markTokenUsed, scopeOf } from '../accounts/queries.ts'
import { hashKey } from '../sessions/secrets.ts'
import { findWallLink, markWallLinkUsed } from './wall-links.ts'

/** How exactly it is kept when a token or a wall link was last used. */
const USE_NOTED_MS = 5 * MINUTE

/** A request after the session middleware: an Express request, or the request of a socket's handshake. */
export type IdentifiedRequest = IncomingMessage & {
  session?: Session & Partial<SessionData>
  sessionID?: string
}

type Holder = Partial<Pick<SessionData, 'userId' | 'wallLinkId' | 'provider'>>

export interface Principals {
  /**
   * Who sends this request: by `Authorization: Bearer`, else by the session. Null: nobody, or no longer
   * somebody (disabled, revoked). A bad token is not helped by a good cookie.
   * @throws Refusal token_expired
   */
  of(req: IdentifiedRequest): Promise<User | null>
  /**
   * The same for a connection that was opened by `req` and is still there: reads anew whether the session
   * still exists. A wall's session may run out while its socket is open, since only the link counts.
   */
  again(req: IdentifiedRequest): Promise<User | null>
  /** When the token of this request runs out; null where there is none, or no end to it. */
  endOf(req: IdentifiedRequest): Promise<Date | null>
}

export function createPrincipals(db: Db, clock: Clock, store: Pick<Store, 'get'>): Principals {
  async function ofSession(session: Holder): Promise<User | null> {
    if (session.userId !== undefined) {
      const account = await findById(db, session.userId)
      return account ? toUser(account, session.provider !== undefined) : null
    }
    return session.wallLinkId === undefined ? null : ofWallLink(session.wallLinkId)
  }

  async function ofToken(token: string): Promise<User | null> {
    const now = new Date(clock.now())
    const found = await findByToken(db, hashKey(token))
    if (!found) return null
    if (found.expires_at && found.expires_at <= now) {
      throw new Refusal('token_expired', 'rights.apiTokenExpired')
    }
    const scope = narrowed(scopeOf(found), found.token_scope)
    if (!scope) return null
    if (isStale(found.last_used_at, now)) await markTokenUsed(db, found.token_id, now)
    return {
      // Who has made one had signed in wholly: by the provider, to whom the first password may never have mattered.
      ...toUser(found),
      mustChangePassword: false,
      mustEnrolSecondFactor: false,
      scope,
      rooms: roomsOf(scope),
      access: found.read_only ? 'readOnlyToken' : 'token',
    }
  }

  async function ofWallLink(id: number): Promise<User | null> {
    const now = new Date(clock.now())
    const link = await findWallLink(db, id)
    if (!link) return null
    if (isStale(link.last_used_at, now)) await markWallLinkUsed(db, id, now)
    return wallUser(link.label)
  }

  return {
    async of(req) {
      const token = bearerOf(req)
      return token === null ? ofSession(req.session ?? {}) : ofToken(token)
    },
    async endOf(req) {
      const token = bearerOf(req)
      return token === null ? null : ((await findByToken(db, hashKey(token)))?.expires_at ?? null)
    },
    async again(req) {
      const token = bearerOf(req)
      if (token !== null) return ofToken(token).catch(goneIfRefused)
      const wallLinkId = req.session?.wallLinkId
      if (wallLinkId !== undefined) return ofWallLink(wallLinkId)
      return ofSession((await load(store, req.sessionID)) ?? {})
    },
  }
}

/** A database that does not answer is no reason to send somebody away. */
function goneIfRefused(error: unknown): null {
  if (error instanceof Refusal) return null
  throw error
}

function isStale(lastUsed: Date | null, now: Date): boolean {
  return lastUsed === null || now.getTime() - lastUsed.getTime() > USE_NOTED_MS
}

/** The token that a request is sent with; null where it has none. */
export function bearerOf(req: IncomingMessage): string | null {
  const header = req.headers.authorization
  return header === undefined ? null : (/^Bearer +(\S+)$/i.exec(header)?.[1] ?? '')
}

function load(store: Pick<Store, 'get'>, id: string | undefined): Promise<Holder | null> {
  if (id === undefined) return Promise.resolve(null)
  return new Promise((resolve, reject) => {
    store.get(id, (error, session) => (error ? reject(error) : resolve(session ?? null)))
  })
}

/**
 * The account as its owner sees it, with the rooms that cover its scope.
 * @param byProvider signed in by the provider, which asks for what it holds to be enough: neither our password
 *   nor our second factor matters then.
 */
export function toUser(account: Account, byProvider = false): User {
  const scope = scopeOf(account)
  return {
    id: account.id,
    username: account.username,
    name: account.name,
    role: account.role,
    scope,
    mustChangePassword: account.must_change_password && !byProvider,
    mustEnrolSecondFactor: account.must_enrol && !byProvider,
    access: 'session',
    rooms: roomsOf(scope),
  }
}

/** Who a wall display is: nobody in particular, who may look on. */
export function wallUser(label: string): User {
  const scope: Scope = { kind: 'city' }
  return {
    id: 0,
    username: '',
    name: label,
    role: 'viewer',
    scope,
    mustChangePassword: false,
    mustEnrolSecondFactor: false,
    access: 'wallLink',
    rooms: ['wall'],
  }
}

/** One room covers any scope, however many sites it has, now or later. */
function roomsOf(scope: Scope): string[] {
  if (scope.kind === 'city') return ['city']
  if (scope.kind === 'district') return districtsOf(scope).map((code) => `district:${code}`)
  return unitIdsOf(scope).map((id) => `unit:${id}`)
}
