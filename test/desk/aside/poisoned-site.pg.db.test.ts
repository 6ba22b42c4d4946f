import { loadavg } from 'node:os'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '../../../server/app/app.ts'
import { parseConfig } from '../../../server/base/config.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { type PreparedDatabase, prepareDatabase } from '../../support/database.ts'
import { refuse } from '../../support/databases/refuse.ts'
import { buildCity, type TestCity, withDatabase } from '../../support/registers/city.ts'
import { patient } from '../../support/run/patience.ts'
import { until } from '../../support/until.ts'

/* One site of 640 whose visits the database refuses for ever, on real sockets and a real PostgreSQL. */

const SITES = 640
const INTERVAL_S = 30
/** The poisoned one is visited more often: it fails again and again while this looks. */
const POISONED_S = 5
const LOOK_MS = 20 * SECOND
/** What is promised is 2 s; a machine that does something else besides is given more. */
const BOUND_MS = 10 * SECOND

let database: PreparedDatabase
let city: TestCity
let app: App
let poisoned: number

beforeAll(async () => {
  database = await prepareDatabase()
  const databaseUrl = database.databaseUrl ?? ''
  city = await buildCity({ databaseUrl, dataDir: '' }, SITES)
  poisoned = city.rows[SITES / 2]?.id ?? 0
  await withDatabase(databaseUrl, async (db) => {
    await db.updateTable('site').set({ interval_s: POISONED_S }).where('id', '=', poisoned).execute()
    await refuse(db, 'visit', `new.site_id = ${poisoned}`)
    // Spread over the interval from the time on that the product needs to start.
    await sql`
      update site_state set next_visit_at = now() + interval '3 s' + interval '1 s' *
        ((row_number - 1) * ${INTERVAL_S}::float8 / ${SITES})
      from (select site_id as id, row_number() over (order by site_id) from site_state) n where n.id = site_id
    `.execute(db)
  })
  const env = { ...city.env, PORT: '0', VISIT_INTERVAL: String(INTERVAL_S), WEEKLY_SCANS: '0' }
  const config = parseConfig({ ...env, DATABASE_URL: databaseUrl, DATA_DIR: database.dataDir }, [])
  app = await startApp(config, { log: pino({ level: 'silent' }) })
}, patient(120_000))
afterAll(async () => {
  await app?.stop()
  await city?.close()
  await database?.drop()
})

test('never keeps the freshest record of the others from being fresh', {
  timeout: patient(120_000),
}, async () => {
  await withDatabase(database.databaseUrl ?? '', async (db) => {
    const times = async () =>
      (await db.selectFrom('set_aside').select('times').where('site_id', '=', poisoned).executeTakeFirst())
        ?.times ?? 0
    await until('it has been set aside', async () => (await times()) > 0, 60 * SECOND)
    const before = await times()
    const endMs = Date.now() + LOOK_MS
    let oldestMs = 0
    while (Date.now() < endMs) {
      const { rows } = await sql<{ age: number }>`
        select 1000 * extract(epoch from clock_timestamp() - max(last_visit_at))::float8 as age
        from site_state where site_id <> ${poisoned}
      `.execute(db)
      oldestMs = Math.max(oldestMs, rows[0]?.age ?? Number.POSITIVE_INFINITY)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const more = (await times()) - before
    console.info(
      `the others' freshest record was never older than ${Math.round(oldestMs)} ms; the poisoned site was set aside ${more} times more; load ${loadavg()[0]?.toFixed(1)}`,
    )
    expect(more, 'it failed again and again meanwhile').toBeGreaterThan(0)
    expect(oldestMs).toBeLessThan(BOUND_MS)
    const open = await db
      .selectFrom('set_aside')
      .select(['kind', 'site_id'])
      .where('ended_at', 'is', null)
      .execute()
    expect(open).toEqual([{ kind: 'visit', site_id: poisoned }])
    const alarms = await db.selectFrom('alert').select('status').where('rule', '=', 'ASIDE').execute()
    expect(alarms).toEqual([{ status: 'open' }])
  })
})
