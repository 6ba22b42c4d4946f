import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import writeXlsx from 'write-excel-file/node'
import { findArea } from '../../../server/register/divisions/area.ts'
import { divisionRoutes } from '../../../server/register/divisions/routes.ts'
import type { DivisionTree } from '../../../server/register/divisions/tree.ts'
import { importRoutes } from '../../../server/register/import/routes.ts'
import type { RegisterImport } from '../../../shared/register/import/imports.ts'
import { type Client, problemOf, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { databaseKind, type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { addUser, cheapHash, PASSWORD } from '../../support/people.ts'
import { treeFor } from '../../support/registers/guangzhou.ts'
import {
  foshan,
  REGISTER_HEADER,
  type RegisterLine,
  registerFile,
} from '../../support/registers/registers.ts'
import { until } from '../../support/until.ts'

let fresh: FreshDatabase
let http: TestHttp
let all: RegisterLine[]
let admin: Client
beforeAll(async () => {
  fresh = await freshDatabase()
  const tree: DivisionTree = await treeFor('440600')
  all = foshan(tree)
  http = await startHttp(fresh, { routers: (ctx) => [importRoutes(ctx), divisionRoutes(ctx)] })
  for (const [username, role] of [
    ['admin', 'admin'],
    ['vendor', 'vendor'],
  ] as const) {
    const hash = await cheapHash()
    await addUser(fresh.db, { username, name: username, role, password_hash: hash }, { kind: 'city' })
  }
  admin = await signedIn(http, 'admin', PASSWORD)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

async function send(file: Uint8Array, query = 'dryRun=true', who = 'admin'): Promise<Response> {
  const { cookie } = await signedIn(http, who, PASSWORD)
  return fetch(`${http.url}/api/imports?${query}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'text/csv' },
    body: Buffer.from(file),
  })
}
/** Has both planned on the register as it is, and load only then: as if they were asked in the same instant. */
async function whileNobodyLoads(ask: () => Promise<Response>[]): Promise<Response[]> {
  // The embedded database has one connection, at which they take turns, statement by statement.
  if (databaseKind === 'embedded') return Promise.all(ask())
  const asked = await fresh.db.transaction().execute(async (tx) => {
    // It is in the way of loading, and not of keeping answers.
    await sql`lock table register_import in row exclusive mode`.execute(tx)
    const both = ask()
    await until('both have planned', async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from pg_locks where relation = 'register_import'::regclass and not granted
      `.execute(fresh.db)
      return rows[0]?.n === both.length
    })
    return both
  })
  return Promise.all(asked)
}
const answerOf = async (answer: Response) => (await answer.json()) as RegisterImport
const siteCount = async () => (await fresh.db.selectFrom('site').select('id').execute()).length
const zone = {
  code: '4406920001',
  name: '佛山高新区管委会',
  url: 'http://zone.gov.cn/',
  unit: '佛山高新区管委会',
}

describe('a register is loaded in the product', () => {
  it('is checked first: whose it is, what becomes of the rows, what is to be asked, and nothing is stored', async () => {
    const checked = await answerOf(await send(registerFile([...all, zone]), 'dryRun=true&name=foshan.csv'))
    expect(checked).toMatchObject({
      state: 'checked',
      file: 'foshan.csv',
      area: { code: '440600', name: '佛山市', nameEn: 'Foshan' },
      areaBy: 'file',
      counts: { new: 300, changed: 0, same: 0, waiting: 1, wrong: 0 },
      questions: [{ kind: 'unknownCode', key: 'code:440692' }],
    })
    expect(checked.groups.map(({ name, sites }) => `${name} ${sites}`)).toContain('禅城区 60')
    expect(await siteCount()).toBe(0)
  })

  it('is answered, looked at again and loaded; the audit says who, and what was answered', async () => {
    const { id } = await answerOf(await send(registerFile([...all, zone])))
    const again = await admin.post(`/api/imports/${id}/answers`, { answers: { 'code:440692': 'accept' } })
    expect(await again.json()).toMatchObject({ counts: { new: 301, waiting: 0 }, questions: [] })
    const applied = await admin.post(`/api/imports/${id}/apply`, {})
    expect(await applied.json()).toMatchObject({ state: 'applied', counts: { new: 301 } })
    expect(await siteCount()).toBe(301)
    expect(await findArea(fresh.db)).toEqual({ code: '440600', by: 'register' })
    const entry = await fresh.db
      .selectFrom('audit')
      .select(['actor_name', 'detail'])
      .where('action', '=', 'register.imported')
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({
      actor_name: 'admin',
      detail: { added: 301, divisions: [{ code: '440692' }] },
    })
    expect(await problemOf(await admin.post(`/api/imports/${id}/apply`, {}))).toMatchObject({
      code: 'conflict',
    })
  })

  it('the same file again is the same, in a workbook too, with a title above its header', async () => {
    const rows = [
      ['佛山市政府网站名录'],
      REGISTER_HEADER.split(','),
      ...all.map(({ code, name, url, unit }) => [code, name, url, '', unit]),
    ]
    const book = await writeXlsx(rows.map((row) => row.map((value) => ({ value })))).toBuffer()
    expect(await answerOf(await send(book))).toMatchObject({ counts: { new: 0, changed: 0, same: 300 } })
  })

  it('wrong rows are told by line and column; nothing is loaded unless they are to be skipped', async () => {
    const wrong = registerFile([
      { ...zone, code: '440692' },
      { ...zone, code: '4406040999', name: '新局' },
    ])
    const { id, rows, counts } = await answerOf(await send(wrong))
    expect(counts).toMatchObject({ wrong: 1, new: 1 })
    expect(rows).toEqual([
      {
        line: 2,
        verdict: 'wrong',
        errors: [{ column: 'code', message: expect.stringContaining('10 digits') }],
      },
    ])
    const inChinese = await admin.get(`/api/imports/${id}`, { 'accept-language': 'zh-CN' })
    expect((await answerOf(inChinese)).rows[0]?.errors).toEqual([
      { column: 'code', message: '“440692”不是 10 位数字，也不是 bm 加 8 位数字。' },
    ])
    const refused = await admin.post(`/api/imports/${id}/apply`, { answers: { missing: 'keep' } })
    expect(await problemOf(refused)).toMatchObject({ code: 'invalid', reason: 'imports.wrongRows' })
    const loaded = await admin.post(`/api/imports/${id}/apply`, { skipBad: true })
    expect(await loaded.json()).toMatchObject({ state: 'applied', counts: { new: 1 } })
  })

  it('of two who load at once one is told that the other has: nothing is loaded twice, nor by a plan of before', async () => {
    const [mine, other] = await Promise.all(
      ['甲', '乙'].map(async (name) => answerOf(await send(registerFile([...all, { ...zone, name }])))),
    )
    const answers = { missing: 'keep', 'code:440692': 'accept' }
    const both = await whileNobodyLoads(() =>
      [mine, other].map((one) => admin.post(`/api/imports/${one?.id}/apply`, { answers })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const late = both.find(({ status }) => status === 409)
    expect(await problemOf(late as Response)).toMatchObject({ reason: 'imports.otherLoadedMeanwhile' })
  })

  it('who does not run or watch over the city may not; what is no register is a wrong row', async () => {
    expect((await send(registerFile(all), 'dryRun=true', 'vendor')).status).toBe(403)
    expect(await answerOf(await send(Buffer.from('名称,网址\na,b')))).toMatchObject({
      counts: { wrong: 1, new: 0 },
    })
    expect(await problemOf(await send(registerFile(all), 'dryRun=true&area=999999'))).toMatchObject({
      reason: 'imports.noSuchPlace',
    })
  })

  it('is not taken for another place while people are limited to what it has', async () => {
    const { id } = await answerOf(await send(registerFile(all), 'dryRun=true&area=440000'))
    await addUser(
      fresh.db,
      { username: 'chancheng', name: '禅城', role: 'district', password_hash: await cheapHash() },
      { kind: 'district', district: '440604' },
    )
    const refused = await admin.post(`/api/imports/${id}/apply`, {})
    expect(await problemOf(refused)).toMatchObject({ code: 'conflict', reason: 'imports.placeIsSettled' })
  })
})

describe('divisions', () => {
  const list = async (client: Client, path: string) => (await client.get(path)).json()

  it('are the tree with the sites in it, from the top of the own scope', async () => {
    const top = await list(admin, '/api/divisions')
    expect(top.find(({ code }: { code: string }) => code === '440604')).toMatchObject({
      name: '禅城区',
      nameEn: 'Chancheng',
      level: 'district',
      parent: '440600',
    })
    const [city] = (await list(admin, '/api/divisions?under=440000')).filter(
      ({ code }: { code: string }) => code === '440600',
    )
    expect(city).toMatchObject({ name: '佛山市', total: await siteCount() })
    const own = await list(await signedIn(http, 'chancheng', PASSWORD), '/api/divisions')
    expect(own.map(({ code }: { code: string }) => code)).toEqual(['440604'])
  })

  it('a correction is seen by everybody at once: the group is called so, and the register has changed', async () => {
    const [zoneNow] = await list(admin, '/api/division-names?q=440692')
    expect(zoneNow.above.map(({ name }: { name: string }) => name)).toEqual(['佛山市', '广东省'])
    const body = { name: '佛山高新区', nameEn: 'Foshan High-tech Zone', level: 'zone', parent: '440600' }
    const changed = await admin.post('/api/divisions/440692', { ...body, version: zoneNow.version })
    expect(await changed.json()).toMatchObject({
      name: '佛山高新区',
      edited: true,
      version: zoneNow.version + 1,
    })
    const group = await fresh.db
      .selectFrom('district')
      .select('name')
      .where('code', '=', '440692')
      .executeTakeFirst()
    expect(group).toEqual({ name: '佛山高新区' })
    const facts = await fresh.db.selectFrom('fact').select('kind').orderBy('seq', 'desc').limit(1).execute()
    expect(facts).toEqual([{ kind: 'register.changed' }])
    const late = await admin.post('/api/divisions/440692', { ...body, version: zoneNow.version })
    expect(await problemOf(late)).toMatchObject({ code: 'conflict' })
  })

  it('cannot lie in themselves or follow themselves, and only administrators change them', async () => {
    const city = { name: '佛山市', nameEn: 'Foshan', level: 'city', version: 1 }
    const change = async (more: object) =>
      problemOf(await admin.post('/api/divisions/440600', { ...city, ...more }))
    expect(await change({ parent: '440604' })).toMatchObject({ reason: 'divisions.withinItself' })
    expect(await change({ parent: 'nowhere' })).toMatchObject({ reason: 'divisions.noParent' })
    expect(await change({ parent: '440000', successor: '440600' })).toMatchObject({
      reason: 'divisions.followsItself',
    })
    const vendor = await signedIn(http, 'vendor', PASSWORD)
    expect((await vendor.post('/api/divisions/440600', { ...city, parent: '440000' })).status).toBe(403)
  })
})
