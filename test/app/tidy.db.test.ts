import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startWatchdog } from '../../server/app/watchdog.ts'
import { parseConfig } from '../../server/base/config.ts'
import { handTimers } from '../support/clock.ts'
import { type TestContext, testContext } from '../support/context.ts'
import { databaseKind, type FreshDatabase, freshDatabase } from '../support/database.ts'
import { makeSite } from '../support/make.ts'

const SITES = 60

let fresh: FreshDatabase
let ctx: TestContext
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  for (let n = 0; n < SITES; n++) await makeSite(fresh.db)
})
afterAll(() => fresh.drop())

/** The first look of a watchdog, of a database that is where this address is; without one, the embedded. */
async function look(databaseUrl: string | undefined): Promise<void> {
  const timers = handTimers()
  const config = parseConfig({ DATABASE_URL: databaseUrl, READER_THREADS: '0', RENDER: 'off' }, [])
  const watchdog = startWatchdog({ ...ctx, config }, timers)
  timers.pass()
  await watchdog.stop()
}

/** Every site has its turns of five minutes and more. */
async function visit(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await sql`update site_state set next_visit_at = next_visit_at + interval '5 minutes'`.execute(fresh.db)
  }
  await sql`select pg_stat_force_next_flush()`.execute(fresh.db)
}

/** Bytes of what is kept of the states of sites, and whether the planner knows what is in them. */
async function states(): Promise<{ bytes: number; isKnown: boolean }> {
  const { rows } = await sql<{ bytes: number; isKnown: boolean }>`
    select pg_relation_size('site_state') + pg_indexes_size('site_state') as bytes,
      exists (select from pg_stats where tablename = 'site_state') as "isKnown"`.execute(fresh.db)
  return rows[0] ?? { bytes: Number.NaN, isKnown: false }
}

/** So many times five minutes, with a look at the end of each. */
async function pass(times: number, databaseUrl: string | undefined): Promise<void> {
  for (let n = 0; n < times; n++) {
    await visit()
    await look(databaseUrl)
  }
}

it.runIf(databaseKind === 'embedded')(
  'another database than the embedded one is left to itself',
  async () => {
    await pass(1, 'postgres://db/siteward')
    const { bytes } = await states()
    await pass(10, 'postgres://db/siteward')
    const grown = await states()
    expect(grown.bytes).toBeGreaterThan(2 * bytes)
    expect(grown.isKnown).toBe(false)
  },
)

it.runIf(databaseKind === 'embedded')(
  'the embedded database stays as large as it is, however often sites are visited, and knows what it holds',
  async () => {
    await pass(3, undefined)
    const { bytes } = await states()
    await pass(10, undefined)
    expect(await states()).toEqual({ bytes, isKnown: true })
  },
)
