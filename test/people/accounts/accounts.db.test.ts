import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, problemOf, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
let admin: Client
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  http = await startHttp(fresh)
  admin = await signedIn(http, 'admin', PASSWORD)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const LIN = { username: 'lin', name: '林志强', role: 'district', district: '440106' }

describe('an administrator', () => {
  it('makes an account, whose first password must be changed at once', async () => {
    const { user, password } = await (await admin.post('/api/users', LIN)).json()
    expect(user).toMatchObject({ name: '林志强', scope: { kind: 'district', district: '440106' } })
    const lin = await signedIn(http, 'lin', password)
    expect(await problemOf(await lin.get('/api/users'))).toMatchObject({ code: 'forbidden' })
    await lin.post('/api/session/password', { current: password, next: 'chosen by Lin' })
    expect((await lin.get('/api/users')).status).toBe(200)
    const { items } = await (await admin.get('/api/audit?entity=user')).json()
    expect(items[1]).toMatchObject({ action: 'user.created', actor: { name: '吴刚' }, entityId: user.id })
    expect(JSON.stringify(items)).not.toContain(password)
  })

  it('is told when the username is taken, and by whom', async () => {
    const taken = await problemOf(await admin.post('/api/users', { ...LIN, username: 'DUTY' }))
    expect(taken).toMatchObject({ code: 'conflict', current: { name: '王敏', disabled: false } })
  })

  it.each([
    ['a district office without a district', { ...LIN, district: undefined }],
    ['a unit without its number', { ...LIN, role: 'unit', district: undefined }],
    ['a working group of one district', { ...LIN, role: 'workgroup' }],
    ['a district that is none', { ...LIN, district: '999999' }],
    ['a unit that is none', { ...LIN, role: 'unit', district: undefined, unitId: 9999 }],
    ['a username with a space', { ...LIN, username: 'lin er' }],
  ])('cannot make %s', async (_name, given) => {
    const answer = await admin.post('/api/users', {
      ...given,
      username: given.username.replace('lin', 'lin2'),
    })
    expect(await problemOf(answer)).toMatchObject({ code: 'invalid' })
  })

  it('ends an account at once, and brings it back with another password', async () => {
    const viewer = await signedIn(http, 'viewer', PASSWORD)
    expect((await admin.delete(`/api/users/${people.viewer.id}`)).status).toBe(204)
    expect((await viewer.get('/api/session')).status).toBe(401)
    const back = await (await admin.post(`/api/users/${people.viewer.id}/password`)).json()
    expect(
      (await http.client().post('/api/session', { username: 'viewer', password: PASSWORD })).status,
    ).toBe(401)
    await signedIn(http, 'viewer', back.password)
  })

  it('cannot end the own account, nor one that is none', async () => {
    expect(await problemOf(await admin.delete(`/api/users/${people.admin.id}`))).toMatchObject({
      code: 'invalid',
    })
    expect(await problemOf(await admin.delete('/api/users/9999'))).toMatchObject({ code: 'not_found' })
    expect(await problemOf(await admin.post('/api/users/9999/password'))).toMatchObject({ code: 'not_found' })
  })
})

it('the last administrator can neither be demoted nor disabled, by nobody', async () => {
  const asViewer = { name: '吴刚', role: 'viewer' }
  const demoted = await admin.post(`/api/users/${people.admin.id}`, asViewer)
  expect(await problemOf(demoted)).toMatchObject({
    code: 'invalid',
    detail: expect.stringMatching(/最后一个/),
  })
  const second = { username: 'second', name: '第二位', role: 'admin' }
  const { user } = await (await admin.post('/api/users', second)).json()
  expect((await admin.post(`/api/users/${user.id}`, { name: '第二位', role: 'viewer' })).status).toBe(200)
})

it('accounts are found by name, role and state', async () => {
  const find = async (query: string) => {
    const { items } = await (await admin.get(`/api/accounts?${query}`)).json()
    return items.map((one: { username: string }) => one.username)
  }
  expect(await find('q=晓燕')).toEqual(['tianhe'])
  expect(await find('q=石牌')).toEqual(['owner'])
  expect(await find('q=%25')).toEqual([])
  expect(await find('role=vendor')).toEqual(['vendor'])
  await admin.delete(`/api/users/${people.vendor.id}`)
  expect(await find('state=disabled')).toEqual(['vendor'])
  await admin.post(`/api/users/${people.vendor.id}/enable`)
  for (let time = 0; time < 10; time++) {
    await http.client().post('/api/session', { username: 'haizhu', password: 'x' })
  }
  expect(await find('state=locked')).toEqual(['haizhu'])
  const [lockout] = await (await admin.get('/api/lockouts')).json()
  expect((await admin.delete(`/api/lockouts/${lockout.id}`)).status).toBe(204)
  await signedIn(http, 'haizhu', PASSWORD)
})

it('nobody else manages accounts', async () => {
  for (const name of ['duty', 'tianhe', 'owner', 'vendor']) {
    const client = await signedIn(http, name, PASSWORD)
    for (const answer of [
      client.post('/api/users', { ...LIN, username: 'mine', role: 'admin', district: undefined }),
      client.post(`/api/users/${people.admin.id}/password`),
      client.delete(`/api/users/${people.admin.id}`),
    ]) {
      expect(await problemOf(await answer), name).toMatchObject({ code: 'forbidden' })
    }
  }
})
