import { afterAll, beforeAll, expect, test } from 'vitest'
import { findSiteDetail } from '../../../server/monitor/standing/queries.ts'
import { listSites, type SiteFilter } from '../../../server/register/sites/queries.ts'
import { HOUR } from '../../../shared/base/time.ts'
import { siteDetail } from '../../../shared/monitor/standing/standing.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import { site as schema } from '../../../shared/register/sites/sites.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite, makeUnit } from '../../support/make.ts'
import { addVisits, spaced } from '../../support/visits/visits.ts'

const CITY: Scope = { kind: 'city' }
let fresh: FreshDatabase
let ctx: TestContext
let unitId: number
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  const { db } = fresh
  unitId = (await makeUnit(db, { name: '石牌街道办事处' })).id
  await makeSite(db, { name: '石牌街道', unit_id: unitId, url: 'http://shipai.localhost/' })
  await makeSite(db, { name: '100%_好站', unit_id: unitId }, { state: 'dormant', v2: 'violated' })
  await makeSite(db, { name: '海珠区门户', district: '440105', code: '4401050001' }, { state: 'down' })
  for (let more = 0; more < 7; more++) await makeSite(db, { district: '440103', name: `荔湾区第${more}站` })
})
afterAll(() => fresh.drop())

const names = async (filter: SiteFilter, scope: Scope) =>
  (await listSites(fresh.db, scope, filter, { limit: 100 })).items.map((site) => site.name)

test.each([
  ['all', {}, 10],
  ['a district', { district: '440103' }, 7],
  ['a state', { state: 'down' }, 1],
  ['part of a name', { q: '荔湾区第' }, 7],
  ['part of an address, whatever its case', { q: 'SHIPAI.LOCAL' }, 1],
  ['a code', { q: '4401050001' }, 1],
  ['a unit', { q: '石牌街道办' }, 2],
  ['a name with signs that mean something to SQL', { q: '100%_' }, 1],
  ['signs alone, taken as they are', { q: '%' }, 1],
  ['several at once', { district: '440106', state: 'dormant', q: '石牌' }, 1],
  ['nothing that is there', { q: '不存在' }, 0],
] as const)('finds %s', async (_, filter, count) => {
  const { items, total } = await listSites(fresh.db, CITY, filter, { limit: 100 })
  expect([items.length, total]).toEqual([count, count])
  for (const item of items) schema.parse(item)
})

test('a district and a unit see their own', async () => {
  expect(await names({}, { kind: 'district', district: '440105' })).toEqual(['海珠区门户'])
  expect(await names({}, { kind: 'unit', unitId })).toEqual(['石牌街道', '100%_好站'])
  expect(await names({ district: '440103' }, { kind: 'unit', unitId })).toEqual([])
})

test('pages follow one another without a gap or a double, and each tells the total', async () => {
  const seen: number[] = []
  for (let after: number | undefined; ; after = seen.at(-1)) {
    const { items, total } = await listSites(fresh.db, CITY, {}, { limit: 3, after })
    expect(total).toBe(10)
    seen.push(...items.map((site) => site.id))
    if (items.length < 3) break
  }
  expect(new Set(seen).size).toBe(10)
})

test('sites are found by the pinyin of their name or unit, whole or by initials', async () => {
  const { db } = ctx
  const { id: unit } = await makeUnit(db, { name: '长兴街道办事处' })
  const own = await makeSite(db, { name: '猎德街党群网', unit_id: unit })
  const idsOf = async (q: string) =>
    (await listSites(db, CITY, { q }, { limit: 50 })).items.map(({ id }) => id)
  for (const q of ['liede', 'LDJ', 'lie de jie', 'changxing', 'cxjd', '猎德'])
    expect(await idsOf(q), q).toContain(own.id)
  for (const q of ['ldx', 'l%', 'lie_de']) expect(await idsOf(q), q).not.toContain(own.id)
})

test('one site in full, with the window that V1 judges', async () => {
  const { db, config } = ctx
  const { id } = await makeSite(db, { interval_s: 600 }, { newest: '2026-03-08', cert_days_left: 41.5 })
  await addVisits(db, id, spaced(TUESDAY, HOUR, 30))
  const detail = siteDetail.parse(await findSiteDetail(db, CITY, id, TUESDAY, config))
  expect(detail).toMatchObject({
    intervalSeconds: 600,
    certDaysLeft: 41.5,
    window: {
      total: 30,
      failed: 0,
      excluded: 0,
      perDay: [24, 6, 0, 0, 0, 0, 0],
      failedPerDay: [0, 0, 0, 0, 0, 0, 0],
    },
    // A whole week is not there yet: 5 % of 30 visits are two.
    meter: { share: 0, toWarn: 1, toVeto: 2, crossesAt: null, clearsAt: null },
    pausedUntil: null,
  })
  expect(
    await findSiteDetail(db, { kind: 'district', district: '440105' }, id, TUESDAY, config),
  ).toBeUndefined()
})

test('the interval is the configured one, for the demo its own', async () => {
  const { db, config } = ctx
  const real = await makeSite(db)
  const demo = await makeSite(db, { demo: true })
  const every = async (id: number) => (await findSiteDetail(db, CITY, id, TUESDAY, config))?.intervalSeconds
  expect(await every(real.id)).toBe(300)
  expect(await every(demo.id)).toBe(30)
})
