import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Router } from 'express'
import { pino } from 'pino'
import { after } from '../../../server/app/after.ts'
import { createHttp, type HttpParts } from '../../../server/app/serve.ts'
import { type Config, parseConfig } from '../../../server/base/config.ts'
import type { Context } from '../../../server/base/context.ts'
import { userRoutes } from '../../../server/people/accounts/routes.ts'
import { auditRoutes } from '../../../server/people/audit/routes.ts'
import type { Http } from '../../../server/people/requests/http.ts'
import { type TestClock, testClock } from '../../support/clock.ts'
import type { FreshDatabase } from '../../support/database.ts'

/** One browser: keeps its cookie. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  patch(path: string, body: unknown): Promise<Response>
  delete(path: string, headers?: Record<string, string>): Promise<Response>
  cookie: string
}

export interface TestHttp extends Http {
  readonly url: string
  readonly clock: TestClock
  readonly ctx: Context
  /** Lines of the log, parsed. */
  readonly logged: Record<string, unknown>[]
  client(): Client
  close(): Promise<void>
}

/** The HTTP side on a port of its own, with the routes of users and audit and whatever the test adds. */
export async function startHttp(
  fresh: FreshDatabase,
  more: {
    config?: Partial<Config>
    parts?: Partial<HttpParts>
    routes?: (router: Router) => void
    /** Routers of other nouns. */
    routers?: (ctx: Context) => Router[]
  } = {},
): Promise<TestHttp> {
  const clock = testClock()
  const logged: Record<string, unknown>[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) })
  const config = { ...parseConfig({}, []), ...more.config }
  const ctx: Context = {
    config,
    db: fresh.db,
    clock,
    log,
    wake: () => {},
    recheck: () => {},
    measured: () => {},
    after,
  }
  const extra = Router()
  more.routes?.(extra)
  const http = await createHttp(ctx, {
    pool: fresh.connection.pool,
    routers: [userRoutes(ctx), auditRoutes(ctx), ...(more.routers?.(ctx) ?? []), extra],
    metrics: async () => 'siteward_up 1\n',
    ready: async () => ({ ok: true, checks: { database: 'ok' } }),
    webDir: null,
    ...more.parts,
  })
  const server = createServer(http.app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...http,
    url,
    clock,
    ctx,
    logged,
    client: () => makeClient(url),
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function makeClient(url: string): Client {
  const client: Client = {
    cookie: '',
    get: (path, headers) => send(path, { headers }),
    post: (path, body = {}, headers = {}) =>
      send(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    patch: (path, body) =>
      send(path, {
        method: 'PATCH',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    delete: (path, headers) => send(path, { method: 'DELETE', headers }),
  }
  async function send(
    path: string,
    init: { method?: string; body?: string; headers?: Record<string, string> | undefined },
  ): Promise<Response> {
    const response = await fetch(url + path, {
      ...init,
      redirect: 'manual',
      headers: { ...(client.cookie ? { cookie: client.cookie } : {}), ...init.headers },
    })
    const [cookie] = response.headers.getSetCookie()
    if (cookie) client.cookie = cookie.split(';')[0] ?? ''
    return response
  }
  return client
}

/** Signs in; a second one is a second browser. */
export async function signedIn(http: TestHttp, username: string, password: string): Promise<Client> {
  const client = http.client()
  const answer = await client.post('/api/session', { username, password })
  if (answer.status !== 200)
    throw new Error(`sign-in of ${username}: ${answer.status} ${await answer.text()}`)
  return client
}

/** The body of a refusal, after making sure that it is one. */
export async function problemOf(response: Response): Promise<Record<string, unknown>> {
  const type = response.headers.get('content-type')
  if (!type?.startsWith('application/problem+json')) throw new Error(`not a problem: ${type}`)
  return (await response.json()) as Record<string, unknown>
}
