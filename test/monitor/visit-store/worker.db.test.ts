import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Jobs, startJobs } from '../../../server/base/jobs.ts'
import { PACK_AFTER_DAYS } from '../../../server/monitor/visit-store/packing.ts'
import { partitionDays, utcDay } from '../../../server/monitor/visit-store/partitions.ts'
import { visitsBetween } from '../../../server/monitor/visit-store/queries.ts'
import { PACK_QUEUE, startPackWorker } from '../../../server/monitor/visit-store/worker.ts'
import { DAY } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { until } from '../../support/until.ts'
import { addVisits, spaced } from '../../support/visits/visits.ts'

let fresh: FreshDatabase
let ctx: TestContext
const machines: Jobs[] = []

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
})
afterAll(async () => {
  for (const jobs of machines) await jobs.stop()
  await fresh.drop()
})

it('two machines pack what is due between them, and drop what is too old', async () => {
  const today = utcDay(ctx.clock.now())
  const ids: number[] = []
  for (let n = 0; n < 18; n++) {
    const { id } = await makeSite(ctx.db)
    await addVisits(ctx.db, id, spaced(today * DAY, DAY / 2, 2 * (PACK_AFTER_DAYS + 4)))
    ids.push(id)
  }
  const { id: old } = await makeSite(ctx.db)
  await addVisits(ctx.db, old, [{ at: ctx.clock.now() - 92 * DAY }])
  const before = await visitsBetween(ctx.db, ids, 0, ctx.clock.now())
  for (let n = 0; n < 2; n++) {
    const jobs = await startJobs(
      ctx,
      { query: (text, values) => fresh.connection.pool.query(text, values), alone: fresh.connection.alone },
      true,
    )
    machines.push(jobs)
    await startPackWorker(ctx, jobs)
    await jobs.send(PACK_QUEUE, {})
  }
  const lastDue = today - PACK_AFTER_DAYS - 1
  await until('no day is plain that is due', async () => {
    const plain = [...(await partitionDays(ctx.db, 'visit')), ...(await partitionDays(ctx.db, 'visit_hour'))]
    return plain.every((day) => day > lastDue)
  })
  expect(await partitionDays(ctx.db, 'packed_visit')).toEqual([
    lastDue - 3,
    lastDue - 2,
    lastDue - 1,
    lastDue,
  ])
  expect(await visitsBetween(ctx.db, ids, 0, ctx.clock.now())).toEqual(before)
  expect(await visitsBetween(ctx.db, [old], 0, ctx.clock.now())).toEqual(new Map())
}, 60_000)
