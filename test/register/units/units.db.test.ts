import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unitRoutes } from '../../../server/register/units/routes.ts'
import { type Client, problemOf, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite, makeUnit } from '../../support/make.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
let people: People
let neighbour: number
let as: Record<'admin' | 'duty' | 'tianhe' | 'haizhu' | 'owner' | 'vendor' | 'viewer', Client>
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  neighbour = (await makeUnit(fresh.db, { name: '海珠区沙园街道办事处', district: '440105' })).id
  await makeSite(fresh.db, { unit_id: people.unitId, code: '4401060099' })
  http = await startHttp(fresh, { routers: (ctx) => [unitRoutes(ctx)] })
  const names = ['admin', 'duty', 'tianhe', 'haizhu', 'owner', 'vendor', 'viewer'] as const
  as = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await signedIn(http, name, PASSWORD)])),
  ) as typeof as
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const HEAD = { kind: 'head', name: '赵主任', post: '主任', phone: '020-00001111', mobile: '', mail: '' }
const CONTACT = {
  kind: 'contact',
  name: '孙丽',
  post: '科员',
  phone: '',
  mobile: '130 0000 0001',
  mail: 'sun@x.example',
}
const unitOf = async (client: Client, id: number) => (await client.get(`/api/units/${id}`)).json()

describe('contacts of a unit', () => {
  it.each(['owner', 'tianhe', 'admin'] as const)(
    '%s keeps them; the audit says what was before',
    async (who) => {
      const { contactsVersion: version } = await unitOf(as[who], people.unitId)
      const answer = await as[who].post(`/api/units/${people.unitId}/contacts`, {
        version,
        contacts: [HEAD, CONTACT],
      })
      expect(await answer.json()).toMatchObject({ contacts: [HEAD, CONTACT], contactsVersion: version + 1 })
      const { items } = await (await as.admin.get('/api/audit?entity=unit')).json()
      expect(items[0]).toMatchObject({ action: 'unit.contacts_changed', entityId: people.unitId })
    },
  )

  it.each(['duty', 'vendor', 'viewer'] as const)('%s may not change them', async (who) => {
    const answer = await as[who].post(`/api/units/${people.unitId}/contacts`, { version: 3, contacts: [] })
    expect(await problemOf(answer)).toMatchObject({ code: 'forbidden' })
  })

  it('are out of sight of another district, and of a neighbour', async () => {
    expect((await as.haizhu.get(`/api/units/${people.unitId}`)).status).toBe(404)
    expect((await as.owner.get(`/api/units/${neighbour}`)).status).toBe(404)
    const answer = await as.tianhe.post(`/api/units/${neighbour}/contacts`, { version: 0, contacts: [] })
    expect(answer.status).toBe(404)
  })

  it('are personal: who looks on sees the unit and no number', async () => {
    const text = await (await as.viewer.get(`/api/units/${people.unitId}`)).text()
    expect(JSON.parse(text)).toMatchObject({ contacts: null, people: null })
    expect(text).not.toContain('1111')
  })

  it('of two who change them at once the second is told', async () => {
    const answer = await as.owner.post(`/api/units/${people.unitId}/contacts`, {
      version: 0,
      contacts: [HEAD],
    })
    expect(await problemOf(answer)).toMatchObject({
      code: 'conflict',
      current: { contacts: [HEAD, CONTACT] },
    })
  })

  it.each([
    ['two heads', [HEAD, HEAD]],
    ['four contacts', [CONTACT, CONTACT, CONTACT, CONTACT]],
    ['nobody to be reached', [{ ...HEAD, phone: '' }]],
    ['a number that is none', [{ ...HEAD, phone: 'javascript:alert(1)' }]],
  ])('%s are refused', async (_name, contacts) => {
    const answer = await as.owner.post(`/api/units/${people.unitId}/contacts`, { version: 3, contacts })
    expect(await problemOf(answer)).toMatchObject({ code: 'invalid' })
  })
})

describe('finding a unit', () => {
  const names = async (client: Client, query: string) =>
    (await (await client.get(`/api/units?${query}`)).json()).items.map((one: { name: string }) => one.name)

  it.each([
    ['a part of the name', encodeURIComponent('石牌')],
    ['initials', 'thqsp'],
    ['whole pinyin', 'shipaijiedao'],
    ['the code of a site', '44010600'],
  ])('by %s', async (_name, q) => {
    expect(await names(as.admin, `q=${q}`)).toEqual(['天河区石牌街道办事处'])
  })

  it('what was typed is no pattern', async () => {
    expect(await names(as.admin, 'q=%25')).toEqual([])
  })

  it('only within the own scope', async () => {
    expect(await names(as.haizhu, '')).toEqual(['海珠区沙园街道办事处'])
    expect(await names(as.owner, '')).toEqual(['天河区石牌街道办事处'])
  })

  it('those that no notice reaches', async () => {
    expect(await names(as.admin, 'reach=none')).toContain('海珠区沙园街道办事处')
    expect(await names(as.admin, 'reach=none')).not.toContain('天河区石牌街道办事处')
  })
})
