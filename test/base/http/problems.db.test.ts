import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../../server/base/refusal.ts'
import { serve } from '../../../server/people/requests/route.ts'
import { createApiToken } from '../../../server/people/rights/tokens.ts'
import { api } from '../../../shared/api.ts'
import { problem } from '../../../shared/base/errors.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'
import { type Client, problemOf, signedIn, startHttp, type TestHttp } from './app.ts'

let fresh: FreshDatabase
let http: TestHttp
let duty: Client
let people: People
let isReady = true
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  http = await startHttp(fresh, {
    parts: {
      ready: async () => ({ ok: isReady, checks: { database: 'ok', monitor: isReady ? 'ok' : 'stalled' } }),
    },
    routes(router) {
      router.get('/api/broken', () => {
        throw new Error('secret of the house')
      })
      router.get('/api/lost', () => {
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
      })
      router.post('/api/echo', (req, res) => void res.json(req.body))
      serve(router, api.acknowledgeAlert, async ({ body }) => {
        throw new Refusal('conflict', 'facts.doneBy', {
          values: { name: '王敏', when: '09:00', verb: { word: 'action.alert.acknowledged' } },
          current: body,
        })
      })
      serve(router, api.alert, async ({ params }) => {
        await fresh.db.selectFrom('alert').select('id').where('id', '=', params.id).execute()
        throw new Refusal('not_found', 'common.noSuchAlert')
      })
      router.get('/api/number/:n', async (req, res) => {
        await fresh.db.selectFrom('site').select('id').where('id', '=', Number(req.params.n)).execute()
        res.json({})
      })
    },
  })
  duty = await signedIn(http, 'duty', PASSWORD)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

describe('a request that is refused', () => {
  const json = { 'content-type': 'application/json' }
  it.each<[string, () => Promise<Response>, string, number]>([
    ['a path that is none', () => duty.get('/api/nothing'), 'not_found', 404],
    ['a path that is none, for nobody', () => http.client().get('/api/nothing'), 'not_found', 404],
    ['a page that is none', () => duty.get('/nothing'), 'not_found', 404],
    ['an id that nothing has', () => duty.get('/api/alerts/12345'), 'not_found', 404],
    ['an id that is no number', () => duty.get('/api/alerts/abc'), 'not_found', 404],
    ['an id beyond all numbers', () => duty.get('/api/alerts/99999999999999'), 'not_found', 404],
    ['a path that cannot be decoded', () => duty.get('/api/alerts/%zz'), 'invalid', 400],
    ['JSON that is none', () => duty.post('/api/session', '{"username":', json), 'invalid', 400],
    ['JSON that is only a word', () => duty.post('/api/session', '"duty"', json), 'invalid', 400],
    [
      'a body that is a form',
      () =>
        duty.post('/api/session', 'username=duty', { 'content-type': 'application/x-www-form-urlencoded' }),
      'invalid',
      400,
    ],
    ['a field that is missing', () => duty.post('/api/session', { username: 'duty' }), 'invalid', 400],
    ['a query that is out of range', () => duty.get('/api/audit?limit=100000'), 'invalid', 400],
    ['a query that is there twice', () => duty.get('/api/audit?limit=1&limit=2'), 'invalid', 400],
    [
      'a body of more than 256 kB',
      () => duty.post('/api/echo', { text: 'x'.repeat(256 * 1024) }),
      'too_large',
      413,
    ],
    ['a number that no column can hold', () => duty.get('/api/number/99999999999'), 'invalid', 400],
    ['a text with a NUL', () => duty.get('/api/audit?action=%00'), 'invalid', 400],
    ['a lost database', () => duty.get('/api/lost'), 'unavailable', 503],
    ['a bug of ours', () => duty.get('/api/broken'), 'internal', 500],
  ])('%s', async (_name, ask, code, status) => {
    const answer = await ask()
    expect(answer.status).toBe(status)
    const body = problem.parse(await problemOf(answer))
    expect(body).toMatchObject({ code, status })
    expect(body.detail).toMatch(/[。].*[A-Za-z]/)
    expect(JSON.stringify(body)).not.toMatch(/secret|ECONNREFUSED|node_modules|select |\.ts/)
  })

  it('for a path that is none names the path', async () => {
    expect((await problemOf(await duty.get('/api/nothing?key=1'))).detail).toMatch(
      /There is nothing at \/api\/nothing\.$/,
    )
  })

  it('says which fields are wrong', async () => {
    const body = await problemOf(await duty.post('/api/wall-links', { label: '' }))
    expect(body.issues).toEqual([{ path: 'body.label', message: expect.any(String) }])
  })

  it('on a conflict shows what the other one made of it', async () => {
    const body = await problemOf(await duty.post('/api/alerts/1/acknowledge', { version: 3 }))
    expect(body).toMatchObject({ status: 409, code: 'conflict', current: { version: 3 } })
  })

  it('is answered in the language of the browser', async () => {
    const detail = async (language: string) =>
      (await problemOf(await duty.get('/api/alerts/1', { 'accept-language': language }))).detail
    expect(await detail('zh-CN,zh;q=0.9,en;q=0.8')).toBe('没有这条告警。')
    expect(await detail('en-GB,en;q=0.9')).toBe('There is no such alert.')
    expect(await detail('fr')).toBe('没有这条告警。There is no such alert.')
  })

  it('by a bug is in the log under the number that the person is told', async () => {
    const answer = await duty.get('/api/broken')
    const id = answer.headers.get('x-request-id')
    expect((await problemOf(answer)).detail).toContain(id)
    const line = http.logged.find((entry) => entry.requestId === id && entry.msg === 'request failed')
    expect(JSON.stringify(line)).toContain('secret of the house')
  })
})

describe('a request from another site', () => {
  it.each<[string, Record<string, string>, number]>([
    ['its page', { origin: 'https://evil.example' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['a neighbour on the same machine', { origin: 'http://127.0.0.1:1' }, 403],
    ['a form that hides where it is from', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another port of the same site', { 'sec-fetch-site': 'same-site' }, 403],
    ['our own page', { 'sec-fetch-site': 'same-origin' }, 200],
    ['a program', {}, 200],
  ])('is refused where it would change something: %s', async (_name, headers, expected) => {
    const answer = await duty.post('/api/echo', { a: 1 }, headers)
    expect(answer.status).toBe(expected)
    if (expected === 403) expect(await problemOf(answer)).toMatchObject({ code: 'forbidden' })
  })

  it('may not even sign in', async () => {
    const credentials = { username: 'duty', password: PASSWORD }
    const answer = await http.client().post('/api/session', credentials, { origin: 'https://evil.example' })
    expect(answer.status).toBe(403)
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  it('is our own when it names our host', async () => {
    expect((await duty.post('/api/echo', {}, { origin: http.url })).status).toBe(200)
  })
})

describe('what machines ask', () => {
  it('healthz answers nobody in particular', async () => {
    const answer = await http.client().get('/healthz')
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }])
  })

  it('readyz says what is missing, with 503', async () => {
    expect((await http.client().get('/readyz')).status).toBe(200)
    isReady = false
    const answer = await http.client().get('/readyz')
    isReady = true
    expect(answer.status).toBe(503)
    expect(await answer.json()).toEqual({ ok: false, checks: { database: 'ok', monitor: 'stalled' } })
  })

  it('metrics are for this machine, and through a proxy for those who may', async () => {
    const forwarded = { 'x-forwarded-for': '203.0.113.9' }
    expect(await (await http.client().get('/metrics')).text()).toBe('siteward_up 1\n')
    expect((await http.client().get('/metrics', forwarded)).status).toBe(401)
    expect((await duty.get('/metrics', forwarded)).status).toBe(200)
    const viewer = await signedIn(http, 'viewer', PASSWORD)
    expect((await viewer.get('/metrics', forwarded)).status).toBe(403)
    const prometheus = { label: 'prometheus', readOnly: true, expiresAt: null }
    const { key } = await createApiToken(http.ctx, people.vendor, prometheus)
    const scrape = await http.client().get('/metrics', { ...forwarded, authorization: `Bearer ${key}` })
    expect(scrape.status).toBe(200)
  })

  it('answers are not kept by caches, and carry the headers that browsers need', async () => {
    const answer = await duty.get('/api/session')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const policy = answer.headers.get('content-security-policy') ?? ''
    const host = new URL(http.url).host
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain(`connect-src 'self' ws://${host} wss://${host}`)
    expect(policy).not.toContain('upgrade-insecure-requests')
    expect(answer.headers.get('x-powered-by')).toBeNull()
    expect(answer.headers.get('strict-transport-security')).toBeNull()
  })
})

it('behind a proxy that ends TLS the cookie is Secure, and the public origin is ours', async () => {
  const origin = 'https://wall.gz.gov.cn'
  const behind = await startHttp(fresh, { config: { trustProxy: 1, publicOrigin: origin } })
  const headers = { origin, 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' }
  const answer = await behind.client().post('/api/session', { username: 'duty', password: PASSWORD }, headers)
  await behind.close()
  expect(answer.status).toBe(200)
  expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure/)
  expect(answer.headers.get('strict-transport-security')).toMatch(/max-age/)
  const audit = await fresh.db.selectFrom('audit').select('detail').orderBy('id', 'desc').executeTakeFirst()
  expect(audit?.detail).toEqual({ address: '203.0.113.9' })
})
