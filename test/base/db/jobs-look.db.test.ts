import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Jobs, queue, startJobs } from '../../../server/base/jobs.ts'
import { testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { until } from '../../support/until.ts'

const QUEUES = Array.from({ length: 12 }, (_, n) => queue(`look.${n}`))

let fresh: FreshDatabase
let worker: Jobs
let web: Jobs
const SEVENTH = QUEUES[7] ?? queue('none')
const done: string[] = []
/** The queues that a job was asked of, one at a time. */
const asked: unknown[] = []

beforeAll(async () => {
  fresh = await freshDatabase()
  const { pool, alone } = fresh.connection
  const query = (text: string, values: unknown[]) => {
    if (/for update skip locked/i.test(text)) asked.push(values[0])
    return pool.query(text, values)
  }
  const ctx = testContext(fresh)
  worker = await startJobs(ctx, { query, alone }, true)
  web = await startJobs(ctx, { query: (text, values) => pool.query(text, values), alone }, false)
  for (const one of QUEUES) await worker.work(one, 1, async () => void done.push(one))
})
afterAll(async () => {
  await Promise.all([worker.stop(), web.stop()])
  await fresh.drop()
})

test('what another process asks for is done soon, and queues without work are left alone', async () => {
  await until('each queue was looked at as it began', () => QUEUES.every((one) => asked.includes(one)))
  asked.length = 0
  await web.send(SEVENTH, {})
  await web.send(SEVENTH, {})
  await until('both jobs are done', () => done.length === 2)
  expect(done).toEqual([SEVENTH, SEVENTH])
  expect(asked.filter((one) => String(one).startsWith('look.') && one !== SEVENTH)).toEqual([])
})
