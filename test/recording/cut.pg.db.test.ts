import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../server/base/clock.ts'
import { demoRegister } from '../../server/demo/cast/register.ts'
import { outagesBetween } from '../../server/demo/fleet/script.ts'
import { type Fleet, startFleet } from '../../server/demo/fleet/server.ts'
import { type Monitor, startMonitor } from '../../server/recording/monitor.ts'
import { HOUR, MINUTE, SECOND } from '../../shared/base/time.ts'
import { type TestContext, testContext } from '../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { makeSite } from '../support/make.ts'
import { patient } from '../support/run/patience.ts'
import { until } from '../support/until.ts'

const INTERVAL_S = 5
const CUT_MS = 12 * SECOND

let fresh: FreshDatabase
let ctx: TestContext
let fleet: Fleet
let monitor: Monitor

/** Sites whose script has nothing in store for them just now. */
function calmSites(count: number) {
  const now = systemClock.now()
  return demoRegister()
    .filter((site) => outagesBetween(site, now - HOUR, now + 10 * MINUTE).length === 0)
    .slice(0, count)
}

beforeAll(async () => {
  fresh = await freshDatabase()
  const sites = calmSites(60)
  fleet = await startFleet({ sites, now: systemClock.now })
  const base = testContext(fresh)
  ctx = { ...base, clock: { ...base.clock, now: systemClock.now } }
  const at = new Date(systemClock.now())
  for (const { scheme, host, platform } of sites) {
    const port = scheme === 'https' ? fleet.httpsPort : fleet.httpPort
    const url = `${scheme}://${host}:${port}/`
    await makeSite(ctx.db, { url, platform, demo: true, interval_s: INTERVAL_S }, { next_visit_at: at }, at)
  }
  monitor = await startMonitor(
    ctx,
    fleet,
    () => {},
    () => 0,
  )
})
afterAll(async () => {
  await monitor.stop()
  await fleet.close()
  await fresh.drop()
})

async function cut(down: boolean): Promise<void> {
  await fetch(`http://127.0.0.1:${fleet.controlPort}/__fleet/line`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ down }),
  })
}

async function visitsSince(ms: number): Promise<number> {
  const rows = await ctx.db.selectFrom('visit').select('site_id').where('at', '>=', new Date(ms)).execute()
  return rows.length
}

const availabilities = async () => {
  const rows = await ctx.db.selectFrom('site_state').select('availability').execute()
  return new Set(rows.map((row) => row.availability))
}
const lineAlert = () =>
  ctx.db.selectFrom('alert').select(['status', 'evidence']).where('rule', '=', 'LINE').execute()
const liveAlerts = () =>
  ctx.db
    .selectFrom('alert')
    .select('rule')
    .where('status', '<>', 'resolved')
    .where('rule', '<>', 'V2')
    .execute()

it('cutting the line to all sites blames none of them, counts nothing and raises one alert', {
  timeout: patient(90_000),
}, async () => {
  const start = systemClock.now()
  await until('every site was visited twice', async () => (await visitsSince(start)) >= 120, 30_000)
  await until('every site is well', async () => (await availabilities()).size === 1, 30_000)
  await cut(true)
  const cutAt = systemClock.now()
  await until('the line is in doubt', async () => (await lineAlert()).length > 0, 10_000)
  expect(systemClock.now() - cutAt).toBeLessThan(patient(6 * SECOND))
  await until('the cut has lasted', async () => systemClock.now() - cutAt >= CUT_MS, CUT_MS + 1_000)
  expect(await availabilities(), 'during the cut').toEqual(new Set(['up']))
  expect(await liveAlerts()).toEqual([{ rule: 'LINE' }])
  await cut(false)
  await until(
    'the line is trusted again',
    async () => (await lineAlert()).some((alert) => alert.status === 'resolved'),
    20_000,
  )
  const mendedAt = systemClock.now()
  await until('every site was visited again', async () => (await visitsSince(mendedAt)) >= 60, 20_000)
  expect(await lineAlert(), 'one incident').toHaveLength(1)
  expect(await availabilities(), 'afterwards').toEqual(new Set(['up']))
  expect(await liveAlerts()).toEqual([])
  const visits = await ctx.db.selectFrom('visit').select(['outcome', 'excluded']).execute()
  const failed = visits.filter((visit) => visit.outcome === 1)
  expect(failed.length, 'the cut was felt').toBeGreaterThan(60)
  expect(
    failed.filter((visit) => !visit.excluded),
    'and held against nobody',
  ).toEqual([])
  const hours = await ctx.db.selectFrom('visit_hour').select(['failed', 'excluded']).execute()
  expect(hours.reduce((sum, hour) => sum + hour.failed, 0)).toBe(0)
  expect(hours.reduce((sum, hour) => sum + hour.excluded, 0)).toBeGreaterThanOrEqual(failed.length)
})
