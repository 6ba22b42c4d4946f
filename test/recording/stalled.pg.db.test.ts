import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimDueSites } from '../../server/monitor/schedule/queries.ts'
import { recordVisits } from '../../server/recording/record.ts'
import { markStalled } from '../../server/recording/stall.ts'
import { HOUR } from '../../shared/base/time.ts'
import { type TestContext, testContext } from '../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { waitingForLocks } from '../support/databases/waiting.ts'
import { type MadeSite, makeSite } from '../support/make.ts'
import { until } from '../support/until.ts'
import { visitOf } from '../support/visits/visited.ts'

/* Many sites are overdue at once: by the time that this is noted of the last of them, others are measured again. */

let fresh: FreshDatabase
let ctx: TestContext
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
})
afterAll(() => fresh.drop())

const standing = ({ id }: MadeSite) =>
  ctx.db
    .selectFrom('site_state')
    .select(['availability', 'cause'])
    .where('site_id', '=', id)
    .executeTakeFirstOrThrow()

test('a site that was measured while others were being noted as not measured stays up', async () => {
  const [held, measured] = [await makeSite(ctx.db), await makeSite(ctx.db)]
  const nowMs = ctx.clock.advance(HOUR)
  const now = new Date(nowMs)
  let marked: Promise<void> | undefined
  await fresh.db.transaction().execute(async (tx) => {
    await sql`select from site_state where site_id = ${held.id} for update`.execute(tx)
    marked = markStalled(ctx, nowMs)
    await until(
      'both were found overdue, and the first is waited for',
      async () => (await waitingForLocks(ctx.db)) === 1,
    )
    const due = await claimDueSites(ctx.db, { now, limit: 10, defaultIntervalS: 300, demoIntervalS: 30 })
    expect(due).toMatchObject([{ siteId: measured.id }])
    await recordVisits(ctx, [visitOf(measured, nowMs)])
  })
  await marked
  expect(await standing(held)).toEqual({ availability: 'unknown', cause: 'stalled' })
  expect(await standing(measured)).toEqual({ availability: 'up', cause: null })
})
