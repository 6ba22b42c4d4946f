import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { after } from '../../../server/app/after.ts'
import { listRoundSites } from '../../../server/census/rounds/sites.ts'
import { pauseSite } from '../../../server/desk/pauses/pause-now.ts'
import { readRegister } from '../../../server/register/import/file/read.ts'
import { planImport } from '../../../server/register/import/plan/plan.ts'
import { answersByDistrict } from '../../../server/register/ledger/answers/answers.ts'
import { siteHistory } from '../../../server/register/ledger/history.ts'
import { editSite, siteRecord } from '../../../server/register/ledger/service.ts'
import { mergeSites } from '../../../server/register/merges/merge.ts'
import { duplicatesWithin, kinOf } from '../../../server/register/merges/queries.ts'
import { splitSite } from '../../../server/register/merges/split.ts'
import { undoMerge } from '../../../server/register/merges/undo.ts'
import { addOwnField, changeOwnField } from '../../../server/register/own-fields/service.ts'
import { siteEdit } from '../../../shared/register/ledger/ledger.ts'
import { mergeInput, splitInput } from '../../../shared/register/merges/merges.ts'
import { newOwnField, type OwnField, ownFieldEdit } from '../../../shared/register/own-fields/own-fields.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let stays: MadeSite
let goes: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = { ...testContext(fresh), after }
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  const profile = (fields: object) => JSON.stringify(fields)
  const place = { unit_id: people.unitId, division: '440106' }
  stays = await makeSite(fresh.db, { ...place, profile: profile({ operators: ['甲局'] }) })
  goes = await makeSite(fresh.db, {
    ...place,
    profile: profile({ icp: '粤ICP备1号', address: '天河路 1 号' }),
  })
})

const merge = (given: object = {}, who = people.duty) =>
  mergeSites(
    ctx,
    who,
    stays.id,
    mergeInput.parse({ version: 1, otherId: goes.id, otherVersion: 1, reason: '重复登记', ...given }),
  )
const kin = (id: number) => kinOf(fresh.db, people.duty, id)
const history = async (id: number) => (await siteHistory(ctx, people.duty, id, {}, { limit: 10 })).items
const stateOf = (id: number) =>
  fresh.db
    .selectFrom('site')
    .innerJoin('site_state', 'site_state.site_id', 'site.id')
    .select(['lifecycle', 'merged_into', 'availability', 'pause_reason'])
    .where('site.id', '=', id)
    .executeTakeFirstOrThrow()
const mergeId = async () => (await kin(goes.id)).mergedInto?.id ?? 0
const undo = async (reason = '不是同一个网站') => undoMerge(ctx, people.duty, await mergeId(), reason)

describe('a site that is entered twice', () => {
  it('is merged into the one that stays, which takes over what it lacks; nothing of the other is lost', async () => {
    const alert = await makeAlert(fresh.db, { site: goes })
    const record = await merge({ icp: '粤ICP备1号', url: goes.url })
    expect(record).toMatchObject({ id: stays.id, icp: '粤ICP备1号', url: goes.url, code: stays.code })
    expect(await stateOf(goes.id)).toEqual({
      ...{ lifecycle: 'merged', merged_into: stays.id, availability: 'paused', pause_reason: '重复登记' },
    })
    expect(await kin(goes.id)).toMatchObject({
      mergedInto: { site: { id: stays.id, code: stays.code }, reason: '重复登记', mayUndo: true },
    })
    expect(await kin(stays.id), 'its code is a former one').toMatchObject({
      merged: [{ site: { code: goes.code } }],
    })
    expect(await history(goes.id)).toMatchObject([
      {
        via: 'merge',
        before: { lifecycle: 'normal' },
        after: { lifecycle: 'merged', mergedInto: stays.code },
      },
    ])
    expect(await history(stays.id)).toMatchObject([
      { via: 'merge', after: { mergedFrom: goes.code } },
      { via: 'merge', before: { icp: null }, after: { icp: '粤ICP备1号' } },
    ])
    const kept = await fresh.db
      .selectFrom('alert')
      .select(['site_id', 'resolved_at'])
      .where('id', '=', alert.id)
      .execute()
    expect(kept, 'its alerts stay where they were, and are live no more').toEqual([
      { site_id: goes.id, resolved_at: new Date(ctx.clock.now()) },
    ])
  })

  it('leaves the denominator, and is neither changed nor resumed nor merged again', async () => {
    const sites = async () =>
      (await answersByDistrict(fresh.db, { kind: 'city' })).reduce((n, one) => n + one.sites, 0)
    const before = await sites()
    await merge()
    expect(await sites()).toBe(before - 1)
    const { version, mayChange } = await siteRecord(ctx, people.duty, goes.id)
    expect(mayChange).toEqual([])
    const edit = siteEdit.parse({ version, name: '改名', reason: '试' })
    await refused(editSite(ctx, people.duty, goes.id, edit), 'conflict')
    await refused(pauseSite(ctx, people.duty, goes.id, { until: null, reason: '' }), 'conflict')
    await refused(merge({ version: 2, otherVersion: version }), 'conflict')
    const file = [
      '网站标识码,网站名称,首页网址,主管单位',
      `${goes.code},甲,http://again.localhost/,乙`,
      `${stays.code},甲,${stays.url},乙`,
    ]
    const plan = await planImport(fresh.db, await readRegister(Buffer.from(file.join('\n'))), {}, '440100')
    expect(plan.bad, 'a file that still has it is told').toMatchObject([
      { line: 2, reason: 'imports.mergedCode', values: { into: stays.code } },
    ])
  })

  it('is merged by whoever has seen both as they are', async () => {
    await editSite(
      ctx,
      people.admin,
      goes.id,
      siteEdit.parse({ version: 1, address: '新址', reason: '搬迁' }),
    )
    await expect(merge()).rejects.toMatchObject({ code: 'conflict', current: { id: goes.id, version: 2 } })
    await editSite(ctx, people.admin, stays.id, siteEdit.parse({ version: 1, icp: '先填的', reason: '补录' }))
    await expect(merge({ icp: '粤ICP备1号', otherVersion: 2 })).rejects.toMatchObject({
      ...{ code: 'conflict', current: { id: stays.id, version: 2 }, conflicting: ['icp'] },
    })
    await refused(merge({ version: 2, otherVersion: 2 }, people.tianhe), 'forbidden')
    await refused(merge({ otherId: stays.id }), 'invalid')
    expect((await stateOf(goes.id)).lifecycle).toBe('normal')
  })

  it('is not merged while a filing of it is open', async () => {
    await fresh.db
      .insertInto('filing')
      .values({
        ...{ site_id: goes.id, ask: 'paused', from_on: '2026-04-01', to_on: '2026-04-09', target: null },
        ...{ reason: '改版', state: 'filed', filed_by: people.duty.id, filed_at: new Date(ctx.clock.now()) },
      })
      .execute()
    await refused(merge(), 'conflict')
  })

  it('is told apart in a round that was opened before', async () => {
    const { id } = await fresh.db
      .insertInto('census_round')
      .values({
        ...{ kind: 'deep', year: 2026, serial: goes.id, state: 'open', edition: 'cn-2015', revision: 1 },
        ...{ opens_on: '2026-03-01', due_on: '2026-03-20', planned_at: new Date(ctx.clock.now()), sites: 1 },
        ...{ repeats: false, seed_first: false },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await fresh.db
      .insertInto('census_round_site')
      .values({
        ...{
          round_id: id,
          site_id: goes.id,
          position: 1,
          code: goes.code,
          name: goes.name,
          level: goes.level,
        },
        ...{ district: goes.district, unit_id: goes.unit_id, unit_name: '天河区政府', second: false },
      })
      .execute()
    await merge()
    const { items } = await listRoundSites(fresh.db, { kind: 'city' }, id, { limit: 5 })
    expect(items[0]?.changed).toContain('merged')
    expect(items[0]?.changed).not.toContain('closed')
  })
})

describe('a merge', () => {
  it('is taken back while nothing has happened since: both are what they were', async () => {
    await merge({ icp: '粤ICP备1号', url: goes.url })
    const id = await mergeId()
    expect((await undo()).merged).toEqual([])
    expect(await siteRecord(ctx, people.duty, stays.id)).toMatchObject({
      ...{ url: stays.url, icp: null, operators: ['甲局'] },
    })
    expect(await stateOf(goes.id)).toMatchObject({
      lifecycle: 'normal',
      merged_into: null,
      pause_reason: null,
    })
    expect((await history(goes.id))[0]).toMatchObject({
      reason: '不是同一个网站',
      after: { lifecycle: 'normal' },
    })
    await refused(undoMerge(ctx, people.duty, id, '再撤'), 'conflict')
  })

  it('leaves one paused that was paused before', async () => {
    await pauseSite(ctx, people.duty, goes.id, { until: null, reason: '机房搬迁' })
    await merge()
    await undo()
    expect(await stateOf(goes.id)).toMatchObject({ availability: 'paused', pause_reason: '机房搬迁' })
  })

  it('is taken back although a field has to be said, or is asked for no more, since', async () => {
    const add = (zh: string) =>
      addOwnField(
        ctx,
        people.admin,
        newOwnField.parse({ section: 'filing', kind: 'text', zh, en: `Field of ${zh}` }),
      )
    const [needed, old] = [await add('机房'), await add('旧编号')]
    await merge({ [needed.key]: '东莞', [old.key]: '17' })
    const change = (field: OwnField, given: object) =>
      changeOwnField(ctx, people.admin, field.id, ownFieldEdit.parse({ ...field, ...given }))
    const asked = await change(needed, { required: true })
    await change(old, { retired: true })
    await undo()
    expect(await siteRecord(ctx, people.duty, stays.id)).toMatchObject({
      [needed.key]: null,
      [old.key]: null,
    })
    await change(asked, { required: false })
  })

  it('is not taken back while its address is that of a third site', async () => {
    await merge()
    const { id } = await makeSite(fresh.db, { url: goes.url })
    const refusal = await refused(undo(), 'conflict')
    expect(refusal.reason).toBe('ledger.urlTaken')
    await fresh.db.updateTable('site').set({ url: 'http://third.localhost/' }).where('id', '=', id).execute()
    await undo()
    expect((await stateOf(goes.id)).merged_into).toBeNull()
  })

  it('of two that had one address is taken back', async () => {
    await fresh.db.updateTable('site').set({ url: stays.url }).where('id', '=', goes.id).execute()
    await merge()
    await undo()
    expect((await stateOf(goes.id)).merged_into).toBeNull()
  })

  it('is not taken back once the one that stays was changed', async () => {
    const { version } = await merge()
    await editSite(ctx, people.duty, stays.id, siteEdit.parse({ version, address: '新址', reason: '搬迁' }))
    const refusal = await refused(undo(), 'conflict')
    expect(refusal.reason).toBe('merges.changedSince')
  })
})

describe('a site that is two', () => {
  it('has another made of it, with its own code and address; both histories name the other', async () => {
    const given = {
      ...{ code: '4401067001', name: '天河区新站', url: 'http://split.localhost/', unit: '天河区新单位' },
      ...{ version: 1, reason: '一站拆为两站' },
    }
    const made = await splitSite(ctx, people.duty, goes.id, splitInput.parse(given))
    expect(made).toMatchObject({ code: '4401067001', address: '天河路 1 号', district: '440106', icp: null })
    expect(await kin(made.id)).toMatchObject({ splitFrom: { site: { id: goes.id } } })
    expect(await kin(goes.id)).toMatchObject({ splitInto: [{ site: { id: made.id } }] })
    expect((await history(goes.id))[0]).toMatchObject({ via: 'split', after: { splitInto: '4401067001' } })
    expect(await history(made.id)).toMatchObject([
      { after: { splitFrom: goes.code } },
      { version: 1, via: 'split' },
    ])
    await refused(splitSite(ctx, people.duty, goes.id, splitInput.parse(given)), 'conflict')
    const again = { ...given, version: 2 }
    const taken = await refused(splitSite(ctx, people.duty, goes.id, splitInput.parse(again)), 'conflict')
    expect(taken.reason).toBe('ledger.codeTaken')
  })
})

it('sites that may be one are suggested: the same home page however written, name in a district, ICP number', async () => {
  const site = (url: string, name: string, more: Partial<Parameters<typeof makeSite>[1]> = {}) =>
    makeSite(fresh.db, { url, name, district: '440105', division: '440105', ...more })
  const icp = (number: string) => ({ profile: JSON.stringify({ icp: number }) })
  const a = await site('http://www.same.localhost/', '海珠甲')
  const b = await site('https://same.localhost/index.html', '海珠乙')
  const c = await site('http://c.localhost/', '海珠 丙')
  const d = await site('http://d.localhost/', '海珠丙')
  await site('http://same.localhost/sub/', '海珠丁')
  await site('http://same.localhost/', '海珠甲', { lifecycle: 'closed' })
  const e = await site('http://e.localhost/', '海珠戊', icp('粤ICP备 12345号'))
  const f = await site('http://f.localhost/', '海珠己', icp('粤ICP备12345号'))
  const found = await duplicatesWithin(fresh.db, { kind: 'district', district: '440105' })
  expect(found.map(({ same, sites }) => [same, sites.map(({ id }) => id)])).toEqual([
    [['address'], [a.id, b.id]],
    [['name'], [c.id, d.id]],
    [['icp'], [e.id, f.id]],
  ])
})
