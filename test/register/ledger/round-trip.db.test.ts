import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importRoutes } from '../../../server/register/import/routes.ts'
import { ledgerRoutes } from '../../../server/register/ledger/routes.ts'
import { api } from '../../../shared/api.ts'
import type { RegisterImport } from '../../../shared/register/import/imports.ts'
import { LEDGER_FIELDS } from '../../../shared/register/ledger/ledger-rules.ts'
import { type Client, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
let duty: Client
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  http = await startHttp(fresh, { routers: (ctx) => [ledgerRoutes(ctx), importRoutes(ctx)] })
  duty = await signedIn(http, 'duty', PASSWORD)
  const profile = {
    ...{ siteType: 'own', parentCode: '440106', checkCode: '8f3k', redirectUrl: 'http://new.localhost/' },
    ...{
      builders: ['甲局'],
      operators: ['甲局', '乙公司'],
      icp: '粤ICP备05000001号',
      police: '粤公网安备 44010600号',
    },
    ...{
      address: '天河路 1 号，"东塔"',
      headName: '=HYPERLINK("http://evil")',
      headPhone: '+86 20 8888 0000',
    },
    ...{ contact1Name: '张三', contact1Mail: 'a@example.com', scanned: false, unscannedReason: '内网' },
  }
  await makeSite(fresh.db, { unit_id: people.unitId, division: '440106', profile: JSON.stringify(profile) })
  await makeSite(fresh.db, { district: '440105', division: '440105', platform: '市平台', interval_s: 300 })
  await makeSite(fresh.db, {
    ...{ district: '4401-portal', division: '440100', level: 'city_portal', name: '广州市政府门户网站' },
    ...{ code: '4401000001', url: 'https://www.gz.localhost/a?b=c&d=e' },
  })
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const fetched = async (path: string, who = duty, language = 'zh-CN') => {
  const answer = await who.get(path, { 'accept-language': language })
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}
async function loaded(bytes: Buffer): Promise<RegisterImport> {
  const answer = await fetch(`${http.url}/api/imports?name=register&dryRun=true`, {
    ...{ method: 'POST', body: new Uint8Array(bytes) },
    headers: { cookie: duty.cookie, 'content-type': 'application/octet-stream' },
  })
  return api.importRegister.output.parse(await answer.json())
}
const registered = () =>
  fresh.db
    .selectFrom('site')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('site_change')
        .select((e) => e.fn.countAll<number>().as('n'))
        .as('changes'),
    )
    .orderBy('id')
    .execute()

describe('the register as a file', () => {
  it.each([
    ['csv', 'zh-CN'],
    ['csv', 'en'],
    ['xlsx', 'zh-CN'],
    ['xlsx', 'en'],
  ])('is taken back as it was given: %s, %s', async (format, language) => {
    const before = await registered()
    const file = await fetched(`/api/register.${format}`, duty, language)
    const report = await loaded(file)
    expect(report).toMatchObject({
      rows: [],
      questions: [],
      counts: { new: 0, changed: 0, same: 3, wrong: 0 },
    })
    const applied = await duty.post(`/api/imports/${report.id}/apply`, {})
    expect(applied.status).toBe(200)
    expect(await registered()).toEqual(before)
  })

  it('has a column for every field, and what is changed in it is changed in the register', async () => {
    const text = (await fetched('/api/register.csv')).toString()
    const [heading = ''] = text.split('\r\n')
    expect(heading.replace('\ufeff', '').split(',')).toEqual(LEDGER_FIELDS.map(({ label }) => label.zh))
    const report = await loaded(
      Buffer.from(text.replace('粤ICP备05000001号', '粤ICP备05000099号').replace('乙公司', '丙公司')),
    )
    expect(report.counts).toMatchObject({ changed: 1, same: 2 })
    await duty.post(`/api/imports/${report.id}/apply`, {})
    const change = await fresh.db.selectFrom('site_change').selectAll().executeTakeFirstOrThrow()
    expect(change).toMatchObject({
      ...{ via: 'import', reason: 'register', batch: `import-${report.id}` },
      after: { icp: '粤ICP备05000099号', operators: ['甲局', '丙公司'] },
    })
  })

  it('is what is filtered, within what somebody sees, without what they may not read', async () => {
    const lines = async (path: string, who = duty) =>
      (await fetched(path, who)).toString().trim().split('\r\n').slice(1)
    expect(await lines('/api/register.csv?district=440105')).toHaveLength(1)
    expect(await lines('/api/register.csv?q=门户')).toHaveLength(1)
    expect(await lines('/api/register.csv?state=wrong')).toHaveLength(0)
    expect(await lines('/api/register.csv', await signedIn(http, 'owner', PASSWORD))).toHaveLength(1)
    const seen = (await fetched('/api/register.csv', await signedIn(http, 'viewer', PASSWORD))).toString()
    expect(seen).not.toMatch(/校验码|负责人|8f3k|a@example/)
  })

  it('is without the sites that were merged, which an import would refuse', async () => {
    const [into] = await registered()
    const merged = { district: '440105', division: '440105', lifecycle: 'merged' } as const
    const { code } = await makeSite(fresh.db, { ...merged, merged_into: into?.id ?? null })
    const file = await fetched('/api/register.csv')
    expect(file.toString()).not.toContain(code)
    expect((await loaded(file)).counts).toMatchObject({ wrong: 0, same: 3 })
  })

  it('holds no formula', async () => {
    const text = (await fetched('/api/register.csv')).toString()
    expect(text).toContain(`"'=HYPERLINK(""http://evil"")"`)
    expect(text).toContain(`'+86 20 8888 0000`)
  })

  it('says which cell is wrong', async () => {
    const text =
      '网站标识码,网站名称,首页网址,主管单位,是否扫描\r\n4401060001,甲,http://a.localhost/,乙,也许\r\n'
    const report = await loaded(Buffer.from(text))
    expect(report.rows).toMatchObject([{ line: 2, errors: [{ column: 'scanned' }] }])
  })
})
