import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Jobs, startJobs } from '../../../server/base/jobs.ts'
import { maintainAside } from '../../../server/desk/aside/facts.ts'
import { packDueMs } from '../../../server/monitor/visit-store/ages.ts'
import { packStep } from '../../../server/monitor/visit-store/packing.ts'
import {
  forgetPartitions,
  partitionDays,
  partitionOf,
  utcDay,
} from '../../../server/monitor/visit-store/partitions.ts'
import { PACK_QUEUE, startPackWorker } from '../../../server/monitor/visit-store/worker.ts'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refuse } from '../../support/databases/refuse.ts'
import { makeSite } from '../../support/make.ts'
import { until } from '../../support/until.ts'
import { addVisits, spaced } from '../../support/visits/visits.ts'

/* A day that cannot be packed. */

const START = Date.parse('2026-02-10T00:00:00Z')
const DAYS = 3
const FIRST = utcDay(START)
let fresh: FreshDatabase
let ctx: TestContext
let siteId: number
let allow: () => Promise<void> = async () => {}

beforeAll(async () => {
  fresh = await freshDatabase()
  siteId = (await makeSite(fresh.db)).id
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  ctx = testContext(fresh)
  for (const table of ['visit', 'visit_hour', 'packed_visit'] as const) {
    for (const day of await partitionDays(fresh.db, table)) {
      await sql`drop table ${sql.table(partitionOf(table, day))} cascade`.execute(fresh.db)
    }
  }
  forgetPartitions(fresh.db)
  await sql`truncate visit_day, packed_hour, pack_draft, set_aside`.execute(fresh.db)
  await addVisits(ctx.db, siteId, spaced(START + DAYS * DAY - HOUR, 6 * HOUR, DAYS * 4))
  ctx.clock.set(packDueMs('visit_hour', FIRST + DAYS - 1))
})
afterEach(async () => {
  await allow()
  allow = async () => {}
})

const plainDays = () => partitionDays(ctx.db, 'visit')
const asides = () => ctx.db.selectFrom('set_aside').selectAll().orderBy('id').execute()
async function packAll(): Promise<void> {
  while (await packStep(ctx)) {}
}

it('is set aside with its visits as they are, and the days after it are packed', async () => {
  allow = await refuse(ctx.db, 'pack_draft', `new.source = 'visit' and new.day = ${FIRST}`)
  await packAll()
  expect(await plainDays()).toEqual([FIRST])
  expect(await partitionDays(ctx.db, 'packed_visit')).toEqual([FIRST, FIRST + 1, FIRST + 2])
  expect(await asides()).toMatchObject([{ kind: 'pack', ref: 'visit_20260210', code: '23514', times: 1 }])
  await packAll()
  expect(await asides(), 'and is not tried at each look').toMatchObject([{ times: 1 }])
  await allow()
  allow = async () => {}
  ctx.clock.advance(DAY + HOUR)
  await maintainAside(ctx)
  await packAll()
  expect(await plainDays(), 'after a day it is tried again').toEqual([])
})

it('for a reason that may pass is left to the next job, and the days after it are packed', async () => {
  await sql`create view witness as select * from visit_20260210`.execute(ctx.db)
  const connection = fresh.connection
  const query = (text: string, values: unknown[]) => connection.pool.query(text, values)
  const jobs: Jobs = await startJobs(ctx, { query, alone: connection.alone }, true)
  try {
    await startPackWorker(ctx, jobs)
    await jobs.send(PACK_QUEUE, {})
    await until('the other days are packed', async () => (await plainDays()).length === 1)
    expect(await plainDays()).toEqual([FIRST])
  } finally {
    await jobs.stop()
  }
  expect(await asides()).toEqual([])
  await sql`drop view witness`.execute(ctx.db)
  await packAll()
  expect(await plainDays()).toEqual([])
})
