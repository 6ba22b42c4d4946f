import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadBoard } from '../../../server/city/board/load.ts'
import { rectificationRoutes } from '../../../server/desk/rectifications/routes.ts'
import { workdayRoutes } from '../../../server/register/workdays/routes.ts'
import { api } from '../../../shared/api.ts'
import { DAY, localDay } from '../../../shared/base/time.ts'
import { progressOf as boardProgress } from '../../../shared/city/board.ts'
import { isAtRisk, isOverdue, type Stage } from '../../../shared/desk/rectifications/rectifications.ts'
import { type Client, problemOf, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
let people: People
let duty: Client
let haizhu: Client
let owner: Client
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  http = await startHttp(fresh, { routers: (ctx) => [rectificationRoutes(ctx), workdayRoutes(ctx)] })
  duty = await signedIn(http, 'duty', PASSWORD)
  haizhu = await signedIn(http, 'haizhu', PASSWORD)
  owner = await signedIn(http, 'owner', PASSWORD)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const get = async (client: Client, path: string) => (await client.get(path)).json()
const list = async (client: Client, query = '') =>
  api.rectifications.output.parse(await get(client, `/api/rectifications?${query}`))
const daysAgo = (days: number) => new Date(TUESDAY - days * DAY)

/** A rectification of the past; stage, days since it was raised and closed, and its due day relative to today. */
async function oldRectification(
  stage: Stage,
  given: { raised: number; due: number; closed?: number; submitted?: number; district?: string },
) {
  const site = await makeSite(fresh.db, { district: given.district ?? '440106' })
  const row = await fresh.db
    .insertInto('rectification')
    .values({
      site_id: site.id,
      unit_id: site.unit_id,
      stage,
      raised_at: daysAgo(given.raised),
      due_on: localDay(TUESDAY + given.due * DAY),
      due_workdays: 10,
      submitted_at: given.submitted === undefined ? null : daysAgo(given.submitted),
      closed_at: given.closed === undefined ? null : daysAgo(given.closed),
      returned_count: 0,
      relapses: 0,
      overridden: false,
      version: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

test('a rectification from its alert to its submission by HTTP, every answer as the contract says', async () => {
  const site = await makeSite(fresh.db, { unit_id: people.unitId })
  const alert = await makeAlert(fresh.db, { site })
  const answer = await duty.post('/api/rectifications', { alertIds: [alert.id] })
  const raised = api.rectification.output.parse(await answer.json())
  expect(raised, 'a street office that is down has three working days unless told otherwise').toMatchObject({
    dueWorkdays: 3,
    dueOn: '2026-03-13',
  })

  const step = async (client: Client, name: string, body: object) => {
    const answer = await client.post(`/api/rectifications/${raised.id}/${name}`, body)
    if (answer.status !== 200) throw new Error(await answer.text())
    return api.rectification.output.parse(await answer.json())
  }
  await step(duty, 'assign', { version: 1, assigneeId: people.owner.id })
  await step(owner, 'accept', { version: 2 })
  await step(duty, 'extend', { version: 3, dueWorkdays: 2, reason: '清明前完成' })
  const submitted = await step(owner, 'submit', { version: 4, note: '已修复' })
  expect(submitted).toMatchObject({ stage: 'submitted', verification: { neededVisits: 20 } })
  await step(duty, 'return', { version: 5, reason: '仍打不开' })
  expect(await step(duty, 'override', { version: 6, reason: '已关停' })).toMatchObject({ overridden: true })

  const late = await owner.post(`/api/rectifications/${raised.id}/submit`, { version: 4 })
  expect(late.status).toBe(409)
  const problem = await problemOf(late)
  expect(problem.detail).toContain('王敏')
  expect(api.rectification.output.parse(problem.current)).toMatchObject({ stage: 'closed' })
})

test('lists by stage, district, unit and site, page by page, within the own scope', async () => {
  const near = await oldRectification('accepted', { raised: 3, due: 5, district: '440105' })
  const shut = await oldRectification('closed', { raised: 9, due: 1, closed: 2, district: '440105' })
  const ids = async (client: Client, query?: string) => (await list(client, query)).items.map(({ id }) => id)
  expect(await ids(haizhu)).toEqual([near])
  expect(await ids(haizhu, 'stage=closed')).toEqual([shut])
  expect(await ids(haizhu, 'stage=all')).toEqual([shut, near])
  expect(await ids(duty, 'district=440105')).toEqual([near])
  const [rectification] = (await list(haizhu)).items
  expect(await ids(duty, `siteId=${rectification?.siteId}`)).toEqual([near])
  expect(await ids(duty, `unit=${rectification?.unitId}&stage=all`)).toEqual([near])
  const first = await list(haizhu, 'stage=all&limit=1')
  expect(first).toMatchObject({ total: 2, nextCursor: String(shut) })
  expect(await ids(haizhu, `stage=all&limit=1&cursor=${first.nextCursor}`)).toEqual([near])
  expect((await owner.get(`/api/rectifications/${near}`)).status).toBe(404)
  expect((await duty.get(`/api/rectifications/${near}`)).status).toBe(200)
})

describe('progress', () => {
  let before: Awaited<ReturnType<typeof progress>>
  async function report(client = duty, days = 90) {
    return api.progress.output.parse(await get(client, `/api/rectifications/progress?days=${days}`))
  }
  const progress = async (client = duty) => (await report(client)).total
  async function burnDown(client = duty, days = 5) {
    return api.burnDown.output.parse(await get(client, `/api/rectifications/burn-down?days=${days}`))
  }

  beforeAll(async () => {
    before = await progress()
    const district = '440103'
    await oldRectification('accepted', { raised: 4, due: -2, district })
    await oldRectification('assigned', { raised: 4, due: 0, district })
    await oldRectification('returned', { raised: 30, due: -1, submitted: 3, district })
    await oldRectification('verifying', { raised: 2, due: -1, submitted: 1, district })
    await oldRectification('closed', { raised: 20, due: -3, closed: 1, district })
    await oldRectification('closed', { raised: 120, due: -100, closed: 60, district })
  })

  test('counts what was raised and closed of the last 90 days, and what is late, returned and verified now', async () => {
    const now = await progress()
    expect({
      raised: now.raised - before.raised,
      closed: now.closed - before.closed,
      overdue: now.overdue - before.overdue,
      returned: now.returned - before.returned,
      verifying: now.verifying - before.verifying,
    }).toEqual({ raised: 5, closed: 1, overdue: 2, returned: 1, verifying: 1 })
    expect(await progress(owner)).toMatchObject({ raised: 1 })
  })

  test('agrees with the rule that colours the list', async () => {
    const { items } = await list(duty)
    const late = items.filter((rectification) => isOverdue(rectification, TUESDAY))
    expect(late).toHaveLength((await progress()).overdue)
    expect((await burnDown()).points.at(-1)?.overdue).toBe(late.length)
  })

  test('says the same as the board of desk and wall, as the districts together, and as the CSV', async () => {
    const { total, districts } = await report()
    const { board } = await loadBoard(fresh.db, TUESDAY)
    const { raised, closed, overdue, returned, verifying } = total
    expect(boardProgress(board, (rectification) => isOverdue(rectification, TUESDAY))).toEqual({
      raised,
      closed,
      overdue,
      returned,
      verifying,
    })
    expect(board.rectifications.size).toBe(total.open)
    const atRisk = [...board.rectifications.values()].filter((rectification) =>
      isAtRisk(rectification, TUESDAY),
    )
    expect(atRisk).toHaveLength(total.atRisk)
    const names = ['raised', 'closed', 'done', 'open', 'overdue', 'atRisk', 'overridden'] as const
    for (const name of names) {
      expect(
        districts.reduce((sum, district) => sum + district[name], 0),
        name,
      ).toBe(total[name])
    }
  })

  test('of a shorter period: what was closed in it, how long it took, and what was closed by hand', async () => {
    const before = (await report(duty, 7)).districts.find(({ district }) => district === '440112')
    expect(before).toBeUndefined()
    // Raised on Tuesday the 3rd and the day before, closed a day ago, on Monday the 9th.
    await oldRectification('closed', { raised: 7, due: 3, closed: 1, district: '440112' })
    await oldRectification('closed', { raised: 8, due: 3, closed: 1, district: '440112' })
    const byHand = await oldRectification('closed', { raised: 30, due: 3, closed: 1, district: '440112' })
    await fresh.db
      .updateTable('rectification')
      .set({ overridden: true, relapses: 1 })
      .where('id', '=', byHand)
      .execute()
    const figures = async (days: number) =>
      (await report(duty, days)).districts.find(({ district }) => district === '440112')
    expect(await figures(7)).toMatchObject({
      raised: 1,
      closed: 1,
      done: 3,
      medianWorkdays: 4.5,
      overridden: 1,
      relapsed: 0,
      relapseShare: 0,
    })
    expect(await figures(60)).toMatchObject({ raised: 3, relapsed: 1, relapseShare: 33.3 })
  })

  test('burns down by Shanghai day', async () => {
    const { points } = await burnDown()
    const { districts } = await report()
    expect(points.map((point) => point.day)).toEqual([
      '2026-03-06',
      '2026-03-07',
      '2026-03-08',
      '2026-03-09',
      '2026-03-10',
    ])
    // Other tests of this file raised rectifications too: what the six add is told apart by district.
    expect(districts.find(({ district }) => district === '440103')).toMatchObject({ open: 4, overdue: 2 })
    const closedBefore = points.map((point) => point.closed)
    await oldRectification('closed', { raised: 2, due: 3, closed: 1, district: '440103' })
    const after = await burnDown()
    expect(after.points.map((point, index) => point.closed - (closedBefore[index] ?? 0))).toEqual([
      0, 0, 0, 1, 0,
    ])
    expect(after.points.map((point, index) => point.open - (points[index]?.open ?? 0))).toEqual([
      0, 0, 1, 0, 0,
    ])
    expect(after.points.map((point, index) => point.raised - (points[index]?.raised ?? 0))).toEqual([
      0, 0, 1, 0, 0,
    ])
  })

  test('a rectification that waits for the monitor was late until it was submitted', async () => {
    const { points } = await burnDown()
    await oldRectification('verifying', { raised: 10, due: -4, submitted: 1 })
    const after = await burnDown()
    expect(after.points.map((point, index) => point.overdue - (points[index]?.overdue ?? 0))).toEqual([
      0, 1, 1, 0, 0,
    ])
  })
})

test('deadlines in Chinese working days', async () => {
  const due = (query: string) => duty.get(`/api/deadlines?${query}`)
  expect(await (await due('from=2015-09-25&workdays=10')).json()).toEqual({
    due: '2015-10-15',
    provisional: false,
  })
  expect((await due('from=2015-02-29&workdays=1')).status).toBe(400)
  expect((await due('from=2015-09-25&workdays=0')).status).toBe(400)
  const unknown = await due('from=2031-09-25&workdays=5')
  expect(unknown.status).toBe(400)
  expect((await problemOf(unknown)).detail).toContain('放假安排')
})
