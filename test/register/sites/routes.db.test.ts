import { afterAll, beforeAll, expect, test } from 'vitest'
import { pauseRoutes } from '../../../server/desk/pauses/routes.ts'
import { standingRoutes } from '../../../server/monitor/standing/routes.ts'
import { siteRoutes } from '../../../server/register/sites/routes.ts'
import { api } from '../../../shared/api.ts'
import { HOUR } from '../../../shared/base/time.ts'
import { type Client, problemOf, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, PASSWORD } from '../../support/people.ts'
import { addVisits, spaced } from '../../support/visits/visits.ts'

let fresh: FreshDatabase
let http: TestHttp
let duty: Client
let owner: Client
let mine: number
let other: number
beforeAll(async () => {
  fresh = await freshDatabase()
  const people = await makePeople(fresh.db)
  http = await startHttp(fresh, {
    routers: (ctx) => [siteRoutes(ctx), standingRoutes(ctx), pauseRoutes(ctx)],
  })
  mine = (await makeSite(fresh.db, { unit_id: people.unitId })).id
  other = (await makeSite(fresh.db, { district: '440105' })).id
  await addVisits(fresh.db, mine, spaced(TUESDAY, HOUR, 30))
  duty = await signedIn(http, 'duty', PASSWORD)
  owner = await signedIn(http, 'owner', PASSWORD)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

test('sites, one in full and its history, each as the contract says', async () => {
  const list = api.sites.output.parse(await (await duty.get('/api/sites?limit=1')).json())
  expect(list).toMatchObject({ total: 2, nextCursor: String(mine), items: [{ id: mine }] })
  const rest = api.sites.output.parse(await (await duty.get(`/api/sites?cursor=${list.nextCursor}`)).json())
  expect(rest).toMatchObject({ total: 2, nextCursor: null, items: [{ id: other }] })
  const detail = api.site.output.parse(await (await owner.get(`/api/sites/${mine}`)).json())
  expect(detail.window.total).toBe(30)
  const history = api.siteHistory.output.parse(await (await owner.get(`/api/sites/${mine}/history`)).json())
  expect(history, 'a day unless told otherwise').toMatchObject({ level: 'visit' })
  expect(history.points).toHaveLength(25)
})

test('a stretch may be given with offsets, and must not end before it begins', async () => {
  const stretch = (from: string, to: string) =>
    duty.get(`/api/sites/${mine}/history?${new URLSearchParams({ from, to })}`)
  const two = await stretch('2026-03-10T08:00:00+08:00', '2026-03-10T09:30:00+08:00')
  expect(api.siteHistory.output.parse(await two.json()).points).toHaveLength(2)
  expect((await stretch('2026-03-10T02:00:00Z', '2026-03-10T01:00:00Z')).status).toBe(400)
  expect((await stretch('yesterday', 'today')).status).toBe(400)
})

test('a visit by request is taken note of; a filed downtime answers with the site', async () => {
  expect((await owner.post(`/api/sites/${mine}/visit`)).status).toBe(204)
  const paused = await duty.post(`/api/sites/${mine}/pause`, { until: null, reason: '并入区门户' })
  expect(api.site.output.parse(await paused.json())).toMatchObject({
    state: 'paused',
    pauseReason: '并入区门户',
  })
  const visit = await owner.post(`/api/sites/${mine}/visit`)
  expect(await problemOf(visit)).toMatchObject({ code: 'conflict' })
  expect((await duty.post(`/api/sites/${mine}/pause`, { until: null, reason: '' })).status).toBe(200)
})

test("others' sites are not there, and nonsense is refused", async () => {
  for (const path of [`/api/sites/${other}`, `/api/sites/${other}/history`, '/api/sites/999999']) {
    expect((await owner.get(path)).status, path).toBe(404)
  }
  expect((await owner.post(`/api/sites/${other}/visit`)).status).toBe(404)
  expect((await owner.post(`/api/sites/${mine}/pause`, { until: null, reason: '关' })).status).toBe(403)
  expect((await duty.get('/api/sites?state=ill')).status).toBe(400)
  expect((await http.client().get('/api/sites')).status).toBe(401)
})
