import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { factRoutes } from '../../../server/city/facts/routes.ts'
import { cityRoutes } from '../../../server/city/overview/routes.ts'
import { api } from '../../../shared/api.ts'
import type { NewFact } from '../../../shared/base/facts.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { SiteState } from '../../../shared/register/sites/states.ts'
import { type Client, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, PASSWORD } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
let duty: Client
let tianhe: Client
let owner: Client
const sites: number[] = []
beforeAll(async () => {
  fresh = await freshDatabase()
  const people = await makePeople(fresh.db)
  http = await startHttp(fresh, { routers: (ctx) => [cityRoutes(ctx), factRoutes(ctx)] })
  sites.push((await makeSite(fresh.db, { unit_id: people.unitId }, { state: 'down' })).id)
  sites.push((await makeSite(fresh.db)).id, (await makeSite(fresh.db, {}, { state: 'dead' })).id)
  sites.push((await makeSite(fresh.db, { district: '440105' })).id)
  duty = await signedIn(http, 'duty', PASSWORD)
  tianhe = await signedIn(http, 'tianhe', PASSWORD)
  owner = await signedIn(http, 'owner', PASSWORD)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const changed = (siteId: number, agoMs: number, before: SiteState, after: SiteState): NewFact => ({
  kind: 'site.changed',
  at: new Date(TUESDAY - agoMs).toISOString(),
  siteId,
  district: siteId === sites[3] ? '440105' : '440106',
  actor: null,
  data: {
    before: { state: before, availability: 'up' },
    after: {
      state: after,
      stateSince: new Date(TUESDAY - agoMs).toISOString(),
      availability: 'up',
      cause: null,
      since: new Date(TUESDAY - agoMs).toISOString(),
      v1: 'ok',
      share: 0,
      v2: 'ok',
      v3: 'ok',
      flapping: false,
      newest: null,
    },
  },
})
const append = (...facts: NewFact[]) => fresh.db.transaction().execute((tx) => appendFacts(tx, facts))
const districts = async (client: Client) =>
  api.districts.output.parse(await (await client.get('/api/districts')).json())

test('the city sees its 13 groups in the order of the wall, those without sites too', async () => {
  const list = await districts(duty)
  expect(list.map((district) => district.name).slice(0, 3)).toEqual(['市门户', '市直部门', '荔湾区'])
  expect(list).toHaveLength(13)
  expect(list.find((district) => district.code === '440106')).toEqual({
    code: '440106',
    name: '天河区',
    nameEn: 'Tianhe',
    total: 3,
    counts: { dead: 1, down: 1, dormant: 0, warning: 0, unknown: 0, healthy: 1, paused: 0 },
  })
  expect(list.find((district) => district.code === '440104')).toMatchObject({ total: 0 })
})

test('a district sees itself, a unit its own sites', async () => {
  expect(await districts(tianhe)).toMatchObject([{ code: '440106', total: 3 }])
  expect(await districts(owner)).toMatchObject([{ code: '440106', total: 1, counts: { down: 1 } }])
})

test('the counts of the last hours are those of now with the changes taken back', async () => {
  const [a = 0, , c = 0, d = 0] = sites
  await append(
    changed(c, 100 * MINUTE, 'down', 'dead'),
    changed(d, 50 * MINUTE, 'warning', 'healthy'),
    changed(a, 10 * MINUTE, 'healthy', 'down'),
    changed(a, 5 * MINUTE, 'down', 'down'),
  )
  const history = async (client: Client, query: string) => {
    const answer = await client.get(`/api/city/history?${query}`)
    return api.cityHistory.output.parse(await answer.json()).points
  }
  const points = await history(duty, 'hours=2&stepMinutes=30')
  expect(points.map((point) => point.at)).toEqual(
    [4, 3, 2, 1, 0].map((steps) => new Date(TUESDAY - steps * 30 * MINUTE).toISOString()),
  )
  expect(points.map(({ counts }) => [counts.dead, counts.down, counts.warning, counts.healthy])).toEqual([
    [0, 1, 1, 2],
    [1, 0, 1, 2],
    [1, 0, 1, 2],
    [1, 0, 0, 3],
    [1, 1, 0, 2],
  ])
  const own = await history(owner, 'hours=1&stepMinutes=60')
  expect(own.map(({ counts }) => [counts.healthy, counts.down])).toEqual([
    [1, 0],
    [0, 1],
  ])
  expect((await duty.get('/api/city/history?hours=9999')).status).toBe(400)
})

test('a day with 4,000 changes is told whole', async () => {
  const ids = await Promise.all(Array.from({ length: 40 }, async () => (await makeSite(fresh.db)).id))
  const facts = Array.from({ length: 4_000 }, (_, index) =>
    changed(
      ids[index % 40] ?? 0,
      24 * HOUR - index * 20_000,
      index % 2 ? 'down' : 'healthy',
      index % 2 ? 'healthy' : 'down',
    ),
  )
  await append(...facts)
  const history = api.cityHistory.output.parse(await (await duty.get('/api/city/history')).json())
  const totals = history.points.map(({ counts }) => Object.values(counts).reduce((sum, n) => sum + n, 0))
  expect(new Set(totals).size, 'every site is counted once at every point').toBe(1)
  expect(history.points.some(({ counts }) => (counts.down ?? 0) > 0)).toBe(true)
})

test('walls that ask within a quarter of a minute are given the same, each of its own scope, with its instant', async () => {
  const history = async (client: Client) => {
    const answer = await client.get('/api/city/history?hours=1&stepMinutes=60')
    const { points } = api.cityHistory.output.parse(await answer.json())
    const last = points.at(-1)
    return { at: last?.at, sites: Object.values(last?.counts ?? {}).reduce((sum, n) => sum + n, 0) }
  }
  const before = await history(duty)
  await makeSite(fresh.db)
  http.clock.advance(15 * SECOND - 1)
  const walls = await Promise.all(Array.from({ length: 20 }, () => history(duty)))
  expect(walls).toEqual(Array(20).fill(before))
  expect(await history(owner)).toMatchObject({ sites: 1 })
  http.clock.advance(SECOND)
  expect(await history(duty)).toEqual({
    at: new Date(TUESDAY + 16 * SECOND - 1).toISOString(),
    sites: before.sites + 1,
  })
})

test('the fact log, newest first, page by page, within the own scope', async () => {
  const page = async (client: Client, query: string) =>
    api.facts.output.parse(await (await client.get(`/api/facts?${query}`)).json())
  const site = sites[0] ?? 0
  const first = await page(duty, `siteId=${site}&limit=1`)
  expect(first).toMatchObject({ total: 2, items: [{ siteId: site, kind: 'site.changed' }] })
  const second = await page(duty, `siteId=${site}&limit=1&cursor=${first.nextCursor}`)
  expect(second.items[0]?.seq).toBeLessThan(first.items[0]?.seq ?? 0)
  expect((await page(tianhe, `siteId=${sites[3]}`)).items).toEqual([])
  expect(new Set((await page(owner, 'limit=1000')).items.map((fact) => fact.siteId))).toEqual(new Set([site]))
  expect((await duty.get('/api/facts?cursor=abc')).status).toBe(400)
})

test('a quarter of a year by the minute is refused, with what to ask instead', async () => {
  const answer = await duty.get('/api/city/history?hours=2160&stepMinutes=1')
  expect(answer.status).toBe(400)
  const { code, detail } = (await answer.json()) as { code: string; detail: string }
  expect(code).toBe('invalid')
  expect(detail).toContain('longer steps')
  const long = await (await duty.get('/api/city/history?hours=2160&stepMinutes=90')).text()
  expect(long.length).toBeLessThan(400_000)
})
