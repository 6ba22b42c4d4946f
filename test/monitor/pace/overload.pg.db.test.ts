import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Stage } from '../../../server/monitor/pace/stage.ts'
import { PaceTeller } from '../../../server/monitor/pace/teller.ts'
import { LineWatch } from '../../../server/monitor/schedule/line-watch.ts'
import { Schedule } from '../../../server/monitor/schedule/schedule.ts'
import type { Prober } from '../../../server/monitor/visit/visit.ts'
import type { Visited } from '../../../server/monitor/visit/visited.ts'
import { markBehind } from '../../../server/recording/behind.ts'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { visitOf } from '../../support/visits/visited.ts'
import { VirtualTime } from '../../week/virtual-time.ts'

/*
 * Twice as many visits are asked for as can be recorded: what once ended with a lost queue and a memory that grew. The
 * schedule, its turns and the database are real; the clock and the sites are not, and what records is as slow as we like.
 */

const SITES = 2_400
/** A third of the sites is visited less often, but not by half. */
const EVERY_S = 60
const SELDOM_S = 105
const ASKED_PER_S = (SITES * 2) / 3 / EVERY_S + SITES / 3 / SELDOM_S

let fresh: FreshDatabase
let ctx: TestContext
let time: VirtualTime
let schedule: Schedule
/** Visits that wait to be recorded, and how many a second are. */
const waiting: Visited[] = []
let perS = Number.POSITIVE_INFINITY
let firstSite = 0
const stored: { siteId: number; atMs: number }[] = []
let most = 0

beforeAll(async () => {
  fresh = await freshDatabase()
  const base = testContext(fresh)
  time = new VirtualTime({
    startMs: base.clock.now(),
    isBusy: () => fresh.connection.pool.totalCount > fresh.connection.pool.idleCount,
    nextTick: (atMs, everyMs) => atMs + Math.max(everyMs, SECOND),
  })
  ctx = { ...base, clock: { ...base.clock, now: () => time.now() } }
  await register()
  schedule = startSchedule()
  await schedule.start()
})
afterAll(async () => {
  await schedule.stop()
  await fresh.drop()
})

async function register(): Promise<void> {
  const { unit_id, district } = await makeSite(ctx.db, { pause_reason: 'done', paused_until: null })
  await sql`
    insert into site (code, name, url, level, district, unit_id, interval_s, created_at)
    select lpad((1000000000 + n)::text, 10, '0'), '第' || n || '网站', 'http://s' || n || '.invalid/', 'street', ${district},
      ${unit_id}, case when n % 3 = 0 then ${SELDOM_S}::int else ${EVERY_S}::int end, now()
    from generate_series(1, ${SITES}::int) n
  `.execute(ctx.db)
  await sql`
    insert into site_state (site_id, state, state_since, availability, since, v1, v2, next_visit_at, fail_streak, ok_streak, read_again)
    select id, 'unknown', ${new Date(time.now())}, 'unknown', ${new Date(time.now())}, 'insufficient', 'insufficient',
      ${new Date(time.now())}, 0, 0, false
    from site where id not in (select site_id from site_state)
  `.execute(ctx.db)
  const first = await ctx.db
    .selectFrom('site')
    .select('id')
    .where('url', '=', 'http://s1.invalid/')
    .executeTakeFirst()
  firstSite = first?.id ?? 0
}

function startSchedule(): Schedule {
  const prober: Prober = {
    visit: async ({ url }) => ({
      result: visitOf({ id: 0, url }, time.now()).result,
      body: null,
      headers: new Map() as never,
    }),
    close() {},
  }
  const line = new LineWatch({
    targets: [],
    prober,
    now: () => time.now(),
    timers: time,
    onOpinion: () => {},
  })
  const record = (): Stage => ({
    name: 'record',
    waiting: waiting.length,
    room: 10_000,
    oldestMs: waiting[0] ? time.now() - waiting[0].atMs : 0,
    perS: Number.isFinite(perS) ? perS : ASKED_PER_S,
  })
  time.every(SECOND, () => {
    most = Math.max(most, waiting.length)
    for (const { siteId, atMs } of waiting.splice(0, perS)) stored.push({ siteId, atMs })
  })
  const pace: PaceTeller = new PaceTeller(ctx, time, {
    behind: () => schedule.behind,
    donePerS: () => record().perS,
    ask: async () => ({ askedPerS: ASKED_PER_S, due: 0 }),
    onGone: async () => true,
  })
  pace.start()
  return new Schedule({
    ctx,
    timers: time,
    prober,
    demoProber: null,
    line,
    onVisit: () => {},
    read: () => {},
    confirm: () => {},
    record: (visited) => void waiting.push(visited),
    later: () => [record()],
    loopLateMs: () => 0,
    capacityPerS: () => 100,
    onStall: async () => {},
  })
}

/** By the order in which they were made. */
const isSeldom = (siteId: number) => (siteId - firstSite + 1) % 3 === 0
/** Times between two visits to a site, from the shortest to the longest, ms. */
function gaps(sinceMs: number, isRare: boolean): number[] {
  const last = new Map<number, number>()
  const found: number[] = []
  for (const { siteId, atMs } of stored.filter(
    (one) => one.atMs > sinceMs && isSeldom(one.siteId) === isRare,
  )) {
    const before = last.get(siteId)
    if (before !== undefined) found.push(atMs - before)
    last.set(siteId, atMs)
  }
  return found.sort((a, b) => a - b)
}
const pass = (ms: number) => time.runUntil(time.now() + ms)
const alarms = async () => {
  await markBehind(ctx, time.now())
  return ctx.db.selectFrom('alert').select(['status', 'evidence']).where('rule', '=', 'BEHIND').execute()
}

test('all sites are visited in time, and none is held back', async () => {
  await pass(3 * MINUTE)
  expect(new Set(stored.map(({ siteId }) => siteId)).size).toBe(SITES)
  expect(schedule.behind.ms).toBe(0)
  expect(await alarms()).toEqual([])
})

test('twice what can be recorded is asked: within a minute it is said, and nothing piles up or is lost', async () => {
  perS = Math.round(ASKED_PER_S / 2)
  await pass(MINUTE)
  expect(schedule.behind.isTooMuch).toBe(true)
  const before = stored.length + waiting.length
  most = 0
  await pass(12 * MINUTE)
  const made = stored.length + waiting.length - before
  expect(made, 'all that can be done is done').toBeGreaterThan(0.9 * perS * 12 * 60)
  expect(most, 'what waits with its page in memory').toBeLessThan(400)
  const [alarm] = await alarms()
  expect(alarm).toMatchObject({ status: 'open', evidence: { wanted: Math.round(ASKED_PER_S) } })
})

test('all sites are late by the same share of their interval: none twice while another waits', () => {
  const since = time.now() - 10 * MINUTE
  const counts = new Map<number, number>()
  for (const { siteId, atMs } of stored) if (atMs > since) counts.set(siteId, (counts.get(siteId) ?? 0) + 1)
  expect(counts.size, 'nobody is left out').toBe(SITES)
  const byInterval = [EVERY_S, SELDOM_S].map((everyS) =>
    [...counts].filter(([siteId]) => isSeldom(siteId) === (everyS === SELDOM_S)).map(([, n]) => n),
  )
  for (const visits of byInterval) expect(Math.max(...visits) - Math.min(...visits)).toBeLessThanOrEqual(2)
  const [often = 0, seldom = 0] = byInterval.map((n) => n.reduce((sum, one) => sum + one, 0) / n.length)
  expect(often / seldom).toBeGreaterThan(1.5)
  expect(often / seldom).toBeLessThan(2)
})

test('and each time alike, also where what can be done is no whole part of what is asked', async () => {
  const times = 1.6
  perS = Math.round(ASKED_PER_S / times)
  await pass(15 * MINUTE)
  for (const [isRare, everyS] of [
    [false, EVERY_S],
    [true, SELDOM_S],
  ] as const) {
    const between = gaps(time.now() - 8 * MINUTE, isRare)
    const at = (share: number) => (between[Math.floor(share * between.length)] ?? 0) / (everyS * SECOND)
    expect(Math.abs(at(0.5) - times), 'late by the same share').toBeLessThan(0.15)
    expect(at(0.99) - at(0.01), 'share of the interval between the first and the last').toBeLessThan(0.5)
  }
})

test('once it can be done again, all are in time within an interval, and the alarm is over', async () => {
  perS = Number.POSITIVE_INFINITY
  await pass(EVERY_S * SECOND)
  expect(schedule.behind.isTooMuch).toBe(false)
  await pass(MINUTE)
  expect(await alarms()).toMatchObject([{ status: 'resolved' }])
  const last = new Map(stored.map(({ siteId, atMs }) => [siteId, atMs]))
  expect(Math.min(...last.values())).toBeGreaterThan(time.now() - (SELDOM_S + EVERY_S) * SECOND)
})
