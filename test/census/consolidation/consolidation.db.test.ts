import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standingAlone } from '../../../server/census/consolidation/alone.ts'
import { cancelMove, finishMove, planMove } from '../../../server/census/consolidation/moves.ts'
import { listMoves } from '../../../server/census/consolidation/moves-queries.ts'
import { impactOf, keepPlatform, listPlatforms } from '../../../server/census/consolidation/platforms.ts'
import { keepShare, shareOf } from '../../../server/census/consolidation/share.ts'
import { addDays, DAY, HOUR, localDay } from '../../../shared/base/time.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { identity } from '../../monitor/inspections/content/numbers.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeAlert, makeSite, makeUnit } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

const CLUSTER = '天河区政府网站集群'
let fresh: FreshDatabase
let ctx: TestContext
let people: People
const ids: Record<string, number> = {}
let today: string

/** Two streets and the portal of Tianhe on a cluster, a street and a department on their own, one of Haizhu alone. */
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  today = localDay(ctx.clock.now())
  const other = await makeUnit(fresh.db, { name: '石牌街道办事处', district: '440106' })
  const make = async (key: string, more: object) => {
    ids[key] = (await makeSite(fresh.db, { district: '440106', unit_id: people.unitId, ...more })).id
  }
  await make('portal', { level: 'district_portal', name: '天河区门户', platform: CLUSTER })
  await make('onCluster', { level: 'street', name: '石牌街', platform: CLUSTER, unit_id: other.id })
  await make('street', { level: 'street', name: '猎德街', platform: null })
  await make('department', { level: 'district_department', name: '天河区文化局', platform: '自建机房' })
  await make('topic', { level: 'city_department', name: '文明城市创建专题网', platform: null })
  await make('haizhu', { level: 'town', name: '海珠某镇', district: '440105', platform: null })
})
afterAll(() => fresh.drop())

const now = () => ctx.clock.now()
const alone = (who: Principal, more: object = {}) =>
  standingAlone(fresh.db, who.scope, { limit: 50, ...more }, now())
const namesAlone = async (who: Principal, more: object = {}) =>
  (await alone(who, more)).items.map(({ name }) => name)
const plan = (who: Principal, site: string, more: object = {}) =>
  planMove(ctx, who, {
    siteId: ids[site] ?? 0,
    to: CLUSTER,
    plannedOn: addDays(today, 10),
    note: '',
    ...more,
  })

describe('who should not stand alone', () => {
  it('is told with the rule, within what one sees', async () => {
    const { items, total } = await alone(people.duty)
    expect(total).toBe(4)
    expect(Object.fromEntries(items.map(({ name, rules }) => [name, rules]))).toEqual({
      猎德街: ['gz-2014', 'cn-2017-street'],
      天河区文化局: ['gz-2014', 'cn-2017-county'],
      文明城市创建专题网: ['cn-2017-topic'],
      海珠某镇: ['gz-2014', 'cn-2017-street'],
    })
    expect(await namesAlone(people.tianhe)).not.toContain('海珠某镇')
    expect(await namesAlone(people.duty, { rule: 'cn-2017-topic' })).toEqual(['文明城市创建专题网'])
    expect(await namesAlone(people.duty, { district: '440105' })).toEqual(['海珠某镇'])
  })

  it('hangs on what the working group says of a platform', async () => {
    const said = { name: '自建机房', version: 0, unitId: null, address: '体育东路', note: '', isShared: true }
    const kept = await keepPlatform(ctx, people.duty, said)
    expect(kept).toMatchObject({ version: 1, isShared: true, address: '体育东路', sites: 1 })
    expect(await namesAlone(people.duty)).not.toContain('天河区文化局')
    await refused(keepPlatform(ctx, people.admin, said), 'conflict')
    await keepPlatform(ctx, people.duty, { ...said, version: 1, isShared: null })
    expect(await namesAlone(people.duty)).toContain('天河区文化局')
    await refused(keepPlatform(ctx, people.duty, { ...said, version: 2, unitId: 999_999 }), 'invalid')
  })
})

describe('how far it has come', () => {
  it('is counted by district and kept day by day', async () => {
    await keepShare(ctx, now())
    const share = await shareOf(fresh.db, people.duty.scope, undefined, now())
    expect(share.districts.find(({ district }) => district === '440106')).toMatchObject({
      ...{ sites: 5, shared: 2, alone: 3 },
    })
    expect(share.days).toEqual([{ day: today, sites: 6, shared: 2, alone: 4 }])
    expect((await shareOf(fresh.db, people.tianhe.scope, undefined, now())).days).toEqual([
      { day: today, sites: 5, shared: 2, alone: 3 },
    ])
    expect((await shareOf(fresh.db, people.owner.scope, undefined, now())).days).toEqual([])
  })
})

describe('what a failure takes down', () => {
  it('is every site on the platform, and what its failures took', async () => {
    const begun = new Date(now() - 2 * DAY)
    const { id } = await fresh.db
      .insertInto('incident')
      .values({ kind: 'platform', key: CLUSTER, opened_at: begun, changed_at: begun, resolved_at: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const site of ['portal', 'onCluster']) {
      const { id: alertId } = await makeAlert(fresh.db, { site: { id: ids[site] ?? 0 } })
      await fresh.db
        .updateTable('alert')
        .set({
          incident_id: id,
          opened_at: begun,
          status: 'resolved',
          resolved_at: new Date(+begun + 3 * HOUR),
        })
        .where('id', '=', alertId)
        .execute()
    }
    const impact = await impactOf(fresh.db, people.duty.scope, CLUSTER, now())
    expect(impact).toMatchObject({ total: 2, byDistrict: [{ district: '440106', sites: 2 }] })
    expect(impact.sites.map(({ name, isPortal }) => [name, isPortal])).toEqual([
      ['天河区门户', true],
      ['石牌街', false],
    ])
    expect(impact.failures).toEqual([{ id, from: begun.toISOString(), to: null, sites: 2 }])
    const [cluster] = await listPlatforms(fresh.db, people.duty.scope, now())
    expect(cluster).toMatchObject({ name: CLUSTER, sites: 2, units: 2, failures: 1, siteHours: 6 })
  })

  it('is nothing to who has no site there', async () => {
    await refused(impactOf(fresh.db, people.haizhu.scope, CLUSTER, now()), 'not_found')
    await refused(impactOf(fresh.db, people.duty.scope, "x' or 1=1", now()), 'not_found')
  })
})

describe('a move', () => {
  it('is planned once, by who looks after the site', async () => {
    await refused(plan(people.haizhu, 'street'), 'not_found')
    await refused(plan(people.owner, 'street'), 'forbidden')
    await refused(plan(people.tianhe, 'onCluster'), 'conflict')
    const [fact] = await ctx.told(() => plan(people.tianhe, 'street', { plannedOn: addDays(today, -1) }))
    expect(fact).toMatchObject({ kind: 'move.planned', siteId: ids.street, data: { to: CLUSTER } })
    await refused(plan(people.duty, 'street'), 'conflict')
    const { items } = await listMoves(fresh.db, people.duty, { late: true }, { limit: 10 }, now())
    expect(items).toMatchObject([{ siteName: '猎德街', from: null, to: CLUSTER, isLate: true, proof: null }])
    const [site] = (await alone(people.tianhe, { rule: 'cn-2017-street' })).items
    expect(site).toMatchObject({ name: '猎德街', move: { to: CLUSTER, isLate: true } })
  })

  it('that is done has the register follow, with what the monitor has seen', async () => {
    const [{ id, version } = { id: 0, version: 0 }] = (
      await listMoves(fresh.db, people.duty, { state: 'planned' }, { limit: 1 }, now())
    ).items
    await fresh.db
      .insertInto('site_imprint')
      .values({
        ...{ site_id: ids.street ?? 0, read_at: new Date(now()), final_url: 'https://thnet.gov.cn/liede/' },
        ...{ said: JSON.stringify({}), differs: [], site_version: 1 },
      })
      .execute()
    await refused(finishMove(ctx, people.tianhe, id, { version, doneOn: addDays(today, 1) }), 'invalid')
    const moved = await finishMove(ctx, people.tianhe, id, { version, doneOn: today })
    expect(moved).toMatchObject({
      ...{ state: 'done', doneOn: today, may: [] },
      proof: { kind: 'redirect', said: 'https://thnet.gov.cn/liede/' },
    })
    const { platform } = await fresh.db
      .selectFrom('site')
      .select('platform')
      .where('id', '=', ids.street ?? 0)
      .executeTakeFirstOrThrow()
    expect(platform).toBe(CLUSTER)
    expect(await namesAlone(people.tianhe)).not.toContain('猎德街')
    await refused(finishMove(ctx, people.duty, id, { version, doneOn: today }), 'conflict')
  })

  it('is proved by where the site leads, without persons whom that address names', async () => {
    const id = identity()
    await fresh.db
      .insertInto('site_imprint')
      .values({
        ...{ site_id: ids.topic ?? 0, read_at: new Date(now()), said: JSON.stringify({}), differs: [] },
        ...{ final_url: `https://thnet.gov.cn/u?name=李小丽&sfzh=${id}`, site_version: 1 },
      })
      .execute()
    const { proof } = await plan(people.duty, 'topic')
    expect(proof?.said).toMatch(/^https:\/\/thnet\.gov\.cn\/u\?name=李\*\*&sfzh=440\*\*\*/)
    expect(proof?.said).not.toContain(id)
  })

  it('of two who settle it at once is settled by one', async () => {
    const { id, version } = await plan(people.tianhe, 'department')
    const settled = await Promise.allSettled([
      finishMove(ctx, people.duty, id, { version, doneOn: today }),
      cancelMove(ctx, people.tianhe, id, { version, note: '改为例外' }),
    ])
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})
