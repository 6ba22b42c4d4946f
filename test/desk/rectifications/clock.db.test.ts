import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { takeSteps } from '../../../server/desk/rectifications/bulk.ts'
import { findRectification, listRectifications } from '../../../server/desk/rectifications/queries.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { appendDue } from '../../../server/desk/rectifications/terms/due-facts.ts'
import { HOUR, startOfDay } from '../../../shared/base/time.ts'
import {
  isAtRisk,
  isOverdue,
  isPaused,
  type Rectification,
} from '../../../shared/desk/rectifications/rectifications.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
/** Tuesday, 10 March 2026, 10:00 in Shanghai. */
beforeEach(() => ctx.clock.set(new Date(TUESDAY).toISOString()))

async function newRectification(dueWorkdays = 10): Promise<Rectification> {
  const site = await makeSite(ctx.db, { unit_id: people.unitId })
  const alert = await makeAlert(ctx.db, { site })
  return raiseRectification(ctx, people.duty, { alertIds: [alert.id], dueWorkdays })
}
const onDay = (day: string) => ctx.clock.set(`${day}T02:00:00Z`)
const rectificationNow = async (id: number) => {
  const rectification = await findRectification(ctx.db, { kind: 'city' }, id)
  if (!rectification) throw new Error('no rectification')
  return rectification
}
const told = async (id: number) => {
  const facts = await ctx.told(() => appendDue(ctx, ctx.clock.now()))
  return facts.flatMap((fact) =>
    'rectification' in fact.data && fact.data.rectification.id === id ? [fact.kind] : [],
  )
}

describe('the clock in working days', () => {
  test.each([
    [10, '2026-03-24', '2026-03-20'],
    [5, '2026-03-17', '2026-03-16'],
    [4, '2026-03-16', '2026-03-16'],
    [1, '2026-03-11', '2026-03-11'],
  ])('%i working days are due on %s, and at risk from %s', async (days, dueOn, atRiskOn) => {
    expect(await newRectification(days)).toMatchObject({ dueOn, atRiskOn })
  })

  test('is at risk, then overdue: each is told once, and the lists and the rules agree', async () => {
    const rectification = await newRectification()
    onDay('2026-03-19')
    expect(await told(rectification.id), 'seven of ten are used').toEqual([])
    onDay('2026-03-20')
    expect(await told(rectification.id)).toEqual(['rectification.atRisk'])
    expect(await told(rectification.id), 'once').toEqual([])
    onDay('2026-03-24')
    expect(await told(rectification.id), 'the due day is still in time').toEqual([])
    onDay('2026-03-25')
    expect(await told(rectification.id)).toEqual(['rectification.overdue'])
    expect(await told(rectification.id)).toEqual([])
    for (const day of ['2026-03-19', '2026-03-20', '2026-03-24', '2026-03-25']) {
      const now = startOfDay(day)
      const page = await listRectifications(ctx.db, { kind: 'city' }, { stage: 'open', now }, { limit: 100 })
      const ids = async (clock: 'atRisk' | 'overdue' | 'paused') =>
        (
          await listRectifications(ctx.db, { kind: 'city' }, { stage: 'open', clock, now }, { limit: 100 })
        ).items.map((one) => one.id)
      const by = (rule: (rectification: Rectification, now: number) => boolean) =>
        page.items.filter((one) => rule(one, now)).map((one) => one.id)
      expect(await ids('atRisk'), day).toEqual(by(isAtRisk))
      expect(await ids('overdue'), day).toEqual(by(isOverdue))
      expect(await ids('paused'), day).toEqual(by(isPaused))
    }
  })

  test('two processes that look at once tell it once', async () => {
    const rectification = await newRectification(1)
    onDay('2026-03-13')
    const facts = await ctx.told(() =>
      Promise.all([appendDue(ctx, ctx.clock.now()), appendDue(ctx, ctx.clock.now())]),
    )
    const mine = facts.filter(
      (one) => 'rectification' in one.data && one.data.rectification.id === rectification.id,
    )
    expect(mine).toHaveLength(1)
  })

  test('a moved due day can be missed again', async () => {
    const rectification = await newRectification(1)
    onDay('2026-03-12')
    expect(await told(rectification.id)).toEqual(['rectification.overdue'])
    const step = { step: 'extend', dueWorkdays: 5, reason: '采购' } as const
    const extended = await takeStep(ctx, people.duty, await rectificationNow(rectification.id), step)
    expect(extended, 'a fifth of six, rounded down, is left').toMatchObject({
      dueOn: '2026-03-19',
      atRiskOn: '2026-03-18',
    })
    expect(await told(rectification.id)).toEqual([])
    onDay('2026-03-18')
    expect(await told(rectification.id)).toEqual(['rectification.atRisk'])
    onDay('2026-03-20')
    expect(await told(rectification.id)).toEqual(['rectification.overdue'])
  })

  test('what was submitted in time does not become late while it waits for the monitor', async () => {
    const rectification = await takeStep(ctx, people.owner, await newRectification(1), { step: 'submit' })
    onDay('2026-03-20')
    expect(await told(rectification.id)).toEqual([])
  })
})

describe('a pause', () => {
  const pause = (until: string) => ({ step: 'pause', until, reason: '等待云平台迁移' }) as const

  test('moves the due day by its working days, and nothing presses meanwhile', async () => {
    const rectification = await newRectification()
    const paused = await takeStep(ctx, people.duty, rectification, pause('2026-04-07'))
    // Qingming (6 April) is off: 19 working days from 11 March to 7 April.
    expect(paused).toMatchObject({
      dueOn: '2026-04-21',
      dueWorkdays: 10,
      pausedWorkdays: 19,
      stage: 'raised',
      pause: { since: '2026-03-10', until: '2026-04-07', reason: '等待云平台迁移', by: { name: '王敏' } },
    })
    const facts = await ctx.db
      .selectFrom('fact')
      .select('kind')
      .where('rectification_id', '=', rectification.id)
      .orderBy('seq', 'desc')
      .executeTakeFirst()
    expect(facts?.kind).toBe('rectification.paused')
    expect([isPaused(paused, ctx.clock.now()), isPaused(paused, startOfDay('2026-04-08'))]).toEqual([
      true,
      false,
    ])
  })

  test('that ends early gives back the days that were not used', async () => {
    const rectification = await newRectification()
    const paused = await takeStep(ctx, people.duty, rectification, pause('2026-03-20'))
    expect(paused).toMatchObject({ dueOn: '2026-04-03', pausedWorkdays: 8 })
    onDay('2026-03-13')
    expect(await takeStep(ctx, people.duty, paused, { step: 'resume' })).toMatchObject({
      dueOn: '2026-03-27',
      atRiskOn: '2026-03-25',
      pausedWorkdays: 3,
      pause: null,
    })
  })

  test('stops a clock in hours where it is, and lets it go on from there', async () => {
    const site = await makeSite(ctx.db, { level: 'city_portal', unit_id: people.unitId })
    const alert = await makeAlert(ctx.db, { site })
    const raised = await raiseRectification(ctx, people.duty, { alertIds: [alert.id] })
    expect(raised).toMatchObject({ dueAt: new Date(TUESDAY + 4 * HOUR).toISOString(), dueHours: 4 })
    ctx.clock.advance(HOUR)
    const paused = await takeStep(ctx, people.duty, raised, pause('2026-03-11'))
    const over = startOfDay('2026-03-12')
    expect(paused, 'three hours are left when it is over').toMatchObject({
      ...{ dueAt: new Date(over + 3 * HOUR).toISOString(), dueOn: '2026-03-12', dueHours: 4 },
      pausedWorkdays: 1,
    })
    ctx.clock.set(over - 1)
    expect([isPaused(paused, over - 1), isOverdue(paused, over - 1)]).toEqual([true, false])
    expect(await told(raised.id)).toEqual([])
    expect([isOverdue(paused, over + 3 * HOUR), isOverdue(paused, over + 3 * HOUR + 1)]).toEqual([
      false,
      true,
    ])

    onDay('2026-03-11')
    expect(
      await takeStep(ctx, people.duty, paused, { step: 'resume' }),
      'three hours are left at once',
    ).toMatchObject({
      ...{ dueAt: new Date(ctx.clock.now() + 3 * HOUR).toISOString(), dueOn: '2026-03-11' },
      ...{ pause: null, pausedWorkdays: 1 },
    })
  })

  test('just before the due day does not warn until it is over', async () => {
    const rectification = await newRectification(1)
    await takeStep(ctx, people.duty, rectification, pause('2026-03-16'))
    onDay('2026-03-16')
    expect(await told(rectification.id)).toEqual([])
    onDay('2026-03-17')
    expect(await told(rectification.id)).toEqual(['rectification.atRisk'])
  })

  test('is capped, lies ahead, is not for what is late or paused, and is the working group’s to grant', async () => {
    const rectification = await newRectification()
    expect(
      (await refused(takeStep(ctx, people.duty, rectification, pause('2026-06-30')), 'invalid')).message,
    ).toContain('60 个工作日')
    await refused(takeStep(ctx, people.duty, rectification, pause('2026-03-10')), 'invalid')
    await refused(takeStep(ctx, people.tianhe, rectification, pause('2026-03-12')), 'forbidden')
    await refused(takeStep(ctx, people.duty, rectification, { step: 'resume' }), 'conflict')
    const unknown = await refused(takeStep(ctx, people.duty, rectification, pause('2031-03-10')), 'invalid')
    expect(unknown.message, 'nobody knows the holidays of that year').toContain('放假安排')
    const paused = await takeStep(ctx, people.duty, rectification, pause('2026-03-12'))
    await refused(takeStep(ctx, people.duty, paused, pause('2026-03-13')), 'conflict')
    onDay('2026-03-27')
    const late = await refused(takeStep(ctx, people.duty, paused, pause('2026-03-31')), 'conflict')
    expect(late.message).toContain('已逾期，不能办理这一步；可以交办、受理、报告完成、延期、人工办结')
  })
})

test('one step with many: each is taken or refused by itself', async () => {
  const [one, two] = [await newRectification(), await newRectification()]
  await takeStep(ctx, people.duty, two, { step: 'accept' })
  const outcomes = await takeSteps(ctx, people.duty, [one, two, { id: 999_999, version: 1 }], {
    step: 'extend',
    dueWorkdays: 3,
    reason: '统一延期',
  })
  expect(outcomes).toMatchObject([
    { id: one.id, rectification: { dueOn: '2026-03-27' } },
    { id: two.id, refusal: { code: 'conflict' } },
    { id: 999_999, refusal: { code: 'not_found' } },
  ])
})
