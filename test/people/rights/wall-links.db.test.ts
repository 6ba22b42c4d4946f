import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { problemOf, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople, PASSWORD } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
const requests: IncomingMessage[] = []
beforeAll(async () => {
  fresh = await freshDatabase()
  await makePeople(fresh.db)
  http = await startHttp(fresh, {
    // Keeps requests as a socket keeps that of its handshake.
    routes: (router) =>
      router.get('/api/handshake', (req, res) => {
        requests.push(req)
        res.json({})
      }),
  })
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

async function makeLink(label: string) {
  const duty = await signedIn(http, 'duty', PASSWORD)
  const answer = await duty.post('/api/wall-links', { label })
  const { link, key } = (await answer.json()) as { link: { id: number }; key: string }
  return { duty, id: link.id, key }
}

it('a wall link opens the wall and nothing else, for thirty days at a time', async () => {
  const { key } = await makeLink('指挥大厅')
  const wall = http.client()
  const answer = await wall.post('/api/session', { wallKey: key })
  expect(await answer.json()).toMatchObject({ id: 0, name: '指挥大厅', role: 'viewer', rooms: ['wall'] })
  const expires = /Expires=([^;]+)/.exec(answer.headers.getSetCookie()[0] ?? '')?.[1] ?? ''
  expect((Date.parse(expires) - Date.now()) / 86_400_000).toBeCloseTo(30, 1)
  for (const path of ['/api/users', '/api/sessions', '/api/tokens']) {
    expect(await problemOf(await wall.get(path)), path).toMatchObject({ code: 'forbidden' })
  }
  expect(await problemOf(await wall.get('/api/audit'))).toMatchObject({ code: 'forbidden' })
  expect(await problemOf(await wall.post('/api/wall-links', { label: 'x' }))).toMatchObject({
    code: 'forbidden',
  })
  const password = { current: 'anything', next: 'anything else' }
  expect(await problemOf(await wall.post('/api/session/password', password))).toMatchObject({
    code: 'forbidden',
  })
})

it('its key is shown once and stored nowhere', async () => {
  const { duty, key, id } = await makeLink('值班室')
  const list = await (await duty.get('/api/wall-links')).json()
  expect(list[0]).toMatchObject({ id, label: '值班室', createdBy: '王敏', revokedAt: null, lastUsedAt: null })
  expect(JSON.stringify(list)).not.toContain(key)
  const rows = await fresh.db.selectFrom('wall_link').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(key)
  await http.client().post('/api/session', { wallKey: key })
  const [used] = await (await duty.get('/api/wall-links')).json()
  expect(used.lastUsedAt).toBe(new Date(http.clock.now()).toISOString())
})

it('revoking it ends its displays at once, also those that only listen', async () => {
  const { duty, key, id } = await makeLink('会议室')
  const wall = http.client()
  await wall.post('/api/session', { wallKey: key })
  await wall.get('/api/handshake')
  const [handshake] = requests.splice(0)
  expect(await http.principalAgain(handshake!)).toMatchObject({ name: '会议室' })
  expect((await duty.delete(`/api/wall-links/${id}`)).status).toBe(204)
  expect((await wall.get('/api/session')).status).toBe(401)
  expect(await http.principalAgain(handshake!)).toBeNull()
  expect((await http.client().post('/api/session', { wallKey: key })).status).toBe(401)
  expect((await duty.delete(`/api/wall-links/${id}`)).status, 'twice is no error').toBe(204)
  const { items } = await (await duty.get('/api/audit?entity=wall_link')).json()
  expect(items[0]).toMatchObject({ action: 'wall_link.revoked', entityId: id, actor: { name: '王敏' } })
  expect(items.filter((entry: { action: string }) => entry.action === 'wall_link.revoked')).toHaveLength(1)
})

it('a wall whose session ran out while it listened goes on listening', async () => {
  const { key } = await makeLink('走廊')
  const wall = http.client()
  await wall.post('/api/session', { wallKey: key })
  await wall.get('/api/handshake')
  const [handshake] = requests.splice(0)
  await fresh.db.deleteFrom('session').execute()
  expect(await http.principalAgain(handshake!)).toMatchObject({ name: '走廊' })
})

it('a person who signs out is heard of by the open connection', async () => {
  const duty = await signedIn(http, 'duty', PASSWORD)
  await duty.get('/api/handshake')
  const [handshake] = requests.splice(0)
  expect(await http.principalOf(handshake!)).toMatchObject({ name: '王敏' })
  expect(await http.principalAgain(handshake!)).toMatchObject({ name: '王敏' })
  await duty.delete('/api/session')
  expect(await http.principalAgain(handshake!)).toBeNull()
})

it('who may not manage links may not see or revoke them', async () => {
  const { id } = await makeLink('大厅')
  const tianhe = await signedIn(http, 'tianhe', PASSWORD)
  for (const answer of [tianhe.get('/api/wall-links'), tianhe.delete(`/api/wall-links/${id}`)]) {
    expect(await problemOf(await answer)).toMatchObject({ code: 'forbidden' })
  }
  const duty = await signedIn(http, 'duty', PASSWORD)
  expect(await problemOf(await duty.delete('/api/wall-links/999'))).toMatchObject({ code: 'not_found' })
})

it('the audit is read page by page, newest first, by those who may', async () => {
  const duty = await signedIn(http, 'duty', PASSWORD)
  const first = await (await duty.get('/api/audit?limit=2&entity=session')).json()
  expect(first.items).toHaveLength(2)
  expect(first.items[0]).toMatchObject({ action: 'session.opened', actor: { name: '王敏' } })
  const ids: number[] = first.items.map((entry: { id: number }) => entry.id)
  let cursor: string | null = first.nextCursor
  while (cursor) {
    const page = await (await duty.get(`/api/audit?limit=2&entity=session&cursor=${cursor}`)).json()
    ids.push(...page.items.map((entry: { id: number }) => entry.id))
    cursor = page.nextCursor
  }
  expect(ids).toEqual([...ids].sort((a, b) => b - a))
  expect(new Set(ids).size).toBe(first.total)
  expect(await problemOf(await duty.get('/api/audit?cursor=abc'))).toMatchObject({ code: 'invalid' })
  const vendor = await signedIn(http, 'vendor', PASSWORD)
  expect(await problemOf(await vendor.get('/api/audit'))).toMatchObject({ code: 'forbidden' })
})
