import { afterAll, beforeAll, test } from 'vitest'
import type { Timers } from '../../../server/base/clock.ts'
import { cityPace } from '../../../server/monitor/pace/queries.ts'
import { type Behind, PaceTeller } from '../../../server/monitor/pace/teller.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { until } from '../../support/until.ts'

let fresh: FreshDatabase
let ctx: TestContext

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
})
afterAll(() => fresh.drop())

test('who falls behind says what is asked for now, and not what was asked for before', async () => {
  let look = () => {}
  let askedPerS = 67
  let behind: Behind = { ms: 0, isTooMuch: false }
  const timers: Timers = {
    after: () => () => {},
    every: (_ms, act) => {
      look = act
      return () => {}
    },
  }
  const sources = {
    behind: () => behind,
    donePerS: () => 500,
    ask: async () => ({ askedPerS, due: 0 }),
    onGone: async () => true,
  }
  const teller = new PaceTeller(ctx, timers, sources)
  teller.start()
  const told = async (wanted: number) => {
    ctx.clock.advance(10 * SECOND)
    await until(`${wanted} are asked for`, async () => {
      look()
      return (await cityPace(ctx.db, ctx.clock.now()))?.askedPerS === wanted
    })
  }
  await told(67)
  askedPerS = 1_000
  behind = { ms: 20 * SECOND, isTooMuch: true }
  await told(1_000)
  await teller.stop()
})
