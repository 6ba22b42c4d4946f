import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Claims } from '../../../server/monitor/schedule/claims/claims.ts'
import { DAY, HOUR, SECOND } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refuse } from '../../support/databases/refuse.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'

/* A monitor that starts while another one is at work. */

let fresh: FreshDatabase
let ctx: TestContext
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
})
afterAll(() => fresh.drop())

const starting = () =>
  new Claims({
    ...{ ctx, later: () => [], loopLateMs: () => 0, capacityPerS: () => 100 },
    onStall: async () => {},
  })
/** In so many seconds the site has its turn. */
async function turnInS({ id }: MadeSite): Promise<number> {
  const { next_visit_at } = await ctx.db
    .selectFrom('site_state')
    .select('next_visit_at')
    .where('site_id', '=', id)
    .executeTakeFirstOrThrow()
  return (next_visit_at.getTime() - ctx.clock.now()) / SECOND
}
const made = (inMs: number) => makeSite(ctx.db, {}, { next_visit_at: new Date(ctx.clock.now() + inMs) })

test('sites whose visit is being stored keep no monitor from starting, and are brought into turn when that is done', async () => {
  const [held, overdue] = [await made(DAY), await made(-HOUR)]
  const claims = starting()
  await fresh.db.transaction().execute(async (tx) => {
    await sql`select from site_state where site_id = ${held.id} for update`.execute(tx)
    await claims.spread()
    expect(await turnInS(overdue)).toBeGreaterThanOrEqual(0)
    expect(await turnInS(overdue)).toBeLessThanOrEqual(75)
  })
  expect(await turnInS(held)).toBe(DAY / SECOND)
  const before = await turnInS(overdue)
  ctx.clock.advance(10 * SECOND)
  await claims.take([])
  expect(await turnInS(held)).toBeLessThanOrEqual(75)
  expect(await turnInS(overdue), 'what was brought into turn stays in it').toBeCloseTo(before - 10, 3)
})

test('a monitor starts though what is overdue cannot be brought into turn, and tries again', async () => {
  const far = await made(DAY)
  const pass = await refuse(ctx.db, 'site_state', 'true')
  const claims = starting()
  await claims.spread()
  await pass()
  expect(await turnInS(far)).toBe(DAY / SECOND)
  ctx.clock.advance(10 * SECOND)
  await claims.take([])
  expect(await turnInS(far)).toBeLessThanOrEqual(75)
})
