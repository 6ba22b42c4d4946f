import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetAcknowledgements } from '../../../server/desk/alerts/forget.ts'
import { findAlert } from '../../../server/desk/alerts/queries.ts'
import { commandAlert } from '../../../server/desk/alerts/service.ts'
import { HOUR } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
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

test('an acknowledgement that runs out opens the alert again, once, and says whose it was', async () => {
  const alert = await makeAlert(ctx.db, { site: await makeSite(ctx.db) })
  await commandAlert(ctx, people.duty, alert, { action: 'acknowledge', note: '处理中' })

  ctx.clock.advance(4 * HOUR - 1)
  expect(await forgetAcknowledgements(ctx, ctx.clock.now()), 'a moment before its end it holds').toBe(0)

  ctx.clock.advance(1)
  const watchdogs = () =>
    Promise.all([forgetAcknowledgements(ctx, ctx.clock.now()), forgetAcknowledgements(ctx, ctx.clock.now())])
  const facts = await ctx.told(watchdogs)
  expect(facts, 'two watchdogs at once tell it once').toMatchObject([
    { kind: 'alert.forgotten', actor: null, data: { text: '王敏', alert: { status: 'open' } } },
  ])
  expect(await findAlert(ctx.db, { kind: 'city' }, alert.id)).toMatchObject({
    status: 'open',
    acknowledgedBy: null,
    acknowledgedUntil: null,
    note: null,
    version: 3,
  })
  expect(await ctx.told(watchdogs)).toEqual([])
})

test('who comes with the version from before is told that the monitor opened it', async () => {
  const alert = await makeAlert(ctx.db, { site: await makeSite(ctx.db) })
  const taken = await commandAlert(ctx, people.duty, alert, { action: 'acknowledge' })
  ctx.clock.advance(4 * HOUR)
  await forgetAcknowledgements(ctx, ctx.clock.now())
  const late = commandAlert(ctx, people.duty, taken, { action: 'resolve', note: '已恢复' })
  await expect(late).rejects.toThrow('已由监测系统于 18:00 收回到期的确认')
})
