import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { maintainAside } from '../../../server/desk/aside/facts.ts'
import { claimDueSites } from '../../../server/monitor/schedule/queries.ts'
import type { Standing } from '../../../server/monitor/verdicts/judge.ts'
import type { Visited } from '../../../server/monitor/visit/visited.ts'
import { Recorder } from '../../../server/recording/recorder.ts'
import { markStalled } from '../../../server/recording/stall.ts'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { visitOf } from '../../support/visits/visited.ts'

let fresh: FreshDatabase
let ctx: TestContext
let sites: MadeSite[]
let recorder: Recorder

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await ctx.db.deleteFrom('set_aside').execute()
  await ctx.db.deleteFrom('alert').execute()
  sites = []
  for (let n = 0; n < 20; n++) sites.push(await makeSite(ctx.db))
  recorder = new Recorder(ctx)
  ctx.clock.advance(MINUTE)
})

const stateOf = ({ id }: MadeSite) =>
  ctx.db.selectFrom('site_state').selectAll().where('site_id', '=', id).executeTakeFirstOrThrow()
const asides = () => ctx.db.selectFrom('set_aside').selectAll().orderBy('id').execute()
const alarms = () =>
  ctx.db.selectFrom('alert').select(['status', 'severity', 'evidence']).where('rule', '=', 'ASIDE').execute()

/** A visit that the database will not have: no number of it is too large for JavaScript. */
function poisoned(site: MadeSite): Visited {
  const visited = visitOf(site, ctx.clock.now())
  return { ...visited, result: { ...visited.result, status: 99_999 } }
}

async function record(visits: readonly Visited[]): Promise<Map<number, Standing>> {
  const told = new Map<number, Standing>()
  for (const visited of visits) recorder.add(visited, (standing) => told.set(visited.siteId, standing))
  await recorder.flush()
  return told
}

it('one visit that cannot be stored keeps no other from being stored, and is kept and alarmed', async () => {
  const [bad] = sites as [MadeSite, ...MadeSite[]]
  const told = await record(
    sites.map((site) => (site === bad ? poisoned(site) : visitOf(site, ctx.clock.now()))),
  )
  expect(recorder.waiting).toBe(0)
  expect(recorder.isWell).toBe(true)
  expect(told.size, 'every site is judged').toBe(20)
  for (const site of sites.slice(1)) {
    expect(await stateOf(site)).toMatchObject({
      availability: 'up',
      last_visit_at: new Date(ctx.clock.now()),
    })
  }
  expect(await stateOf(bad), 'nobody takes it for well').toMatchObject({
    availability: 'unknown',
    state: 'unknown',
    cause: 'monitor_error',
  })
  expect(await asides()).toMatchObject([
    { kind: 'visit', ref: String(bad.id), site_id: bad.id, times: 1, code: '22003', ended_at: null },
  ])
  expect((await asides())[0]?.data).toContain('99999')
  expect(await alarms()).toEqual([{ status: 'open', severity: 'major', evidence: {} }])
})

it('the same site again is counted, and all is over when it has been measured', async () => {
  const [bad, good] = sites as [MadeSite, MadeSite]
  await record([poisoned(bad)])
  ctx.clock.advance(MINUTE)
  await record([poisoned(bad), visitOf(good, ctx.clock.now())])
  expect(await asides()).toMatchObject([{ times: 2, at: new Date(ctx.clock.now()) }])
  await maintainAside(ctx)
  expect(await alarms()).toMatchObject([{ status: 'open' }])
  ctx.clock.advance(MINUTE)
  await record([visitOf(bad, ctx.clock.now()), visitOf(good, ctx.clock.now())])
  await maintainAside(ctx)
  expect(await stateOf(bad)).toMatchObject({ availability: 'up' })
  expect(await asides()).toMatchObject([{ ended_at: new Date(ctx.clock.now()), ended_by: null }])
  expect(await alarms()).toMatchObject([{ status: 'resolved' }])
})

it('many that cannot be stored at once are all found', async () => {
  const bad = sites.filter((_, index) => index % 3 === 0)
  await record(sites.map((site) => (bad.includes(site) ? poisoned(site) : visitOf(site, ctx.clock.now()))))
  expect((await asides()).map((one) => one.site_id)).toEqual(bad.map((site) => site.id))
  expect(await alarms(), 'one alert for all').toMatchObject([{ status: 'open' }])
})

it("an error of our own code is that site's alone, too", async () => {
  const [bad, good] = sites as [MadeSite, MadeSite]
  const visited = visitOf(bad, ctx.clock.now())
  const broken: Visited = {
    ...visited,
    result: {
      ...visited.result,
      get cause(): never {
        throw new TypeError('ours')
      },
    },
  }
  await record([broken, visitOf(good, ctx.clock.now())])
  expect(await stateOf(good)).toMatchObject({ last_visit_at: new Date(ctx.clock.now()) })
  expect(recorder.waiting).toBe(0)
})

it('a site whose turns are taken and never recorded is a stall within three intervals', async () => {
  const options = { now: new Date(ctx.clock.now()), limit: 1_000, defaultIntervalS: 300, demoIntervalS: 30 }
  await ctx.db
    .updateTable('site_state')
    .set({ next_visit_at: new Date(ctx.clock.now()) })
    .execute()
  for (let turn = 0; turn < 4; turn++) {
    await claimDueSites(ctx.db, { ...options, now: new Date(ctx.clock.now()) })
    // All but one come to be recorded.
    await record(sites.slice(1).map((site) => visitOf(site, ctx.clock.now())))
    await markStalled(ctx, ctx.clock.now())
    expect((await stateOf(sites[1] as MadeSite)).availability).toBe('up')
    ctx.clock.advance(5 * MINUTE + SECOND)
  }
  await claimDueSites(ctx.db, { ...options, now: new Date(ctx.clock.now()) })
  await markStalled(ctx, ctx.clock.now())
  expect(await stateOf(sites[0] as MadeSite)).toMatchObject({ state: 'unknown', cause: 'stalled' })
  const stalls = await sql<{ status: string }>`select status from alert where rule = 'STALL'`.execute(ctx.db)
  expect(stalls.rows).toMatchObject([{ status: 'open' }])
})

it('a site with a short interval is no stall while a slow visit or the first round after a start may still be under way', async () => {
  const [site] = sites as [MadeSite]
  await ctx.db.updateTable('site').set({ interval_s: 5 }).where('id', '=', site.id).execute()
  const now = () => new Date(ctx.clock.now())
  await ctx.db
    .updateTable('site_state')
    .set({ next_visit_at: now() })
    .where('site_id', '=', site.id)
    .execute()
  await claimDueSites(ctx.db, { now: now(), limit: 1_000, defaultIntervalS: 300, demoIntervalS: 30 })
  ctx.clock.advance(75 * SECOND)
  await markStalled(ctx, ctx.clock.now())
  expect(await stateOf(site)).toMatchObject({ availability: 'up' })
  ctx.clock.advance(20 * SECOND)
  await markStalled(ctx, ctx.clock.now())
  expect(await stateOf(site)).toMatchObject({ availability: 'unknown', cause: 'stalled' })
})
