import { afterAll, beforeAll, expect, test } from 'vitest'
import { alertRoutes } from '../../../server/desk/alerts/routes.ts'
import { api } from '../../../shared/api.ts'
import { HOUR } from '../../../shared/base/time.ts'
import { type Client, problemOf, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
let people: People
let duty: Client
let tianhe: Client
let site: { id: number }
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  http = await startHttp(fresh, { routers: (ctx) => [alertRoutes(ctx)] })
  site = await makeSite(fresh.db, { unit_id: people.unitId })
  duty = await signedIn(http, 'duty', PASSWORD)
  tianhe = await signedIn(http, 'tianhe', PASSWORD)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const list = async (client: Client, query = '') =>
  api.alerts.output.parse(await (await client.get(`/api/alerts?${query}`)).json())
const newAlert = async (given: Partial<Parameters<typeof makeAlert>[1]> = {}) =>
  makeAlert(fresh.db, { site: await makeSite(fresh.db), ...given })

test('live alerts unless another status is asked for; a district sees its own, the city those of the line too', async () => {
  const resolved_at = new Date(TUESDAY)
  const open = await newAlert()
  const over = await newAlert({ status: 'resolved', resolved_at })
  const far = await newAlert({ site: await makeSite(fresh.db, { district: '440105' }), rule: 'V2' })
  const line = await newAlert({ site: null, rule: 'LINE' })
  const ids = async (client: Client, query?: string) => (await list(client, query)).items.map(({ id }) => id)

  expect(await ids(duty)).toEqual([line.id, far.id, open.id])
  expect(await ids(tianhe)).toEqual([open.id])
  expect(await ids(tianhe, 'status=resolved')).toEqual([over.id])
  expect(await ids(duty, 'district=440105')).toEqual([far.id])
  expect(await ids(duty, 'rule=LINE')).toEqual([line.id])
  expect(await ids(duty, `siteId=${open.site_id}`)).toEqual([open.id])
  expect((await tianhe.get(`/api/alerts/${far.id}`)).status).toBe(404)
  expect(await (await duty.get(`/api/alerts/${line.id}`)).json()).toMatchObject({ siteId: null })
})

test('by who has it: mine, nobody’s, somebody’s', async () => {
  const mine = await newAlert({ assignee_id: people.duty.id })
  const ids = async (query: string) => (await list(duty, query)).items.map(({ id }) => id)
  expect(await ids('assignee=me')).toEqual([mine.id])
  expect(await ids(`assignee=${people.duty.id}`)).toEqual([mine.id])
  expect(await ids('assignee=none')).not.toContain(mine.id)
  expect((await duty.get('/api/alerts?assignee=you')).status).toBe(400)
})

test('pages follow one another, and each tells the total', async () => {
  for (let more = 0; more < 4; more++) await newAlert()
  const { total } = await list(duty)
  const seen: number[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page = await list(duty, `limit=3${cursor && `&cursor=${cursor}`}`)
    expect(page.total).toBe(total)
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a))
  expect(seen).toHaveLength(total)
  expect((await duty.get('/api/alerts?cursor=1;drop')).status).toBe(400)
})

test('the life of an alert by HTTP, every answer as the contract says', async () => {
  const { id } = await makeAlert(fresh.db, { site })
  const step = async (client: Client, name: string, body: object) => {
    const answer = await client.post(`/api/alerts/${id}/${name}`, body)
    if (answer.status !== 200) throw new Error(await answer.text())
    return api.alert.output.parse(await answer.json())
  }
  const taken = await step(duty, 'acknowledge', { version: 1, note: '已联系' })
  expect(taken).toMatchObject({ status: 'acknowledged', note: '已联系', version: 2 })
  const given = await step(tianhe, 'assign', { version: 2, assigneeId: people.owner.id })
  expect(given.assignee).toEqual({ id: people.owner.id, name: '张磊' })
  const until = new Date(TUESDAY + HOUR).toISOString()
  await step(duty, 'silence', { version: 3, until, reason: '抢修中' })
  await step(duty, 'comment', { text: '预计一小时' })
  expect(await step(duty, 'resolve', { version: 4, note: '已恢复' })).toMatchObject({
    status: 'resolved',
    resolvedBy: { name: '王敏' },
  })
})

test('who comes second reads in the own language who was first, and gets the alert as it is', async () => {
  const { id } = await makeAlert(fresh.db, { site })
  await duty.post(`/api/alerts/${id}/acknowledge`, { version: 1 })
  const late = await tianhe.post(
    `/api/alerts/${id}/acknowledge`,
    { version: 1 },
    { 'accept-language': 'zh-CN' },
  )
  expect(late.status).toBe(409)
  const problem = await problemOf(late)
  expect(problem).toMatchObject({ code: 'conflict', detail: '已被 王敏 于 10:00 确认。' })
  expect(api.alert.output.parse(problem.current)).toMatchObject({ id, version: 2 })
})

test('many at once: each has its own result', async () => {
  const [fine, taken] = [await newAlert(), await newAlert()]
  await duty.post(`/api/alerts/${taken.id}/acknowledge`, { version: 1 })
  const answer = await tianhe.post(
    '/api/alerts/bulk',
    {
      action: 'acknowledge',
      items: [
        { id: taken.id, version: 1 },
        { id: fine.id, version: 1 },
      ],
    },
    { 'accept-language': 'en' },
  )
  expect(api.bulkAlerts.output.parse(await answer.json())).toMatchObject({
    results: [
      { id: taken.id, ok: false, code: 'conflict', message: 'Already acknowledged by 王敏 at 10:00.' },
      { id: fine.id, ok: true, alert: { status: 'acknowledged', acknowledgedBy: { name: '李晓燕' } } },
    ],
  })
})

test('nonsense is refused before anything is done', async () => {
  const { id } = await newAlert()
  const post = async (name: string, body: object) =>
    (await duty.post(`/api/alerts/${id}/${name}`, body)).status
  expect(await post('acknowledge', {})).toBe(400)
  expect(await post('acknowledge', { version: 1, until: 'tomorrow' })).toBe(400)
  expect(
    await post('silence', { version: 1, until: new Date(TUESDAY + HOUR).toISOString(), reason: ' ' }),
  ).toBe(400)
  expect(await post('resolve', { version: 1 })).toBe(400)
  expect(await post('explode', { version: 1 })).toBe(404)
  expect((await duty.post('/api/alerts/bulk', { action: 'acknowledge', items: [] })).status).toBe(400)
  expect((await http.client().get('/api/alerts')).status).toBe(401)
})
