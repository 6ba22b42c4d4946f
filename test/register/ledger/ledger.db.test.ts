import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claimDueSites } from '../../../server/monitor/schedule/queries.ts'
import { importRegister } from '../../../server/register/import/import.ts'
import { siteHistory } from '../../../server/register/ledger/history.ts'
import { addSite, editSite, editSites, siteRecord } from '../../../server/register/ledger/service.ts'
import { DAY, localDay } from '../../../shared/base/time.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { newSite, siteEdit, sitesEdit } from '../../../shared/register/ledger/ledger.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  site = await makeSite(fresh.db, { unit_id: people.unitId, division: '440106' })
})

const edit = (fields: object, who: Principal = people.duty, version = 1) =>
  editSite(ctx, who, site.id, siteEdit.parse({ version, reason: '来函更正', ...fields }))
const record = (who: Principal = people.duty) => siteRecord(ctx, who, site.id)
const history = (asked: object = {}, who: Principal = people.duty) =>
  siteHistory(ctx, who, site.id, asked, { limit: 50 })
let serial = 9000
const given = (fields: object = {}) => {
  serial += 1
  return newSite.parse({
    ...{
      code: `440106${serial}`,
      name: '天河区新网站',
      url: `http://new-${serial}.localhost/`,
      unit: '天河区新单位',
    },
    ...{ reason: '经批准开办', ...fields },
  })
}

describe('what the register says of a site', () => {
  it('is changed for a reason, and its history says who, when, from what, to what and why', async () => {
    const changed = await edit({
      name: '天河区车陂街',
      icp: ' 粤ICP备12345678号 ',
      operators: ['甲公司', '乙公司'],
    })
    expect(changed).toMatchObject({ version: 2, name: '天河区车陂街', icp: '粤ICP备12345678号' })
    await edit({ icp: '', headName: '王五' }, people.duty, 2)
    const { items, total } = await history()
    expect(total).toBe(2)
    expect(items).toMatchObject([
      {
        ...{ version: 3, reason: '来函更正', via: 'form', actor: { name: people.duty.name } },
        ...{ before: { icp: '粤ICP备12345678号', headName: null }, after: { icp: null, headName: '王五' } },
      },
      {
        before: { name: site.name, icp: null, operators: null },
        after: { name: '天河区车陂街', icp: '粤ICP备12345678号', operators: ['甲公司', '乙公司'] },
      },
    ])
    expect((await history({ field: 'name' })).items.map(({ version }) => version)).toEqual([2])
    const facts = await fresh.db.selectFrom('fact').select('kind').where('site_id', '=', site.id).execute()
    expect(facts).toEqual([{ kind: 'ledger.edited' }, { kind: 'ledger.edited' }])
  })

  it('can be read as of any day', async () => {
    const before = localDay(ctx.clock.now())
    ctx.clock.advance(3 * DAY)
    await edit({ name: '改名之后', platform: '市平台' })
    expect((await history({ on: before })).items).toEqual([])
    expect((await history({ on: before })).asOf).toMatchObject({
      version: 1,
      name: site.name,
      platform: null,
    })
    const today = await history({ on: localDay(ctx.clock.now()) })
    expect(today.asOf).toMatchObject({ version: 2, name: '改名之后', platform: '市平台' })
    expect((await history({ on: '2020-01-01' })).asOf, 'it was not there').toBeNull()
  })

  it('is not overwritten by somebody who has seen an older version, who is told which fields both have changed', async () => {
    await edit({ name: '先改的', platform: '甲平台' })
    const late = edit({ name: '后改的', address: '天河路 1 号' }, people.admin)
    await expect(late).rejects.toMatchObject({
      ...{ code: 'conflict', conflicting: ['name'] },
      current: { version: 2, name: '先改的', platform: '甲平台' },
    })
    const other = edit({ address: '天河路 1 号' }, people.admin)
    await expect(other, 'no field of theirs').rejects.toMatchObject({ code: 'conflict', conflicting: [] })
    expect(await edit({ address: '天河路 1 号' }, people.admin, 2)).toMatchObject({
      version: 3,
      name: '先改的',
    })
  })

  it('stays as it is, and has no new version, where nothing is another', async () => {
    expect(await edit({ name: site.name, platform: '' })).toMatchObject({ version: 1 })
    expect((await history()).total).toBe(0)
  })

  it('of two who save at once, one is told of the other', async () => {
    const both = await Promise.allSettled([edit({ name: '甲' }), edit({ name: '乙' }, people.admin)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('goes on under another code, which no other may have', async () => {
    const { district } = await record()
    expect(await edit({ code: '4401069902' })).toMatchObject({ id: site.id, code: '4401069902', district })
    expect((await history()).items).toMatchObject([
      { before: { code: site.code }, after: { code: '4401069902' } },
    ])
    const another = await makeSite(fresh.db, { unit_id: people.unitId, division: '440106' })
    await refused(edit({ code: another.code }, people.duty, 2), 'conflict')
  })

  it('a new address is visited afresh', async () => {
    await fresh.db.updateTable('site_state').set({ etag: 'x' }).where('site_id', '=', site.id).execute()
    await edit({ url: 'http://moved.localhost' })
    const now = new Date(ctx.clock.now())
    await fresh.db
      .updateTable('site_state')
      .set({ next_visit_at: now })
      .where('site_id', '=', site.id)
      .execute()
    const due = await claimDueSites(fresh.db, { now, limit: 100, defaultIntervalS: 300, demoIntervalS: 300 })
    expect(due.find(({ siteId }) => siteId === site.id)).toMatchObject({ etag: null, asked: true })
    expect(await record()).toMatchObject({ url: 'http://moved.localhost/' })
  })

  it('of many at once has one reason and one mark, and nothing where somebody may not', async () => {
    const place = { unit_id: people.unitId, division: '440106' }
    const second = await makeSite(fresh.db, { ...place, platform: '市平台' })
    const many = (siteIds: number[], who: Principal = people.duty) =>
      editSites(ctx, who, sitesEdit.parse({ siteIds, platform: '市平台', reason: '迁入市平台' }))
    const done = await many([site.id, second.id])
    expect(done).toMatchObject({ changed: 1, same: 1 })
    expect((await history()).items).toMatchObject([{ via: 'bulk', batch: done.batch, reason: '迁入市平台' }])
    const merged = { ...place, lifecycle: 'merged', merged_into: second.id } as const
    const gone = await makeSite(fresh.db, merged)
    const third = await makeSite(fresh.db, place)
    expect(await many([gone.id, third.id]), 'one that was merged holds up no other').toMatchObject({
      ...{ changed: 1, same: 1 },
    })
    const haizhu = await makeSite(fresh.db, { district: '440105' })
    await refused(many([site.id, haizhu.id], people.tianhe), 'not_found')
  })
})

describe('who may', () => {
  it('a district keeps its own sites, but not where they belong and how often they are visited', async () => {
    expect((await record(people.tianhe)).mayChange).toContain('icp')
    expect(await edit({ icp: '粤ICP备1号' }, people.tianhe)).toMatchObject({ version: 2 })
    for (const field of [
      { code: '4401069999' },
      { district: '440105' },
      { interval: 3600 },
      { level: 'town' },
    ]) {
      await refused(edit(field, people.tianhe, 2), 'forbidden')
    }
    const other = await makeSite(fresh.db, { district: '440105' })
    await refused(siteRecord(ctx, people.tianhe, other.id), 'not_found')
  })

  it('a unit reads its own and changes nothing; whoever only looks on reads no check code and no telephone', async () => {
    await edit({ checkCode: '8f3k', headMobile: '13800000000' })
    expect(await record(people.owner)).toMatchObject({
      mayChange: [],
      checkCode: null,
      headMobile: '13800000000',
    })
    await refused(edit({ icp: 'x' }, people.owner, 2), 'forbidden')
    const seen = await record(people.viewer)
    expect(seen).toMatchObject({ checkCode: null, headMobile: null, mayChange: [] })
    expect(seen.hidden).toEqual(expect.arrayContaining(['checkCode', 'headMobile']))
    const of = await siteHistory(ctx, people.viewer, site.id, { field: 'headMobile' }, { limit: 9 })
    expect(of, 'not even that it was changed').toEqual({ items: [], total: 0 })
    expect((await history({}, people.viewer)).items[0]).toMatchObject({ before: {}, after: {} })
  })
})

describe('a site that comes into the register', () => {
  it('belongs where its code says, is visited, and its history begins', async () => {
    const added = await addSite(ctx, people.duty, given({ icp: '粤ICP备2号' }))
    expect(added).toMatchObject({
      version: 1,
      district: '440106',
      level: 'district_department',
      icp: '粤ICP备2号',
    })
    const states = await fresh.db
      .selectFrom('site_state')
      .select('state')
      .where('site_id', '=', added.id)
      .execute()
    expect(states).toEqual([{ state: 'unknown' }])
    const { items } = await siteHistory(ctx, people.duty, added.id, {}, { limit: 5 })
    expect(items).toMatchObject([
      { reason: '经批准开办', before: { name: null }, after: { name: '天河区新网站' } },
    ])
  })

  it('is refused under a code or at an address that another has, and in another city', async () => {
    await refused(addSite(ctx, people.duty, given({ code: site.code })), 'conflict')
    await refused(addSite(ctx, people.duty, given({ url: site.url })), 'conflict')
    await refused(addSite(ctx, people.duty, given({ code: '4501039876' })), 'invalid')
    await refused(addSite(ctx, people.duty, given({ district: '450103' })), 'invalid')
    await refused(addSite(ctx, people.duty, given({ district: '不存在的区' })), 'invalid')
    await refused(addSite(ctx, people.duty, given({ level: 'city_portal', district: '440106' })), 'invalid')
    await refused(edit({ url: (await makeSite(fresh.db)).url }), 'conflict')
  })
})

describe('an import', () => {
  it('writes the same history: what it changed, what it added, and of which file', async () => {
    const row = {
      ...{ code: site.code, name: '导入改名', url: site.url, level: site.level, district: '440106' },
      ...{ division: '440106', unit: '新的主管单位', platform: null, intervalS: null },
    }
    const another = { ...row, code: '4401068888', name: '导入新增', url: 'http://imported.localhost/' }
    const by = { actor: people.duty, file: '名录.xlsx', batch: 'import-1' }
    await importRegister(ctx, [row, another], by)
    const unit = await fresh.db
      .selectFrom('unit')
      .select('name')
      .where('id', '=', people.unitId)
      .executeTakeFirst()
    expect((await history()).items).toMatchObject([
      {
        ...{ via: 'import', reason: '名录.xlsx', batch: 'import-1', actor: { name: people.duty.name } },
        ...{
          before: { name: site.name, unit: unit?.name },
          after: { name: '导入改名', unit: '新的主管单位' },
        },
      },
    ])
    await importRegister(ctx, [row, another], by)
    expect((await history()).total, 'the same file changes nothing').toBe(1)
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from site_change join site on site.id = site_id where code = '4401068888'
    `.execute(fresh.db)
    expect(rows).toEqual([{ n: 1 }])
  })
})
