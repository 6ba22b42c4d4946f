import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Jobs, makeQueues, queue, startJobs } from '../../../server/base/jobs.ts'
import { testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'

const [FIRST, SECOND] = [queue('queues.first'), queue('queues.second')]

let fresh: FreshDatabase
let jobs: Jobs | null = null
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(async () => {
  await jobs?.stop()
  await fresh.drop()
})

test('queues that were made before the first start are found there, with the options of any other', async () => {
  const { pool, alone } = fresh.connection
  const made: unknown[] = []
  const query = (text: string, values: unknown[]) => {
    if (text.includes('create_queue(')) made.push(values?.[0])
    return pool.query(text, values)
  }
  await makeQueues({ query, alone })
  expect(made).toContain(FIRST)
  const { rows } = await pool.query(
    'select name, retry_limit, expire_seconds from pgboss.queue order by name',
  )
  const options = { retry_limit: 5, expire_seconds: 180 }
  for (const name of [FIRST, SECOND]) expect(rows).toContainEqual({ name, ...options })
  made.length = 0
  jobs = await startJobs(testContext(fresh), { query, alone }, true)
  await jobs.work(FIRST, 1, async () => {})
  await jobs.send(SECOND, {})
  expect(made).not.toContain(FIRST)
  expect(made).not.toContain(SECOND)
})
