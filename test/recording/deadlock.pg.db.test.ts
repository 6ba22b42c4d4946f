import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, connect } from '../../server/base/db/connect.ts'
import { recordVisits } from '../../server/recording/record.ts'
import { type TestContext, testContext } from '../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { waitingForLocks } from '../support/databases/waiting.ts'
import { makeSite } from '../support/make.ts'
import { until } from '../support/until.ts'
import { visitOf } from '../support/visits/visited.ts'

/* Two transactions that take the same rows in another order: PostgreSQL ends one of them. */

let fresh: FreshDatabase
let hasty: Connection
let ctx: TestContext
beforeAll(async () => {
  fresh = await freshDatabase()
  // Time enough for the other to come into the way, and less patience than the other has: the recording is ended.
  hasty = await connect({ ...fresh, databaseUrl: `${fresh.databaseUrl}?options=-c%20deadlock_timeout%3D3s` })
  ctx = testContext(hasty)
})
afterAll(async () => {
  await hasty?.close()
  await fresh?.drop()
})

test('who takes the same sites the other way round does not keep visits from being stored at once', async () => {
  const [first, second] = [await makeSite(ctx.db), await makeSite(ctx.db)]
  const lock = (id: number) => sql`select 1 from site_state where site_id = ${id} for update`
  const nowMs = ctx.clock.now()
  let recorded: Promise<unknown> | undefined
  await fresh.db.transaction().execute(async (tx) => {
    await sql`set local deadlock_timeout = '60s'`.execute(tx)
    await lock(second.id).execute(tx)
    recorded = recordVisits(ctx, [visitOf(first, nowMs), visitOf(second, nowMs)])
    await until(
      'the recording has the first and waits for the second',
      async () => (await waitingForLocks(ctx.db)) === 1,
    )
    await lock(first.id).execute(tx)
  })
  await recorded
  const { rows } = await sql<{ count: number }>`select count(*) from visit`.execute(ctx.db)
  expect(Number(rows[0]?.count)).toBe(2)
})
