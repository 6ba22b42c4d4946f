import { afterAll, beforeAll, expect, it } from 'vitest'
import { MINUTE } from '../../../shared/base/time.ts'
import { problemOf, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  http = await startHttp(fresh)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const TOKEN = { label: '报表导出', readOnly: false, expiresAt: null }
async function make(username: string, given: Record<string, unknown>) {
  const client = await signedIn(http, username, PASSWORD)
  const answer = await client.post('/api/tokens', { ...TOKEN, ...given })
  const made = await answer.json()
  return { client, made, token: made.token, key: made.key }
}
const ask = (key: string, path = '/api/session') =>
  http.client().get(path, { authorization: `Bearer ${key}` })

it('a token has the rights of its person; its key is shown once and stored nowhere', async () => {
  const { client, key, token } = await make('tianhe', {})
  expect(await (await ask(key)).json()).toMatchObject({ name: '李晓燕', rooms: ['district:440106'] })
  const list = await (await client.get('/api/tokens')).json()
  expect(list).toMatchObject([
    { id: token.id, label: '报表导出', readOnly: false, scope: people.tianhe.scope },
  ])
  expect(list[0].lastUsedAt).toBe(new Date(http.clock.now()).toISOString())
  const stored = await fresh.db.selectFrom('api_token').selectAll().execute()
  expect(JSON.stringify([stored, list])).not.toContain(key)
})

it('a token that has run out is told so, with a code', async () => {
  const expiresAt = new Date(http.clock.now() + 10 * MINUTE).toISOString()
  const { key } = await make('vendor', { expiresAt })
  expect((await ask(key)).status).toBe(200)
  http.clock.advance(10 * MINUTE)
  expect(await problemOf(await ask(key))).toMatchObject({ status: 401, code: 'token_expired' })
  const past = await make('vendor', { expiresAt })
  expect(past.made).toMatchObject({ code: 'invalid' })
})

it('a token that is revoked is none, by its person or an administrator', async () => {
  const first = await make('duty', {})
  expect((await first.client.delete(`/api/tokens/${first.token.id}`)).status).toBe(204)
  expect(await problemOf(await ask(first.key))).toMatchObject({ code: 'unauthenticated' })
  const second = await make('duty', {})
  const colleague = await signedIn(http, 'colleague', PASSWORD)
  expect((await colleague.delete(`/api/tokens/${second.token.id}`)).status, 'not theirs').toBe(404)
  const admin = await signedIn(http, 'admin', PASSWORD)
  expect(await (await admin.get(`/api/users/${people.duty.id}/tokens`)).json()).toHaveLength(2)
  const path = `/api/users/${people.duty.id}/tokens/${second.token.id}`
  expect((await admin.delete(path)).status).toBe(204)
  expect((await ask(second.key)).status).toBe(401)
})

it('a read-only token is told why it may not change anything', async () => {
  const { key } = await make('duty', { readOnly: true })
  expect((await ask(key, '/api/wall-links')).status).toBe(200)
  const headers = { authorization: `Bearer ${key}` }
  const refused = await problemOf(await http.client().post('/api/wall-links', { label: 'x' }, headers))
  expect(refused).toMatchObject({ code: 'forbidden', detail: expect.stringMatching(/只读.*read-only/) })
})

it('a token reaches no further than its person, now and later', async () => {
  const tianhe = { kind: 'district', district: '440106' }
  const beyond = await make('haizhu', { scope: tianhe })
  expect(beyond.made).toMatchObject({ code: 'invalid' })
  const { key } = await make('colleague', { scope: tianhe })
  expect(await (await ask(key)).json()).toMatchObject({ scope: tianhe, rooms: ['district:440106'] })
  expect((await ask(key, '/api/audit')).status, 'the audit is the whole city’s').toBe(403)
  const admin = await signedIn(http, 'admin', PASSWORD)
  const moved = { name: '陈浩', role: 'district', district: '440105' }
  expect((await admin.post(`/api/users/${people.colleague.id}`, moved)).status).toBe(200)
  expect((await ask(key)).status).toBe(401)
})

it('a token is for no unit or district that does not exist', async () => {
  const noUnit = await make('duty', { scope: { kind: 'unit', unitId: 999_999 } })
  expect(noUnit.made).toMatchObject({ code: 'invalid', status: 400 })
  const noDistrict = await make('duty', { scope: { kind: 'district', district: '999999' } })
  expect(noDistrict.made).toMatchObject({ code: 'invalid', status: 400 })
})

it('a token cannot make tokens, or touch the sign-in of its person', async () => {
  const { key } = await make('owner', {})
  const headers = { authorization: `Bearer ${key}` }
  for (const path of ['/api/tokens', '/api/session/password', '/api/session/second-factor']) {
    expect((await http.client().post(path, {}, headers)).status, path).toBe(403)
  }
})

it('a new password ends the tokens of its person, unless they are to be kept; a reset always does', async () => {
  const alive = async (key: string) => (await ask(key)).status === 200
  const { client, key } = await make('colleague', {})
  const change = (current: string, next: string, more = {}) =>
    client.post('/api/session/password', { current, next, ...more })
  expect((await change(PASSWORD, 'another-password', { keepTokens: true })).status).toBe(204)
  expect(await alive(key)).toBe(true)
  expect((await change('another-password', 'yet-another-password')).status).toBe(204)
  expect(await alive(key)).toBe(false)
  const later = await client.post('/api/tokens', TOKEN)
  const { key: second } = await later.json()
  expect(await alive(second)).toBe(true)
  const admin = await signedIn(http, 'admin', PASSWORD)
  expect((await admin.post(`/api/users/${people.colleague.id}/password`)).status).toBe(200)
  expect(await alive(second)).toBe(false)
})
