import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importRoutes } from '../../../server/register/import/routes.ts'
import { siteHistory } from '../../../server/register/ledger/history.ts'
import { ledgerRoutes } from '../../../server/register/ledger/routes.ts'
import { addSite, editSite, editSites, siteRecord } from '../../../server/register/ledger/service.ts'
import { ownFieldsOf } from '../../../server/register/own-fields/queries.ts'
import { addOwnField, changeOwnField } from '../../../server/register/own-fields/service.ts'
import { api } from '../../../shared/api.ts'
import type { RegisterImport } from '../../../shared/register/import/imports.ts'
import { newSite, siteEdit, sitesEdit } from '../../../shared/register/ledger/ledger.ts'
import { newOwnField, type OwnField, ownFieldEdit } from '../../../shared/register/own-fields/own-fields.ts'
import { type Client, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let http: TestHttp
let duty: Client
let site: MadeSite
let grade: OwnField
let opened: OwnField
let cost: OwnField
let v6: OwnField
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  http = await startHttp(fresh, { routers: (parts) => [ledgerRoutes(parts), importRoutes(parts)] })
  duty = await signedIn(http, 'duty', PASSWORD)
  site = await makeSite(fresh.db, { unit_id: people.unitId, division: '440106' })
  grade = await add({
    kind: 'choice',
    zh: '等保定级',
    en: 'Grade',
    choices: [choice('二级'), choice('三级')],
  })
  opened = await add({ kind: 'day', zh: '上线日期', en: 'Opened on' })
  cost = await add({ kind: 'number', zh: '年度经费（万元）', en: 'Upkeep' })
  v6 = await add({ kind: 'yesno', zh: '支持IPv6', en: 'IPv6' })
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const choice = (zh: string, more: object = {}) => ({ zh, en: `${zh} en`, ...more })
const add = (given: object) =>
  addOwnField(ctx, people.admin, newOwnField.parse({ section: 'filing', ...given }))
const change = (field: OwnField, given: object) =>
  changeOwnField(ctx, people.admin, field.id, ownFieldEdit.parse({ ...field, ...given }))
const now = async (field: OwnField) => {
  const found = (await ownFieldsOf(fresh.db)).find(({ id }) => id === field.id)
  if (!found) throw new Error('the field is gone')
  return found
}
const record = () => siteRecord(ctx, people.duty, site.id)
const edit = async (fields: object) => {
  const { version } = await record()
  return editSite(ctx, people.duty, site.id, siteEdit.parse({ version, reason: '核对', ...fields }))
}
async function loaded(text: string): Promise<RegisterImport> {
  const answer = await fetch(`${http.url}/api/imports?name=register&dryRun=true`, {
    ...{ method: 'POST', body: text },
    headers: { cookie: duty.cookie, 'content-type': 'application/octet-stream' },
  })
  return api.importRegister.output.parse(await answer.json())
}

describe('a field that an administrator has defined', () => {
  it('is said of a site, stands in its history, and holds what it is made for', async () => {
    const said = { own1: 'c2', own2: '2019-05-06', own3: 12.5, own4: false }
    expect(await edit(said)).toMatchObject(said)
    const { items } = await siteHistory(ctx, people.duty, site.id, { field: 'own2' }, { limit: 5 })
    expect(items).toMatchObject([{ before: { own1: null, own2: null }, after: said }])
    for (const wrong of [
      { own1: '二级' },
      { own2: '2019-02-30' },
      { own3: '12' },
      { own4: 'yes' },
      { own9: 'x' },
      { own3: 1e13 },
    ]) {
      const refusal = await refused(edit(wrong), 'invalid')
      expect(refusal.issues?.map(({ path }) => path)).toEqual([`body.${Object.keys(wrong)[0]}`])
    }
    expect(siteEdit.safeParse({ version: 1, reason: 'x', own41: 'x' }).success, 'no such slot').toBe(false)
  })

  it('is said of many sites at once', async () => {
    const other = await makeSite(fresh.db)
    const many = sitesEdit.parse({ siteIds: [site.id, other.id], reason: '统一登记', own3: 7 })
    expect(await editSites(ctx, people.duty, many)).toMatchObject({ changed: 2 })
    expect(await siteRecord(ctx, people.duty, other.id)).toMatchObject({ own3: 7 })
  })

  it('has a column in the register as a file, which an import takes back as offices write it', async () => {
    const answer = await duty.get('/api/register.csv', { 'accept-language': 'zh-CN' })
    const [heading = '', row = ''] = (await answer.text()).replace('\ufeff', '').split('\r\n')
    expect(heading.split(',').slice(-4)).toEqual(['等保定级', '上线日期', '年度经费（万元）', '支持IPv6'])
    expect(row.split(',').slice(-4)).toEqual(['三级', '2019-05-06', '7', '否'])
    const lines = [
      '网站标识码,网站名称,首页网址,主管单位,等保定级,上线日期,年度经费,支持IPv6',
      '4401068001,甲,http://own-a.localhost/,乙,二级 en,43591,"１,200.5",是',
      '4401068002,甲,http://own-b.localhost/,乙,,2019年5月6日,,',
      '4401068003,甲,http://own-c.localhost/,乙,四级,,,',
      '4401068004,甲,http://own-d.localhost/,乙,,5月6日,,',
      '4401068005,甲,http://own-e.localhost/,乙,,,一千,',
    ]
    const report = await loaded(lines.join('\r\n'))
    expect(report.rows).toMatchObject([
      { line: 4, errors: [{ column: 'own1' }] },
      { line: 5, errors: [{ column: 'own2' }] },
      { line: 6, errors: [{ column: 'own3' }] },
    ])
    expect((await duty.post(`/api/imports/${report.id}/apply`, { skipBad: true })).status).toBe(200)
    const rows = await fresh.db
      .selectFrom('site')
      .select('profile')
      .where('code', 'in', ['4401068001', '4401068002'])
      .orderBy('code')
      .execute()
    expect(rows.map(({ profile }) => profile)).toEqual([
      { own1: 'c1', own2: '2019-05-06', own3: 1200.5, own4: true },
      { own2: '2019-05-06' },
    ])
  })

  it('is refused under a name that the register has, and never changed without the other being seen', async () => {
    for (const zh of ['网站名称', 'ICP 备案号', '上线 日期', '！']) {
      await refused(add({ kind: 'text', zh, en: 'Something' }), 'invalid')
    }
    await refused(change(opened, { version: 7 }), 'conflict')
    await refused(change(await now(grade), { choices: [choice('二级', { value: 'c1' })] }), 'invalid')
    const renamed = await change(await now(grade), {
      choices: [
        choice('第二级', { value: 'c1' }),
        choice('三级', { value: 'c2', retired: true }),
        choice('四级'),
      ],
    })
    expect(renamed.choices).toMatchObject([
      { value: 'c1', zh: '第二级' },
      { value: 'c2', retired: true },
      { value: 'c3' },
    ])
    expect(await record(), 'what was said goes on being said').toMatchObject({ own1: 'c2' })
  })

  it('has to be said of a new site where it is required, and is not emptied', async () => {
    await change(await now(v6), { required: true })
    const given = {
      ...{ code: '4401069001', name: '新网站', url: 'http://own-new.localhost/', unit: '新单位' },
      reason: '开办',
    }
    const refusal = await refused(addSite(ctx, people.duty, newSite.parse(given)), 'invalid')
    expect(refusal.issues?.map(({ path }) => path)).toEqual(['body.own4'])
    expect(await addSite(ctx, people.duty, newSite.parse({ ...given, own4: true }))).toMatchObject({
      own4: true,
    })
    await refused(edit({ own4: null }), 'invalid')
    expect(await edit({ address: '天河路 2 号' }), 'others are changed all the same').toMatchObject({
      own4: false,
    })
    const report = await loaded(
      '网站标识码,网站名称,首页网址,主管单位,支持IPv6\r\n4401068001,甲,http://own-a.localhost/,乙,\r\n',
    )
    expect(report.rows).toMatchObject([{ line: 2, errors: [{ column: 'own4' }] }])
  })

  it('that became required leaves the register as it is loadable: who never said it goes on without', async () => {
    const head = '网站标识码,网站名称,首页网址,主管单位,支持IPv6,上线日期'
    const report = await loaded(
      [
        head,
        '4401068002,甲,http://own-b.localhost/,乙,,2019-05-06',
        '4401068009,甲,http://own-i.localhost/,乙,,',
        '4401068001,甲,http://own-a.localhost/,乙,,2019-05-06',
      ].join('\r\n'),
    )
    expect(report.rows).toMatchObject([
      { line: 3, errors: [{ column: 'own4' }] },
      { line: 4, errors: [{ column: 'own4' }] },
    ])
    expect(report.counts).toMatchObject({ same: 1, wrong: 2 })
  })

  it('has choices that a file names in small or capital letters, as it was given them', async () => {
    const field = await add({
      kind: 'choice',
      zh: '分类',
      en: 'Class',
      choices: [choice('A类'), choice('b类')],
    })
    const line = (n: number, cell: string) => `440106810${n},甲,http://class-${n}.localhost/,乙,是,${cell}`
    const cells = ['A类', 'a类', 'B类', 'a类 EN', 'C类'].map((cell, n) => line(n, cell))
    const report = await loaded(
      ['网站标识码,网站名称,首页网址,主管单位,支持IPv6,分类', ...cells].join('\r\n'),
    )
    expect(report.rows).toMatchObject([{ line: 6, errors: [{ column: field.key }] }])
  })

  it('is asked for no more once it is retired: the history keeps it, files pass it over', async () => {
    await change(await now(cost), { retired: true })
    expect(await record()).toMatchObject({ own3: 7 })
    expect((await record()).mayChange).not.toContain('own3')
    await refused(edit({ own3: 9 }), 'invalid')
    const heading = (await (await duty.get('/api/register.csv')).text()).split('\r\n')[0] ?? ''
    expect(heading).not.toMatch(/年度经费|Upkeep/)
    const { items } = await siteHistory(ctx, people.duty, site.id, { field: 'own3' }, { limit: 5 })
    expect(items.length).toBe(2)
    await change(await now(cost), { retired: false })
    expect(await edit({ own3: 9 })).toMatchObject({ own3: 9 })
  })
})
