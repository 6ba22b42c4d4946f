import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { escalateAlerts } from '../../../server/desk/escalation/escalate.ts'
import { insertRectification } from '../../../server/desk/rectifications/raise/insert.ts'
import { reckoningIn } from '../../../server/desk/rectifications/terms/due.ts'
import { rescheduleRectifications } from '../../../server/desk/rectifications/terms/reschedule.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { testClock } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import type { Session } from '../../support/session.ts'
import { YEAR_2027 } from './days-2027.ts'

/** 19 December 2026, a Saturday: the first day on which ten working days end in a year that nobody has announced. */
const DECEMBER = Date.parse('2026-12-18T02:00:00Z')

let app: TestApp
let ctx: TestContext
let people: People
let duty: Session
let admin: Session
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  people = await makePeople(connection.db)
  await connection.close()
  app = await startTestApp({ database, clock: testClock(DECEMBER) })
  ctx = { ...testContext(app.context), clock: app.clock }
  duty = await app.signIn('duty')
  admin = await app.signIn('admin')
})
afterAll(() => app.stop())

interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: whatever the endpoint says.
  readonly body: any
}
async function get(session: Session, path: string): Promise<Answer> {
  const answer = await session.fetch(path)
  return { status: answer.status, body: await answer.json() }
}
async function post(session: Session, path: string, given: unknown): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  const answer = await session.fetch(path, { method: 'POST', headers, body: JSON.stringify(given) })
  return { status: answer.status, body: await answer.json() }
}

async function raise(dueWorkdays = 10): Promise<Rectification> {
  const site = await makeSite(ctx.db, { unit_id: people.unitId })
  const alert = await makeAlert(ctx.db, { site, rule: 'V3' })
  const answer = await post(duty, '/api/rectifications', { alertIds: [alert.id], dueWorkdays })
  expect(answer.status).toBe(200)
  return answer.body
}
const rectificationNow = async (id: number): Promise<Rectification> =>
  (await get(duty, `/api/rectifications/${id}`)).body
const years = async () => (await get(admin, '/api/calendar/years')).body
const versionOf = async (year: number): Promise<number> =>
  (await years()).years.find((one: { year: number }) => one.year === year).version
const load = async (
  days: { off: readonly string[]; worked: readonly string[] } = YEAR_2027,
  version?: number,
) =>
  post(admin, '/api/calendar/years/2027', {
    ...days,
    source: 'form',
    note: '国办发明电〔2026〕7号',
    version: version ?? (await versionOf(2027)),
  })
const withdraw = async () =>
  post(admin, '/api/calendar/years/2027/withdraw', { version: await versionOf(2027) })

describe('before a year is announced', () => {
  test('a deadline in it is counted by ordinary weekdays, and said to be provisional', async () => {
    const ask = (from: string, workdays: number) =>
      get(duty, `/api/deadlines?from=${from}&workdays=${workdays}`)
    expect((await ask('2015-09-25', 10)).body).toEqual({ due: '2015-10-15', provisional: false })
    expect((await ask('2026-12-18', 10)).body).toEqual({ due: '2027-01-01', provisional: true })
    expect((await ask('2028-12-15', 10)).body).toMatchObject({ code: 'invalid' })
  })

  test('rectifications are raised, extended and paused all the same', async () => {
    const rectification = await raise()
    expect(rectification).toMatchObject({ dueOn: '2027-01-01', provisional: true })
    const extended = await post(duty, `/api/rectifications/${rectification.id}/extend`, {
      version: rectification.version,
      dueWorkdays: 1,
      reason: '采购',
    })
    expect(extended.body).toMatchObject({ dueOn: '2027-01-04', provisional: true })
    const short = await raise(2)
    expect(short).toMatchObject({ dueOn: '2026-12-22', provisional: false })
    const paused = await post(duty, `/api/rectifications/${short.id}/pause`, {
      version: short.version,
      until: '2027-01-06',
      reason: '等待上级',
    })
    expect(paused.body).toMatchObject({ provisional: true, dueOn: '2027-01-08' })
    expect((await years()).provisional).toBeGreaterThanOrEqual(2)
  })
})

describe('loading a year', () => {
  test('is an administrator’s', async () => {
    expect((await post(duty, '/api/calendar/check', { year: 2027, ...YEAR_2027 })).status).toBe(403)
  })

  test('can be tried first: what it says, how it differs, and which due days would move', async () => {
    const rectification = await raise()
    const lines = [
      '日期,类型',
      ...YEAR_2027.off.map((day) => `${day},休`),
      ...YEAR_2027.worked.map((day) => `${day},班`),
    ]
    const { body } = await post(admin, '/api/calendar/check', { text: lines.join('\n'), name: '2027.csv' })
    expect(body).toMatchObject({ source: 'csv', unreadable: [], reports: [{ year: 2027, problems: [] }] })
    expect(body.reports[0].changes).toContainEqual({
      rectificationId: rectification.id,
      siteName: rectification.siteName,
      from: '2027-01-01',
      to: '2027-01-04',
    })
    expect(await rectificationNow(rectification.id), 'nothing was done').toEqual(rectification)
    const built = await post(admin, '/api/calendar/check', {
      year: 2026,
      off: (await years()).years[1].off,
      worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20'],
    })
    expect(built.body.reports[0]).toMatchObject({
      against: 'builtIn',
      differences: [{ day: '2026-10-10', loaded: 'off', other: 'worked' }],
    })
  })

  test('reckons again every due day that rested on it, tells of it once, and keeps who did it', async () => {
    const rectification = await raise()
    const near = await raise(3)
    const facts = await ctx.told(async () => expect((await load()).status).toBe(200))
    expect(await rectificationNow(rectification.id)).toMatchObject({
      dueOn: '2027-01-04',
      provisional: false,
    })
    expect(await rectificationNow(near.id), 'which did not').toEqual(near)
    const mine = facts.filter(
      (one) => 'rectification' in one.data && one.data.rectification.id === rectification.id,
    )
    expect(mine).toMatchObject([{ kind: 'rectification.rescheduled', data: { text: '2027-01-01' } }])
    expect(await rescheduleRectifications(ctx, ctx.clock.now()), 'once').toBe(0)
    const { body: audit } = await get(duty, '/api/audit?entity=calendar')
    expect(audit.items[0]).toMatchObject({
      action: 'calendar.loaded',
      entityId: 2027,
      actor: { name: '吴刚' },
    })
    const { body: kept } = await get(duty, `/api/audit?entity=rectification&entityId=${rectification.id}`)
    expect(kept.items[0]).toMatchObject({
      action: 'rectification.rescheduled',
      actor: null,
      detail: { was: '2027-01-01', due: '2027-01-04' },
    })
    const { body: due } = await get(duty, '/api/deadlines?from=2026-12-18&workdays=10')
    expect(due).toEqual({ due: '2027-01-04', provisional: false })
  })

  test('and withdrawing it puts them back', async () => {
    const rectification = await raise()
    expect(rectification).toMatchObject({ dueOn: '2027-01-04', provisional: false })
    expect((await withdraw()).status).toBe(200)
    expect(await rectificationNow(rectification.id)).toMatchObject({ dueOn: '2027-01-01', provisional: true })
  })

  test('counts a pause that ends on a day by the days that are worked till then', async () => {
    const rectification = await raise(5)
    const { body: paused } = await post(duty, `/api/rectifications/${rectification.id}/pause`, {
      version: rectification.version,
      until: '2027-01-05',
      reason: '等待上级',
    })
    expect(paused).toMatchObject({ pause: { workdays: 12 }, dueOn: '2027-01-12' })
    await load()
    expect(await rectificationNow(rectification.id), 'New Year’s Day is none of the twelve').toMatchObject({
      pause: { workdays: 11 },
      pausedWorkdays: 11,
      dueOn: '2027-01-12',
      provisional: false,
    })
    await withdraw()
  })

  test('refuses what is not plausible, and what somebody else has changed meanwhile', async () => {
    const wrong = await load({ off: YEAR_2027.off, worked: ['2027-03-10'] })
    expect(wrong.body).toMatchObject({ code: 'invalid', issues: [{ path: 'workedWeekday' }] })
    const version = await versionOf(2027)
    expect((await load(YEAR_2027, version)).status).toBe(200)
    expect((await load(YEAR_2027, version)).body).toMatchObject({ code: 'conflict' })
    await withdraw()
  })

  test('catches a rectification that was raised by the old calendar while it was loaded', async () => {
    const site = await makeSite(ctx.db, { unit_id: people.unitId })
    const old = await reckoningIn(ctx.db, ctx.clock.now())
    await load()
    const raised = { siteId: site.id, unitId: people.unitId, source: 'hand', rule: 'OTHER' } as const
    const id = await ctx.db
      .transaction()
      .execute((tx) => insertRectification(tx, people.duty, { ...raised, term: { workdays: 10 } }, old))
    expect(await rectificationNow(id)).toMatchObject({ dueOn: '2027-01-01', provisional: true })
    expect(await rescheduleRectifications(ctx, ctx.clock.now())).toBe(1)
    expect(await rectificationNow(id)).toMatchObject({ dueOn: '2027-01-04', provisional: false })
    await withdraw()
  })

  test('moves the steps of an escalation that counts in working hours', async () => {
    ctx.clock.set('2026-12-31T08:30:00Z')
    const site = await makeSite(ctx.db, { unit_id: people.unitId })
    const alert = await makeAlert(ctx.db, { site, rule: 'V2', severity: 'critical' })
    const nextAt = async () => {
      await escalateAlerts(ctx)
      const row = await ctx.db
        .selectFrom('alert')
        .select('escalation_next_at')
        .where('id', '=', alert.id)
        .executeTakeFirstOrThrow()
      return row.escalation_next_at?.toISOString()
    }
    // Half an hour of the four is left of the last day of the year; 2027-01-01 is a Friday.
    expect(await nextAt()).toBe('2027-01-01T04:30:00.000Z')
    await load()
    expect(await nextAt(), 'the Monday after the holiday').toBe('2027-01-04T04:30:00.000Z')
    await withdraw()
    ctx.clock.set(DECEMBER)
  })
})

test('every change of a year is kept: which year, by whom and when, the latest first', async () => {
  if ((await versionOf(2027)) === 0) await load()
  await load(YEAR_2027)
  await withdraw()
  const { versions } = await years()
  expect(versions[0]).toMatchObject({ year: 2027, source: 'withdrawn', by: { id: people.admin.id } })
  expect(versions[1]).toMatchObject({ year: 2027, source: 'form', note: '国办发明电〔2026〕7号' })
  expect(versions[0].version).toBe(versions[1].version + 1)
  expect(versions[0].at).toBe(new Date(app.clock.now()).toISOString())
})
