import { randomBytes } from 'node:crypto'
import connectPgSimple from 'connect-pg-simple'
import type { Request } from 'express'
import session, { type Store } from 'express-session'
import type pg from 'pg'
import { cut } from '../../../shared/base/text.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { Config } from '../../base/config.ts'
import type { Db } from '../../base/db/database.ts'
import type { ProviderRequest } from '../sessions/provider.ts'

declare module 'express-session' {
  interface SessionData {
    /** Exactly one of the two, once somebody has signed in. */
    userId: number
    wallLinkId: number
    /** When and whence somebody signed in. */
    begun: { at: string; address: string; agent: string }
    /** Signed in by the provider. */
    provider: { idToken: string }
    /** On the way to the provider. */
    providerRequest: ProviderRequest
  }
}

export const COOKIE_NAME = 'siteward.sid'
/** A person is signed out after this long without a request. */
export const SESSION_MS = 12 * HOUR
/** A wall is never touched, and its link can be revoked at any time. */
export const WALL_SESSION_MS = 30 * DAY
/** So long somebody may take to sign in at the provider. */
export const PROVIDER_REQUEST_MS = 15 * MINUTE

/** Sessions in the database, so that every web process knows them and a restart signs nobody out. */
export function sessionStore(pool: pg.Pool, onError: (message: string, error: unknown) => void): Store {
  const PgStore = connectPgSimple(session)
  const store = new PgStore({
    pool,
    tableName: 'session',
    errorLog: (...parts: unknown[]) => onError(String(parts[0]), parts[1]),
  })
  const get = store.get.bind(store)
  store.get = (id, answer) => get(id, (error, data) => answer(asNoAnswer(error), data))
  return store
}

/**
 * express-session takes `ENOENT`, of whatever it is, for "no such session". So says the socket file of a database that is being
 * started, and nobody is signed out by that: it is a connection that could not be had.
 */
function asNoAnswer(error: unknown): unknown {
  if ((error as NodeJS.ErrnoException | null)?.code !== 'ENOENT') return error
  return Object.assign(new Error('sessions could not be read', { cause: error }), { code: NO_CONNECTION })
}
const NO_CONNECTION = '08001'

export function sessionMiddleware(store: Store, secret: string, config: Pick<Config, 'publicOrigin'>) {
  const isHttps = config.publicOrigin?.startsWith('https:') ?? false
  return session({
    name: COOKIE_NAME,
    store,
    secret,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    // With 'auto' the cookie is Secure where the request is: by TLS, or because a proxy that is believed says so.
    ...(isHttps ? { proxy: true } : {}),
    cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: SESSION_MS },
  })
}

/** The key that signs session cookies: made once for an installation, shared by its processes. */
export async function sessionSecret(db: Db): Promise<string> {
  await db
    .insertInto('setting')
    .values({ key: 'session_secret', value: JSON.stringify(randomBytes(32).toString('base64url')) })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', 'session_secret')
    .executeTakeFirstOrThrow()
  return String(row.value)
}

/**
 * Starts a new session for whoever has just signed in. The old id is given up, so that one that was planted
 * in the browser before is worth nothing.
 */
export async function beginSession(
  req: Request,
  who: { userId: number } | { wallLinkId: number },
  at: Date,
  provider?: { idToken: string },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error) => (error ? reject(error) : resolve()))
  })
  const agent = cut(req.get('user-agent') ?? '', 300)
  const begun = { at: at.toISOString(), address: req.ip ?? '', agent }
  Object.assign(req.session, who, { begun }, provider && { provider })
  if ('wallLinkId' in who) req.session.cookie.maxAge = WALL_SESSION_MS
  await new Promise<void>((resolve, reject) => {
    req.session.save((error) => (error ? reject(error) : resolve()))
  })
}

export function endSession(req: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    req.session.destroy((error) => (error ? reject(error) : resolve()))
  })
}
