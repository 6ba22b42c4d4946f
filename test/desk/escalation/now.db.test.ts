import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Refusal } from '../../../server/base/refusal.ts'
import { findAlert } from '../../../server/desk/alerts/queries.ts'
import { commandAlert } from '../../../server/desk/alerts/service.ts'
import { escalateAlerts, escalateNow } from '../../../server/desk/escalation/escalate.ts'
import { listInbox } from '../../../server/desk/notifications/queries.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

/* Somebody will not wait for the clock, and calls the next level now. */

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let alert: Alert
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await fresh.db.deleteFrom('notification_delivery').execute()
  await fresh.db
    .updateTable('alert')
    .set({ status: 'resolved', resolved_at: new Date(TUESDAY), acknowledged_by: null })
    .execute()
  ctx = testContext(fresh)
  const site = await makeSite(ctx.db, { unit_id: people.unitId })
  const made = await makeAlert(ctx.db, {
    site,
    rule: 'DOWN',
    severity: 'major',
    opened_at: new Date(ctx.clock.now()),
  })
  await escalateAlerts(ctx)
  alert = await current(made.id)
})

async function current(id = alert.id): Promise<Alert> {
  const found = await findAlert(ctx.db, { kind: 'city' }, id)
  if (!found) throw new Error(`no alert ${id}`)
  return found
}
const seen = (one: Alert) => ({ id: one.id, version: one.version, after: one.escalation?.level ?? null })
const titles = async (who: { id: number }) =>
  (await listInbox(ctx.db, who.id, { limit: 9 })).items.map(({ notice }) => notice.title)

test('the next level is called at once, the fact and the notice name who did it', async () => {
  const facts = await ctx.told(() => escalateNow(ctx, people.tianhe, seen(alert)))
  expect(facts).toMatchObject([
    { kind: 'alert.escalated', actor: { name: '李晓燕' }, data: { text: '张磊', alert: { id: alert.id } } },
  ])
  expect(await current()).toMatchObject({ escalation: { level: 'unit' }, status: 'open' })
  expect(await titles(people.owner)).toEqual(['李晓燕 把告警升级至主办单位'])
})

test('who was told is answered; where a level has nobody, that nobody was', async () => {
  const first = await escalateNow(ctx, people.duty, seen(alert))
  expect(first).toMatchObject({ escalation: { level: 'unit' }, called: '张磊' })
  const site = await makeSite(ctx.db)
  const { id } = await makeAlert(ctx.db, { site, opened_at: new Date(ctx.clock.now()) })
  const second = await escalateNow(ctx, people.duty, seen(await current(id)))
  expect(second).toMatchObject({ escalation: { level: 'unit' }, called: null })
})

test('the clock goes on from the level that was called', async () => {
  await escalateNow(ctx, people.duty, seen(alert))
  ctx.clock.advance(89 * MINUTE)
  expect(await ctx.told(() => escalateAlerts(ctx))).toEqual([])
  ctx.clock.advance(31 * MINUTE)
  const facts = await ctx.told(() => escalateAlerts(ctx))
  expect(facts).toMatchObject([{ data: { alert: { escalation: { level: 'district' } } } }])
})

test('level by level to the top, and no further', async () => {
  for (const level of ['unit', 'district', 'workgroup']) {
    const after = await escalateNow(ctx, people.duty, seen(await current()))
    expect(after.escalation?.level).toBe(level)
  }
  await refused(escalateNow(ctx, people.duty, seen(await current())), 'invalid')
})

test('of two who press at once one has called the next level, and the other is told so', async () => {
  const both = await Promise.allSettled([
    escalateNow(ctx, people.duty, seen(alert)),
    escalateNow(ctx, people.colleague, seen(alert)),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await current()).escalation?.level, 'one level, not two').toBe('unit')
  const late = escalateNow(ctx, people.colleague, seen(alert))
  await refused(late, 'conflict')
  const refusal = await late.catch((error: Refusal) => error)
  expect(refusal).toMatchObject({ values: { verb: { word: 'action.alert.escalated' } } })
})

test('nobody does it to what is over, changed meanwhile, out of sight or above his rights', async () => {
  await refused(escalateNow(ctx, people.haizhu, seen(alert)), 'not_found')
  await refused(escalateNow(ctx, people.viewer, seen(alert)), 'forbidden')
  await commandAlert(ctx, people.duty, alert, { action: 'acknowledge' })
  await refused(escalateNow(ctx, people.duty, seen(alert)), 'conflict')
  const taken = await current()
  expect(await escalateNow(ctx, people.duty, seen(taken)), 'also one that somebody has').toMatchObject({
    status: 'acknowledged',
    escalation: { level: 'unit' },
  })
})
