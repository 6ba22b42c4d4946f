import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Jobs, startJobs } from '../../../server/base/jobs.ts'
import { startScan } from '../../../server/monitor/links/service.ts'
import { scheduleScans, sendSlice } from '../../../server/monitor/links/worker.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let jobs: Jobs
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  const { pool, alone } = fresh.connection
  // It sends what nobody does.
  jobs = await startJobs(ctx, { query: (text, values) => pool.query(text, values), alone }, false)
})
afterAll(async () => {
  await jobs.stop()
  await fresh.drop()
})

/** Jobs that wait for somebody to go on with a scan. */
async function waiting(scanId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pgboss.job
    where name = 'links.slice' and state = 'created' and data ->> 'scanId' = ${String(scanId)}
  `.execute(ctx.db)
  return rows[0]?.n ?? 0
}

test('a scan that nobody has come to in an hour is asked for once, not once a minute', async () => {
  const scans = []
  for (let n = 0; n < 3; n++) {
    const { id: siteId } = await makeSite(ctx.db, { unit_id: people.unitId })
    const scan = await startScan(ctx, people.owner, siteId, {})
    await sendSlice(jobs, scan.id)
    scans.push(scan.id)
  }
  for (let n = 0; n < 60; n++) {
    ctx.clock.advance(MINUTE)
    await scheduleScans(ctx, (scanId) => sendSlice(jobs, scanId))
  }
  expect(await Promise.all(scans.map(waiting))).toEqual([1, 1, 1])
})

test('one that is to go on later is asked for now where somebody wants it now', async () => {
  const scanId = 1_000_000
  await sendSlice(jobs, scanId, MINUTE)
  await sendSlice(jobs, scanId, 2 * MINUTE)
  expect(await waiting(scanId)).toBe(1)
  await sendSlice(jobs, scanId)
  await sendSlice(jobs, scanId)
  await sendSlice(jobs, scanId, MINUTE)
  expect(await waiting(scanId)).toBe(2)
})

test('one that is being worked on is asked for again, by whoever works on it', async () => {
  const scanId = 1_000_001
  await sendSlice(jobs, scanId)
  await sql`update pgboss.job set state = 'active' where data ->> 'scanId' = ${String(scanId)}`.execute(
    ctx.db,
  )
  await sendSlice(jobs, scanId)
  expect(await waiting(scanId)).toBe(1)
})
