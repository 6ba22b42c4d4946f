import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Jobs, queue, startJobs } from '../../../server/base/jobs.ts'
import { testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { until } from '../../support/until.ts'

const QUEUE = queue('away')

let fresh: FreshDatabase
let jobs: Jobs
/** Whether the line of the background work to its database is cut. */
let isAway = false
const logged: string[] = []
const faults: unknown[] = []
const note = (error: unknown) => void faults.push(error)

beforeAll(async () => {
  fresh = await freshDatabase()
  const { pool, alone } = fresh.connection
  const query = async (text: string, values: unknown[]) => {
    if (isAway) throw new Error('Connection terminated unexpectedly')
    return pool.query(text, values)
  }
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
  jobs = await startJobs({ ...testContext(fresh), log }, { query, alone }, true)
  process.on('unhandledRejection', note)
})
afterAll(async () => {
  process.off('unhandledRejection', note)
  isAway = false
  await jobs.stop()
  await fresh.drop()
})

const notStored = () => logged.filter((line) => line.includes('the end of a job could not be stored')).length

async function states(): Promise<string[]> {
  const { rows } = await sql<{ state: string }>`
    select state::text as state from pgboss.job where name = ${QUEUE} order by data ->> 'n'`.execute(fresh.db)
  return rows.map(({ state }) => state)
}

test('jobs that end while the database is away end nothing else, and those after them are done', async () => {
  await jobs.work<{ n: number }>(QUEUE, 1, async ({ n }) => {
    isAway = n < 3
    if (n === 2) throw new Error('Connection terminated unexpectedly')
  })
  await jobs.send(QUEUE, { n: 1 })
  await until('the end of one that was done is not stored', () => notStored() === 1)
  isAway = false
  await jobs.send(QUEUE, { n: 2 })
  await until('the end of one that failed is not stored', () => notStored() === 2)
  isAway = false
  await jobs.send(QUEUE, { n: 3 })
  await until('the next is done', async () => (await states()).at(-1) === 'completed')
  expect(await states(), 'the others are begun anew when their time is over').toEqual([
    'active',
    'active',
    'completed',
  ])
  expect(faults, 'what would end the process').toEqual([])
})
