import type { IncomingMessage } from 'node:http'
import compression from 'compression'
import express, { type RequestHandler, type Router } from 'express'
import onHeaders from 'on-headers'
import type pg from 'pg'
import { may, type User } from '../../shared/people/rights/rights.ts'
import type { Context } from '../base/context.ts'
import { errorHandler, nothingHere } from '../base/http/errors.ts'
import { numberRequests, securityHeaders } from '../base/http/headers.ts'
import { refuseForeignOrigins } from '../base/http/origin.ts'
import { trustOf } from '../base/http/proxy.ts'
import { webPages } from '../base/http/static.ts'
import { Refusal } from '../base/refusal.ts'
import type { Http } from '../people/requests/http.ts'
import { limitRequests } from '../people/requests/limit.ts'
import { sessionMiddleware, sessionSecret, sessionStore } from '../people/requests/session.ts'
import { createPrincipals, type Principals } from '../people/rights/principal.ts'
import { knownScrapers } from './metrics/scrapers.ts'
import { openApi } from './openapi.ts'

export interface HttpParts {
  /** Where sessions are kept: the pool of the database in the context. */
  pool: pg.Pool
  /** Every noun's routes. */
  routers: readonly Router[]
  /** Text in Prometheus' format. */
  metrics: () => Promise<string>
  ready: () => Promise<{ ok: boolean; checks: Record<string, string> }>
  /** Folder of the built web pages; null where something else serves them (development). */
  webDir: string | null
}

/** Builds the whole HTTP side; nothing listens yet. */
export async function createHttp(ctx: Context, parts: HttpParts): Promise<Http> {
  const { config, log } = ctx
  const store = sessionStore(parts.pool, (message, err) => log.warn({ err }, message))
  const sessions = sessionMiddleware(store, await sessionSecret(ctx.db), config)
  const principals = createPrincipals(ctx.db, ctx.clock, store)
  const identify = identifyBy(principals)

  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', trustOf(config.trustProxy))
  app.use(numberRequests(log), securityHeaders(config), compression())

  app.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' })
  })
  app.get('/readyz', async (_req, res) => {
    const { ok, checks } = await parts.ready()
    res.status(ok ? 200 : 503).json({ ok, checks })
  })
  const scraperOf = knownScrapers(principals, ctx.clock)
  app.get('/metrics', sessions, async (req, res) => {
    if (!isOfThisMachine(req)) refuseUnlessMayScrape(await scraperOf(req))
    res.type('text/plain; version=0.0.4').send(await parts.metrics())
  })

  app.use('/api', noStore, refuseForeignOrigins(config))
  app.get('/api/openapi.json', (_req, res) => {
    res.json(openApi())
  })
  app.use('/api', lastCookie, sessions, identify, limitRequests(config.requestsPerMinute))
  app.use('/api', express.json({ limit: '256kb' }), requireWholeSignIn)
  for (const router of parts.routers) app.use(router)
  app.use('/api', nothingHere)
  if (parts.webDir) app.use(webPages(parts.webDir))
  app.use(nothingHere)
  app.use(errorHandler(log))

  return {
    app,
    sessionMiddleware: sessions,
    principalOf: async (req) => ifWhole(await principals.of(req)),
    principalAgain: async (req) => ifWhole(await principals.again(req)),
    endOf: principals.endOf,
  }
}

function identifyBy(principals: Principals): RequestHandler {
  return async (req, res, next) => {
    res.locals.user = await principals.of(req)
    next()
  }
}

/** Sends `res.locals.lastCookie` after that of the session, which is the first for whoever takes only one. */
const lastCookie: RequestHandler = (_req, res, next) => {
  onHeaders(res, () => {
    if (typeof res.locals.lastCookie === 'string') res.append('Set-Cookie', res.locals.lastCookie)
  })
  next()
}

/** Answers hold the state of this instant and of this user. */
const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store')
  next()
}

/** Somebody whose sign-in is not complete may do nothing but complete it: choose a password, add a factor. */
const requireWholeSignIn: RequestHandler = (req, res, next) => {
  const user = res.locals.user as User | null
  if (user?.mustChangePassword && !/^\/session(\/|$)/.test(req.path)) {
    throw new Refusal('forbidden', 'app.firstSign')
  }
  if (user?.mustEnrolSecondFactor && !/^\/session(\/|$)/.test(req.path)) {
    throw new Refusal('forbidden', 'app.roleNeedsSecondFactor')
  }
  next()
}

/** A connection has no session endpoints, so there is nothing in it for who must complete the sign-in first. */
function ifWhole(user: User | null): User | null {
  return user?.mustChangePassword || user?.mustEnrolSecondFactor ? null : user
}

/** Behind a proxy every request seems to come from this machine, so a forwarded one is not taken for it. */
function isOfThisMachine(req: IncomingMessage): boolean {
  const isForwarded = req.headers['x-forwarded-for'] !== undefined || req.headers.forwarded !== undefined
  return !isForwarded && /^(127\.|::1$|::ffff:127\.)/.test(req.socket.remoteAddress ?? '')
}

/** Metrics are for the machine itself, and for whoever has the right, by session or token. */
function refuseUnlessMayScrape(user: User | null): void {
  if (!user) throw new Refusal('unauthenticated', 'app.pleaseSign')
  if (!may(user, 'metrics.read')) {
    throw new Refusal('forbidden', 'app.mayNotReadMetrics')
  }
}
