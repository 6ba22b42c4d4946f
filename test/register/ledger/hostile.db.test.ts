import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerRoutes } from '../../../server/register/ledger/routes.ts'
import { api } from '../../../shared/api.ts'
import { type Client, problemOf, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, PASSWORD } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
let duty: Client
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  await makePeople(fresh.db)
  site = await makeSite(fresh.db)
  http = await startHttp(fresh, { routers: (ctx) => [ledgerRoutes(ctx)] })
  duty = await signedIn(http, 'duty', PASSWORD)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const HOSTILE: Record<string, object> = {
  'half of a sign': { name: '天河\ud800区' },
  'a sign that no table holds': { name: '天河\u0000区' },
  'signs that steer a printer': { name: '天河\u001b[2J区' },
  'a name that is too long': { name: '长'.repeat(201) },
  'a person that is too long': { headName: '长'.repeat(51) },
  'no name': { name: ' ' },
  'a code that is none': { code: '44010600' },
  'a program as an address': { url: 'javascript:alert(1)' },
  'a password in the address': { url: 'http://admin:secret@site.localhost/' },
  'a level that there is not': { level: 'emperor' },
  'a telephone that is none': { headPhone: '=cmd|calc' },
  'a mail address that is none': { headMail: 'a@b' },
  'an interval of a year': { interval: 31_536_000 },
  'half a second': { interval: 0.5 },
  'a list too long': { operators: Array.from({ length: 6 }, (_, n) => `单位${n}`) },
  'a list in a text': { icp: ['粤ICP备1号'] },
  'a field that there is not': { owner: '甲' },
  'what is nobody’s to set': { id: 1 },
  'the prototype': JSON.parse('{"__proto__": {"name": "甲"}, "constructor": "乙"}') as object,
}

test.each(Object.entries(HOSTILE))('%s is refused, and nothing changes', async (_, fields) => {
  const body = { version: 1, reason: '测试', ...fields }
  const edited = await duty.patch(`/api/sites/${site.id}`, body)
  expect(edited.status).toBe(400)
  expect(await problemOf(edited)).toMatchObject({ code: 'invalid' })
  const whole = { code: '4401067777', name: '新', url: 'http://n.localhost/', unit: '新单位' }
  expect((await duty.post('/api/sites', { ...whole, ...fields })).status).toBe(400)
  const { version, name } = await fresh.db.selectFrom('site').selectAll().executeTakeFirstOrThrow()
  expect({ version, name }).toEqual({ version: 1, name: site.name })
})

test('without a reason nothing is changed', async () => {
  expect((await duty.patch(`/api/sites/${site.id}`, { version: 1, name: '甲' })).status).toBe(400)
  expect((await duty.patch(`/api/sites/${site.id}`, { version: 1, name: '甲', reason: ' ' })).status).toBe(
    400,
  )
})

test('who comes second is answered with what is so now, and which fields both have changed', async () => {
  const first = await duty.patch(`/api/sites/${site.id}`, { version: 1, reason: '来函', name: '甲' })
  expect(api.editSite.output.parse(await first.json())).toMatchObject({ version: 2, name: '甲' })
  const second = await duty.patch(`/api/sites/${site.id}`, { version: 1, reason: '来函', name: '乙' })
  expect(second.status).toBe(409)
  expect(await second.json()).toMatchObject({
    ...{ code: 'conflict', conflicting: ['name'] },
    current: { id: site.id, version: 2, name: '甲' },
  })
  const changes = await duty.get(`/api/sites/${site.id}/changes`)
  expect(api.siteChanges.output.parse(await changes.json())).toMatchObject({ total: 1, nextCursor: null })
  expect((await duty.get(`/api/sites/${site.id}/changes?on=2026-02-30`)).status).toBe(400)
})
