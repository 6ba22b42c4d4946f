import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Timers } from '../../../server/base/clock.ts'
import { LineWatch } from '../../../server/monitor/schedule/line-watch.ts'
import { Readings } from '../../../server/monitor/schedule/readings/readings.ts'
import { Schedule } from '../../../server/monitor/schedule/schedule.ts'
import { slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
import { createProber } from '../../../server/monitor/visit/visit.ts'
import { Recorder } from '../../../server/recording/recorder.ts'
import { markStalled } from '../../../server/recording/stall.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { type Behaviour, startSites, type TestSites } from '../../support/registers/sites.ts'
import { VirtualTime } from '../../week/virtual-time.ts'

/* The schedule at work on real sockets, by a clock that the test sets. */

let fresh: FreshDatabase
let sites: TestSites
let ctx: TestContext
let time: VirtualTime
let schedule: Schedule
let underWay = 0
let jumpedMs = 0

beforeAll(async () => {
  fresh = await freshDatabase()
  sites = await startSites()
})
afterEach(async () => {
  await schedule.stop()
})
afterAll(async () => {
  await sites.close()
  await fresh.drop()
})

/** A site that is visited every five minutes from now on. */
async function watch(label: string): Promise<MadeSite> {
  const base = testContext(fresh)
  jumpedMs = 0
  time = new VirtualTime({
    startMs: base.clock.now(),
    isBusy: () => underWay > 0 || fresh.connection.pool.totalCount > fresh.connection.pool.idleCount,
    nextTick: (atMs, everyMs) => atMs + Math.max(everyMs, MINUTE),
  })
  // What people set is the clock; timers run by another.
  ctx = { ...base, clock: { ...base.clock, now: () => time.now() + jumpedMs } }
  await ctx.db.updateTable('site').set({ pause_reason: 'done', paused_until: null }).execute()
  const site = await makeSite(ctx.db, { url: sites.url(label), interval_s: 300 })
  const real = createProber({
    userAgent: 'test',
    allowAddresses: ['127.0.0.0/8'],
    hosts: { '*.localhost': '127.0.0.1' },
  })
  const prober = {
    ...real,
    async visit(target: Parameters<typeof real.visit>[0]) {
      underWay++
      return real.visit(target).finally(() => underWay--)
    },
  }
  const timers: Timers = time
  const now = () => ctx.clock.now()
  const line = new LineWatch({ targets: [], prober, now, timers, onOpinion: () => {} })
  const recorder = new Recorder(ctx, timers)
  const readings = new Readings({
    ctx,
    reader: slicedReader,
    proberOf: () => prober,
    alone: (at, work) => schedule.alone(at, work),
    record: (read) => recorder.add(read, () => {}),
    confirm: () => {},
  })
  schedule = new Schedule({
    ctx,
    timers,
    prober,
    demoProber: null,
    line,
    onVisit: () => {},
    later: () => [],
    loopLateMs: () => 0,
    capacityPerS: () => 100,
    onStall: (nowMs) => markStalled(ctx, nowMs),
    record: (visited, onStored) => recorder.add(visited, onStored),
    read: (page) => readings.add(page),
    confirm: () => {},
  })
  await schedule.start()
  return site
}

const pass = (ms: number) => time.runUntil(time.now() + ms)
const stateOf = ({ id }: MadeSite) =>
  ctx.db.selectFrom('site_state').selectAll().where('site_id', '=', id).executeTakeFirstOrThrow()
const visitsTo = ({ id }: MadeSite) =>
  ctx.db
    .selectFrom('visit')
    .select(['at', 'outcome', 'extra', 'excluded'])
    .where('site_id', '=', id)
    .orderBy('at')
    .execute()
const stalls = () =>
  ctx.db.selectFrom('alert').select(['status', 'evidence']).where('rule', '=', 'STALL').execute()

const answer =
  (status: number, headers: Record<string, string>): Behaviour =>
  (_req, res) =>
    void res.writeHead(status, headers).end('<html><body>busy</body></html>')

it('leaves a site alone for as long as its 503 asks, and holds the 503 against it', async () => {
  sites.set('busy', answer(503, { 'retry-after': '900' }))
  const site = await watch('busy')
  await pass(90 * MINUTE)
  const visits = await visitsTo(site)
  expect((await stateOf(site)).availability).toBe('down')
  expect(visits.every(({ outcome, excluded }) => outcome === 1 && !excluded)).toBe(true)
  const gaps = visits.slice(1).map(({ at }, index) => at.getTime() - (visits[index]?.at.getTime() ?? 0))
  expect(Math.min(...gaps.slice(0, 2)), 'to confirm it').toBeGreaterThanOrEqual(2 * MINUTE)
  expect(Math.min(...gaps.slice(2)), 'afterwards').toBeGreaterThanOrEqual(15 * MINUTE)
  const confirmed = visits[2]?.at.getTime() ?? Number.NaN
  expect(confirmed - (visits[0]?.at.getTime() ?? 0), 'within an interval').toBeLessThanOrEqual(5 * MINUTE)
})

it('visits a site that asks for a week more than 20 times a day all the same', async () => {
  sites.set('week', answer(503, { 'retry-after': '604800' }))
  const site = await watch('week')
  await pass(DAY / 4)
  const spaced = (await visitsTo(site)).filter(({ extra }) => !extra)
  expect(spaced.length, 'in a quarter of a day').toBeGreaterThanOrEqual(5)
  expect(spaced.length).toBeLessThanOrEqual(10)
})

it('does as a rate limit asks, holds nothing against the site, and comes back when it is let in', async () => {
  sites.set('limit', (_req, res) => {
    const date = new Date(ctx.clock.now()).toUTCString()
    const until = new Date(ctx.clock.now() + 20 * MINUTE).toUTCString()
    res.writeHead(429, { date, 'retry-after': until }).end('slow down')
  })
  const site = await watch('limit')
  await pass(90 * MINUTE)
  const visits = await visitsTo(site)
  expect(visits.length).toBeLessThanOrEqual(7)
  expect(visits.every(({ outcome, excluded }) => outcome === 2 && excluded)).toBe(true)
  expect((await stateOf(site)).availability).toBe('blocked')
  sites.set('limit')
  await pass(HOUR)
  expect((await stateOf(site)).availability).toBe('up')
  const before = (await visitsTo(site)).length
  await pass(HOUR)
  expect((await visitsTo(site)).length - before, 'as often as ever').toBeGreaterThanOrEqual(11)
})

it('backs off from a firewall that says nothing of when to come back', async () => {
  sites.set('wall', (_req, res) => {
    res
      .writeHead(403, { 'content-type': 'text/html; charset=utf-8' })
      .end('您的请求可能存在攻击行为，已被网站防火墙拦截。')
  })
  const site = await watch('wall')
  await pass(DAY / 4)
  expect((await stateOf(site)).availability).toBe('blocked')
  const spaced = (await visitsTo(site)).filter(({ extra }) => !extra)
  expect(spaced.length, 'the law wants 20 a day').toBeGreaterThanOrEqual(5)
  expect(spaced.length, 'and 288 are usual').toBeLessThanOrEqual(16)
})

it('goes on visiting when the clock is set back by an hour, and blames nobody', async () => {
  const site = await watch('back')
  await pass(30 * MINUTE)
  const before = (await visitsTo(site)).length
  jumpedMs = -HOUR
  await pass(30 * MINUTE)
  expect((await visitsTo(site)).length - before).toBeGreaterThanOrEqual(5)
  const { availability, state } = await stateOf(site)
  expect({ availability, state }).toMatchObject({ availability: 'up' })
  expect((await visitsTo(site)).filter(({ excluded }) => excluded)).toEqual([])
})

it('says that nobody was visited when the clock goes ahead by an hour, and goes on', async () => {
  const site = await watch('ahead')
  await pass(30 * MINUTE)
  const before = (await visitsTo(site)).length
  jumpedMs = HOUR
  const told = await ctx.told(() => pass(30 * MINUTE))
  expect(await stalls()).toMatchObject([{ status: 'open', evidence: { sites: 1 } }])
  const seen = told.flatMap((fact) => (fact.kind === 'site.changed' ? [fact.data.after.availability] : []))
  expect(seen, 'nothing was known of it for a while').toEqual(['unknown', 'up'])
  expect((await visitsTo(site)).length - before).toBeGreaterThanOrEqual(5)
  expect((await visitsTo(site)).filter(({ outcome }) => outcome !== 0)).toEqual([])
})

it('holds a visit against nobody during which the machine slept', async () => {
  let isAsleep = true
  sites.set('asleep', (_req, res) => {
    if (!isAsleep) return void res.writeHead(200).end('<html><body>首页</body></html>')
    isAsleep = false
    jumpedMs = HOUR
    res.destroy()
  })
  const site = await watch('asleep')
  await pass(10 * MINUTE)
  const [first, ...later] = await visitsTo(site)
  expect(first).toMatchObject({ outcome: 1, excluded: true })
  expect(later.map(({ outcome }) => outcome)).not.toContain(1)
  expect(await stateOf(site)).toMatchObject({ fail_streak: 0 })
})

it('gives a site whose host is busy no turn upon turn: one waits, and what else waits there takes no visit its place', async () => {
  sites.set('slow')
  const site = await watch('slow')
  const other = await makeSite(ctx.db, { url: sites.url('other'), interval_s: 300 })
  let free = () => {}
  const isFree = new Promise<void>((resolve) => {
    free = resolve
  })
  const columns = Array.from({ length: ctx.config.visitConcurrency }, () =>
    schedule.alone({ url: sites.url('slow'), demo: false }, () => isFree),
  )
  await pass(HOUR)
  expect(schedule.inFlight, 'one turn').toBe(1)
  expect((await visitsTo(other)).length, 'as often as ever').toBeGreaterThanOrEqual(11)
  free()
  await Promise.all(columns)
  await pass(HOUR)
  expect((await visitsTo(site)).length, 'as often as ever').toBeGreaterThanOrEqual(11)
})
