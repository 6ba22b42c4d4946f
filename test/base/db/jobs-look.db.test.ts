import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Jobs, startJobs } from '../../../server/base/jobs.ts'
import { testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { until } from '../../support/until.ts'

const QUEUES = Array.from({ length: 12 }, (_, n) => `look.${n}`)

let fresh: FreshDatabase
let worker: Jobs
let web: Jobs
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
  for (const queue of QUEUES) await worker.work(queue, 1, async () => void done.push(queue))
})
afterAll(async () => {
  await Promise.all([worker.stop(), web.stop()])
  await fresh.drop()
})

test('what another process asks for is done soon, and queues without work are left alone', async () => {
  await until('each queue was looked at as it began', () => QUEUES.every((queue) => asked.includes(queue)))
  asked.length = 0
  await web.send('look.7', {})
  await web.send('look.7', {})
  await until('both jobs are done', () => done.length === 2)
  expect(done).toEqual(['look.7', 'look.7'])
  expect(asked.filter((queue) => String(queue).startsWith('look.') && queue !== 'look.7')).toEqual([])
})
