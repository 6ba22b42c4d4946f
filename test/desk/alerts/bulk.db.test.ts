import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandAlert, commandAlerts, type Outcome } from '../../../server/desk/alerts/service.ts'
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

const newAlert = async (district = '440106') =>
  makeAlert(ctx.db, { site: await makeSite(ctx.db, { district }) })
const acknowledge = { action: 'acknowledge', note: '平台故障' } as const
const short = (outcomes: Outcome[]) =>
  outcomes.map((outcome) => ('alert' in outcome ? outcome.alert.status : outcome.refusal.code))

test('each alert has its own result, in the order asked', async () => {
  const [fine, taken, old, elsewhere] = await Promise.all([
    newAlert(),
    newAlert(),
    newAlert(),
    newAlert('440105'),
  ])
  await commandAlert(ctx, people.colleague, taken, acknowledge)
  await commandAlert(ctx, people.duty, old, {
    action: 'silence',
    until: new Date(ctx.clock.now() + 60_000).toISOString(),
    reason: '维护',
  })
  const items = [elsewhere, old, fine, taken, fine, { id: 999_999, version: 1 }]

  let outcomes: Outcome[] = []
  const facts = await ctx.told(async () => {
    outcomes = await commandAlerts(ctx, people.tianhe, items, acknowledge)
  })
  expect(short(outcomes)).toEqual([
    'not_found',
    'conflict',
    'acknowledged',
    'conflict',
    'conflict',
    'not_found',
  ])
  expect(
    outcomes.map((outcome) => outcome.id),
    'one for each that was asked for',
  ).toEqual(items.map((item) => item.id))
  expect(outcomes[1]).toMatchObject({
    refusal: { message: expect.stringContaining('已被 王敏 于 10:00 静默') },
  })
  expect(outcomes[3]).toMatchObject({ refusal: { message: expect.stringContaining('陈浩') } })
  expect(
    facts.map((fact) => [fact.kind, fact.siteId]),
    'one fact for the one success',
  ).toEqual([['alert.acknowledged', fine.site_id]])
})

test('assigning to somebody succeeds where that person may see the site', async () => {
  const [tianhe, haizhu] = await Promise.all([newAlert(), newAlert('440105')])
  const outcomes = await commandAlerts(ctx, people.duty, [tianhe, haizhu], {
    action: 'assign',
    assigneeId: people.tianhe.id,
  })
  expect(short(outcomes)).toEqual(['open', 'invalid'])
})

test('a command that is wrong in itself is refused as a whole', async () => {
  const alert = await newAlert()
  const past = new Date(ctx.clock.now() - 1).toISOString()
  await refused(commandAlerts(ctx, people.duty, [alert], { ...acknowledge, until: past }), 'invalid')
})

test('two people who sweep the same hundred alerts at once share them without a double and without waiting in a circle', async () => {
  const alerts = await Promise.all(Array.from({ length: 100 }, () => newAlert()))
  const [one, two] = await Promise.all([
    commandAlerts(ctx, people.duty, alerts, acknowledge),
    commandAlerts(ctx, people.colleague, [...alerts].reverse(), acknowledge),
  ])
  const won = [...short(one), ...short(two)].filter((result) => result === 'acknowledged')
  expect(won).toHaveLength(100)
})

test('five hundred alerts are done at once, their facts in the order asked', async () => {
  const alerts = []
  for (let i = 0; i < 500; i++) {
    alerts.push(await makeAlert(ctx.db, { site: await makeSite(ctx.db, { unit_id: people.unitId }) }))
  }
  const asked = [...alerts].reverse()
  let outcomes: Outcome[] = []
  const facts = await ctx.told(async () => {
    outcomes = await commandAlerts(ctx, people.duty, asked, acknowledge)
  })
  expect(new Set(short(outcomes))).toEqual(new Set(['acknowledged']))
  expect(facts.map((fact) => fact.siteId)).toEqual(asked.map((alert) => alert.site_id))
})
