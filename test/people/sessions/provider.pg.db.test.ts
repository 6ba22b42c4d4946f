import { once } from 'node:events'
import { createServer } from 'node:net'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makePeople, type People } from '../../support/people.ts'
import { signIn } from '../../support/session.ts'

const CLIENT = { clientId: 'siteward', clientSecret: 'a secret between the two' }

let worker: Worker
let app: TestApp
let people: People

beforeAll(async () => {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const uris = { redirectUri: `${origin}/api/session/provider/return`, signOutUri: `${origin}/sign-in` }
  worker = new Worker(new URL('./provider.mjs', import.meta.url), { workerData: { ...CLIENT, ...uris } })
  const [{ issuer }] = await once(worker, 'message')
  const database = await prepareDatabase()
  const connection = await connect(database)
  people = await makePeople(connection.db)
  await connection.close()
  app = await startTestApp({
    database,
    env: {
      PORT: String(port),
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.clientId,
      OIDC_CLIENT_SECRET: CLIENT.clientSecret,
      OIDC_LABEL: '粤政易登录',
    },
  })
})
afterAll(async () => {
  await app.stop()
  await worker.terminate()
})
beforeEach(() => tell({ skewMs: 0, person: { sub: 'gd-1', username: 'duty' } }))

async function tell(message: Record<string, unknown>): Promise<void> {
  worker.postMessage(message)
  await once(worker, 'message')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** A browser: goes one step at a time and keeps the cookies of both sides. */
function browser() {
  const jar = new Map<string, Map<string, string>>()
  async function go(address: string | URL): Promise<Response> {
    const url = new URL(address, app.url)
    const cookies = jar.get(url.origin) ?? new Map<string, string>()
    jar.set(url.origin, cookies)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { redirect: 'manual', headers: cookie ? { cookie } : {} })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return answer
  }
  const nextOf = (answer: Response, from: string | URL) =>
    new URL(answer.headers.get('location') ?? '', new URL(from, app.url))
  /** Follows what it is sent to until that lies at our origin again. */
  async function throughProvider(start: URL): Promise<URL> {
    let at = start
    for (let steps = 0; at.origin !== new URL(app.url).origin && steps < 10; steps++)
      at = nextOf(await go(at), at)
    return at
  }
  const begin = async (next = '/alerts') => {
    const path = `/api/session/provider?next=${encodeURIComponent(next)}`
    return nextOf(await go(path), path)
  }
  /** Where it ends up after the return. */
  const finish = async (back: URL) => {
    const landed = nextOf(await go(back), back)
    return landed.pathname + landed.search
  }
  const whoAmI = async () => (await (await go('/api/session')).json()) as Record<string, unknown>
  return { go, begin, throughProvider, finish, whoAmI }
}

async function enter(next?: string) {
  const person = browser()
  const landed = await person.finish(await person.throughProvider(await person.begin(next)))
  return { person, landed }
}

describe('a sign-in by the provider', () => {
  it('opens the account of that username, which is tied to the person from then on', async () => {
    const { person, landed } = await enter('/sites?state=down')
    expect(landed).toBe('/sites?state=down')
    expect(await person.whoAmI()).toMatchObject({ id: people.duty.id, name: '王敏' })
    await tell({ person: { sub: 'gd-1', username: 'renamed' } })
    expect(await (await enter()).person.whoAmI()).toMatchObject({ name: '王敏' })
    await tell({ person: { sub: 'gd-2', username: 'duty' } })
    expect((await enter()).landed, 'another person of that username').toBe('/sign-in?refused=tied')
  })

  it('gives nobody rights whom we have no account for, or only a disabled one', async () => {
    await tell({ person: { sub: 'gd-9', username: 'stranger' } })
    const { person, landed } = await enter()
    expect(landed).toBe('/sign-in?refused=unknown_person')
    expect(await person.whoAmI()).toMatchObject({ code: 'unauthenticated' })
    const admin = await app.signIn('admin')
    await tell({ person: { sub: 'gd-3', username: 'viewer' } })
    expect((await enter()).landed).toBe('/alerts')
    await admin.call('disableUser', { params: { id: people.viewer.id } })
    expect((await enter()).landed).toBe('/sign-in?refused=unknown_person')
    const { items } = await admin.call('audit', { query: { action: 'session.failed', q: 'gd-9' } })
    expect(items[0]?.detail).toMatchObject({ username: 'stranger', why: 'unknown_person' })
  })

  it('never leads to another site afterwards', async () => {
    expect((await enter('//evil.example')).landed).toBe('/')
    expect((await enter('https://evil.example')).landed).toBe('/')
  })

  it('asks neither for our password to be changed nor for our second factor, of a token of that person no more', async () => {
    const admin = await app.signIn('admin')
    await admin.call('resetPassword', { params: { id: people.colleague.id } })
    await admin.call('setSignInPolicy', { body: { secondFactorRoles: ['workgroup'] } })
    await tell({ person: { sub: 'gd-4', username: 'colleague' } })
    const { person } = await enter()
    expect((await person.go('/api/alerts')).status).toBe(200)
    const made = await fetch(`${app.url}/api/tokens`, {
      method: 'POST',
      headers: { cookie: await cookieOf(person), 'content-type': 'application/json' },
      body: JSON.stringify({ label: '报表导出', expiresAt: null }),
    })
    const { key } = (await made.json()) as { key: string }
    const asked = await fetch(`${app.url}/api/alerts`, { headers: { authorization: `Bearer ${key}` } })
    expect(asked.status).toBe(200)
    await admin.call('setSignInPolicy', { body: { secondFactorRoles: [] } })
  })

  it('ends with signing out here and there', async () => {
    const { person } = await enter()
    const answer = await fetch(`${app.url}/api/session`, {
      method: 'DELETE',
      headers: { cookie: await cookieOf(person) },
    })
    const { leaveAt } = (await answer.json()) as { leaveAt: string }
    const leave = new URL(leaveAt)
    expect(leave.searchParams.get('post_logout_redirect_uri')).toBe(`${app.url}/sign-in`)
    expect((await person.go(leave)).status).toBe(200)
    expect(await (await signIn(app.url, 'tianhe')).call('signOut')).toEqual({ leaveAt: null })
  })

  async function cookieOf(person: ReturnType<typeof browser>): Promise<string> {
    const answer = await person.go('/api/session')
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  }
})

describe('what comes back is refused', () => {
  it('with another state', async () => {
    const person = browser()
    const back = await person.throughProvider(await person.begin())
    back.searchParams.set('state', 'made-up')
    expect(await person.finish(back)).toBe('/sign-in?refused=stale')
    expect(await person.whoAmI()).toMatchObject({ code: 'unauthenticated' })
  })

  it('with another nonce', async () => {
    const person = browser()
    const there = await person.begin()
    there.searchParams.set('nonce', 'made-up')
    expect(await person.finish(await person.throughProvider(there))).toBe('/sign-in?refused=stale')
  })

  it('in a browser that did not begin it, and the second time in the one that did', async () => {
    const person = browser()
    const back = await person.throughProvider(await person.begin())
    expect(await browser().finish(back)).toBe('/sign-in?refused=stale')
    expect(await person.finish(back)).toBe('/alerts')
    expect(await person.finish(back)).toBe('/sign-in?refused=stale')
  })

  it('with a code that has run out', async () => {
    const person = browser()
    const back = await person.throughProvider(await person.begin())
    await tell({ skewMs: 120_000 })
    expect(await person.finish(back)).toBe('/sign-in?refused=stale')
  })

  it('when the provider turned the person away', async () => {
    await tell({ person: null })
    expect((await enter()).landed).toBe('/sign-in?refused=denied')
  })
})

it('a provider whose clock is 45 seconds off is believed, one whose tokens ended an hour ago is not', async () => {
  for (const skewMs of [45_000, -45_000]) {
    await tell({ skewMs })
    expect((await enter()).landed, `${skewMs}`).toBe('/alerts')
  }
  await tell({ skewMs: -3_600_000 })
  expect((await enter()).landed).toBe('/sign-in?refused=stale')
})

it('the program starts without its provider, and says at a sign-in that it is down', async () => {
  const database = await prepareDatabase()
  const nobodyThere = `http://127.0.0.1:${await freePort()}`
  const env = { OIDC_ISSUER: nobodyThere, OIDC_CLIENT_ID: 'siteward', OIDC_CLIENT_SECRET: 'x' }
  const lonely = await startTestApp({ database, env })
  try {
    expect(await lonely.stranger.call('signInOptions')).toEqual({ provider: { label: '统一身份认证' } })
    const answer = await fetch(`${lonely.url}/api/session/provider`, { redirect: 'manual' })
    expect(answer.headers.get('location')).toBe('/sign-in?refused=down')
  } finally {
    await lonely.stop()
  }
})
