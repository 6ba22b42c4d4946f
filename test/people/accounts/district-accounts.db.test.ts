import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scopeOver } from '../../../shared/people/rights/rights.ts'
import { type Client, problemOf, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeUnit } from '../../support/make.ts'
import { addUser, makePeople, PASSWORD, type People } from '../../support/people.ts'

/* A district makes the accounts of its own people: the whole matrix of whom, and where. */

let fresh: FreshDatabase
let http: TestHttp
let people: People
let tianhe: Client
let far: number
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  far = (await makeUnit(fresh.db, { district: '440105' })).id
  http = await startHttp(fresh)
  tianhe = await signedIn(http, 'tianhe', PASSWORD)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

let serial = 0
const make = (given: Record<string, unknown>) =>
  tianhe.post('/api/users', { username: `made-${++serial}`, name: '新人', ...given })

describe('a district makes accounts', () => {
  it.each<[string, () => Record<string, unknown>]>([
    ['of a unit in it', () => ({ role: 'unit', unitId: people.unitId })],
    ['of its own officers', () => ({ role: 'district', district: '440106' })],
    ['of somebody who looks on there', () => ({ role: 'viewer', district: '440106' })],
  ])('%s', async (_name, given) => {
    const answer = await make(given())
    expect(answer.status).toBe(200)
    const { user } = await answer.json()
    expect((await tianhe.delete(`/api/users/${user.id}`)).status).toBe(204)
    expect((await tianhe.post(`/api/users/${user.id}/enable`)).status).toBe(204)
    expect((await tianhe.post(`/api/users/${user.id}/password`)).status).toBe(200)
  })

  it.each<[string, () => Record<string, unknown>]>([
    ['of a unit somewhere else', () => ({ role: 'unit', unitId: far })],
    [
      'of a unit here and one somewhere else',
      () => ({ role: 'unit', unitId: people.unitId, moreUnitIds: [far] }),
    ],
    ['of an officer of another district', () => ({ role: 'district', district: '440105' })],
    ['of an officer of both', () => ({ role: 'district', district: '440106', moreDistricts: ['440105'] })],
    ['of somebody who sees the whole city', () => ({ role: 'viewer' })],
    ...(['admin', 'workgroup', 'vendor'] as const).map((role): [string, () => Record<string, unknown>] => [
      `above its own role: ${role}`,
      () => ({ role }),
    ]),
  ])('not %s', async (_name, given) => {
    expect(await problemOf(await make(given()))).toMatchObject({ code: 'forbidden' })
  })

  it('and neither sees nor touches the others', async () => {
    const both = await addUser(
      fresh.db,
      { username: 'both', name: '两区', role: 'district', password_hash: 'none' },
      scopeOver(['440105', '440106'], []),
    )
    const { items } = await (await tianhe.get('/api/accounts')).json()
    const seen = items.map((one: { name: string }) => one.name)
    expect(seen).toEqual(expect.arrayContaining(['李晓燕', '张磊']))
    for (const name of ['王敏', '黄海涛', '吴刚', '周平', '两区']) expect(seen).not.toContain(name)
    for (const { id } of [people.admin, people.duty, people.haizhu, people.viewer, both]) {
      const edit = await tianhe.post(`/api/users/${id}`, {
        name: '改名',
        role: 'district',
        district: '440106',
      })
      expect(await problemOf(edit)).toMatchObject({ code: 'forbidden' })
      expect((await tianhe.delete(`/api/users/${id}`)).status).toBe(403)
      expect((await tianhe.post(`/api/users/${id}/password`)).status).toBe(403)
    }
  })

  it('cannot lift an account out of its hands', async () => {
    const { user } = await (await make({ role: 'unit', unitId: people.unitId })).json()
    const up = await tianhe.post(`/api/users/${user.id}`, { name: '新人', role: 'workgroup' })
    expect(await problemOf(up)).toMatchObject({ code: 'forbidden' })
  })

  it('nobody else does', async () => {
    for (const name of ['duty', 'owner', 'vendor', 'viewer']) {
      const client = await signedIn(http, name, PASSWORD)
      expect((await client.get('/api/accounts')).status, name).toBe(403)
    }
  })

  it('the audit names who made it', async () => {
    const { user } = await (await make({ role: 'unit', unitId: people.unitId })).json()
    const admin = await signedIn(http, 'admin', PASSWORD)
    const { items } = await (await admin.get('/api/audit?entity=user')).json()
    expect(items[0]).toMatchObject({ action: 'user.created', entityId: user.id, actor: { name: '李晓燕' } })
  })
})
