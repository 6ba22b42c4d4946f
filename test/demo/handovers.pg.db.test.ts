import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureDemoUsers } from '../../server/demo/accounts.ts'
import { ensureDemoDuty, ensureDemoHandovers } from '../../server/demo/duty.ts'
import { loadDemoRegister } from '../../server/demo/register.ts'
import { type TestContext, testContext } from '../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'

let fresh: FreshDatabase
let ctx: TestContext
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  await loadDemoRegister(ctx, { http: 80, https: 443 })
  await ensureDemoUsers(ctx)
})
afterAll(() => fresh.drop())

it('the demo has handed over at the desks that one can sign in for, and its roster begins before today', async () => {
  const { db } = ctx
  await ensureDemoDuty(ctx)
  await ensureDemoHandovers(ctx)
  const notes = await db
    .selectFrom('duty_handover')
    .select(['district', (eb) => eb.fn.countAll<number>().as('n')])
    .select((eb) => eb.fn.count<number>('signed_by').as('signed'))
    .groupBy('district')
    .orderBy('district')
    .execute()
  expect(notes).toEqual([
    { district: '440106', n: 91, signed: 91 },
    { district: null, n: 91, signed: 90 },
  ])
  const before = await db
    .selectFrom('duty_shift')
    .select('id')
    .where('ends_at', '<=', new Date(ctx.clock.now()))
    .where('district', '=', '440106')
    .execute()
  expect(before).toHaveLength(90)
})
