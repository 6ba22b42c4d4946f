import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Jobs, startJobs } from '../../../server/base/jobs.ts'
import { packDueMs } from '../../../server/monitor/visit-store/ages.ts'
import { partitionDays, utcDay } from '../../../server/monitor/visit-store/partitions.ts'
import { visitsBetween } from '../../../server/monitor/visit-store/queries.ts'
import { PACK_QUEUE, startPackWorker } from '../../../server/monitor/visit-store/worker.ts'
import { DAY } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { patient } from '../../support/run/patience.ts'
import { until } from '../../support/until.ts'
import { addVisits, spaced } from '../../support/visits/visits.ts'

/** So many days before today; the hours of the first ones are due too. */
const DAYS = 12

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

it('two machines pack what is due between them, and drop what is too old', {
  timeout: patient(60_000),
}, async () => {
  const today = utcDay(ctx.clock.now())
  const ids: number[] = []
  for (let n = 0; n < 18; n++) {
    const { id } = await makeSite(ctx.db)
    await addVisits(ctx.db, id, spaced(today * DAY, DAY / 2, 2 * DAYS))
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
  const due = (table: 'visit' | 'visit_hour') => (day: number) => packDueMs(table, day) <= ctx.clock.now()
  await until('no day is plain that is due', async () => {
    const visits = (await partitionDays(ctx.db, 'visit')).filter(due('visit'))
    const hours = (await partitionDays(ctx.db, 'visit_hour')).filter(due('visit_hour'))
    return visits.length + hours.length === 0
  })
  const days = Array.from({ length: DAYS }, (_, n) => today - DAYS + n)
  expect(await partitionDays(ctx.db, 'packed_visit')).toEqual(days.filter(due('visit')))
  expect(await partitionDays(ctx.db, 'visit_hour')).toEqual([
    ...days.filter((day) => !due('visit_hour')(day)),
    today,
  ])
  expect(await visitsBetween(ctx.db, ids, 0, ctx.clock.now())).toEqual(before)
  expect(await visitsBetween(ctx.db, [old], 0, ctx.clock.now())).toEqual(new Map())
})
