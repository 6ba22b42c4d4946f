import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../../../server/base/db/database.ts'
import { slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
import type { Prober } from '../../../server/monitor/visit/visit.ts'
import { type Measuring, startMeasuring } from '../../../server/recording/measuring.ts'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { visitOf } from '../../support/visits/visited.ts'
import { VirtualTime } from '../../week/virtual-time.ts'

/*
 * The database goes away for twenty minutes while hundreds of visits are under way. Turns, pace, recorder and database are
 * real; the clock and the sites are not.
 */

const SITES = 900
const EVERY_S = 60
/** So many are under way at any time: two thirds of all. */
const VISIT_MS = 40 * SECOND

let fresh: FreshDatabase
let ctx: TestContext
let time: VirtualTime
let isAway = false
let measuring: Measuring

beforeAll(async () => {
  fresh = await freshDatabase()
  const base = testContext(fresh)
  time = new VirtualTime({
    startMs: base.clock.now(),
    isBusy: () => fresh.connection.pool.totalCount > fresh.connection.pool.idleCount,
    nextTick: (atMs, everyMs) => atMs + Math.max(everyMs, SECOND),
  })
  ctx = {
    ...base,
    db: thatGoesAway(base.db),
    clock: { ...base.clock, now: () => time.now() },
    config: { ...base.config, visitIntervalS: EVERY_S },
  }
  await register()
  measuring = await start()
})
afterAll(async () => {
  await stop()
  await fresh.drop()
})

/** The database, or what one finds in its place while it is away. */
function thatGoesAway(db: Db): Db {
  return new Proxy(db, {
    get(target, key) {
      if (isAway) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
      const value = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

async function register(): Promise<void> {
  const { unit_id, district } = await makeSite(fresh.db, { pause_reason: 'done', paused_until: null })
  await sql`
    insert into site (code, name, url, level, district, unit_id, created_at)
    select lpad((1000000000 + n)::text, 10, '0'), '第' || n || '网站', 'http://s' || n || '.invalid/', 'street', ${district}, ${unit_id}, now()
    from generate_series(1, ${SITES}::int) n
  `.execute(fresh.db)
  const now = new Date(time.now())
  await sql`
    insert into site_state (site_id, state, state_since, availability, since, v1, v2, next_visit_at, fail_streak, ok_streak, read_again)
    select id, 'unknown', ${now}, 'unknown', ${now}, 'insufficient', 'insufficient', ${now}, 0, 0, false
    from site where id not in (select site_id from site_state)
  `.execute(fresh.db)
}

function start(): Promise<Measuring> {
  const prober: Prober = {
    visit: ({ url, signal, onOpen }) =>
      new Promise((resolve) => {
        onOpen?.()
        const answer = () => {
          cancel()
          signal?.removeEventListener('abort', answer)
          const { result } = visitOf({ id: 0, url }, time.now())
          resolve({ result: { ...result, totalMs: VISIT_MS }, body: null, headers: new Map() as never })
        }
        const cancel = time.after(VISIT_MS, answer)
        signal?.addEventListener('abort', answer)
      }),
    close() {},
  }
  return startMeasuring({
    ...{ ctx, timers: time, prober, demoProber: null, references: [], reader: slicedReader },
    onVisit: () => {},
  })
}

async function stop(): Promise<void> {
  const stopped = measuring.stop()
  // What asks for a turn of its own is let go by the clock.
  await pass(MINUTE)
  await stopped
}

const pass = (ms: number) => time.runUntil(time.now() + ms)

/** How long ago, in seconds, the site was visited that has waited the longest; null: one never was. */
async function longestS(): Promise<number | null> {
  const states = await fresh.db
    .selectFrom('site_state')
    .innerJoin('site', 'site.id', 'site_state.site_id')
    .select('last_visit_at')
    .where('pause_reason', 'is', null)
    .execute()
  if (states.some((one) => one.last_visit_at === null)) return null
  return (time.now() - Math.min(...states.map((one) => one.last_visit_at?.getTime() ?? 0))) / SECOND
}
const said = () =>
  fresh.db.selectFrom('monitor_pace').selectAll().orderBy('at', 'desc').limit(1).executeTakeFirstOrThrow()

test('as done counts what was recorded, not what was begun', async () => {
  await pass(VISIT_MS - 10 * SECOND)
  expect(measuring.schedule.takenPerS).toBeGreaterThan(5)
  expect((await said()).done_per_s).toBe(0)
  await pass(2 * MINUTE)
  expect((await said()).done_per_s).toBeGreaterThan(5)
  expect(await longestS()).toBeLessThanOrEqual(2 * EVERY_S)
})

test('a database that was away for twenty intervals teaches nothing: all are visited in time soon after it is back', async () => {
  expect(measuring.schedule.inFlight, 'visits under way, more than may wait to be recorded').toBeGreaterThan(
    300,
  )
  const before = measuring.pace.capacityPerS
  isAway = true
  await pass(20 * EVERY_S * SECOND)
  expect(measuring.recorder.waiting).toBeGreaterThan(300)
  expect(measuring.pace.capacityPerS).toBe(before)
  isAway = false
  await pass(4 * EVERY_S * SECOND)
  expect(measuring.recorder.waiting).toBeLessThan(100)
  expect(await longestS()).toBeLessThanOrEqual(3 * EVERY_S)
  expect((await said()).capacity_per_s).toBeGreaterThan(SITES / EVERY_S)
})

test('that a monitor once said it can carry next to nothing keeps none from starting, and nobody waiting', async () => {
  await stop()
  await fresh.db
    .updateTable('monitor_pace')
    .set({ capacity_per_s: 1.6e-12, at: new Date(time.now()) })
    .execute()
  await pass(10 * EVERY_S * SECOND)
  measuring = await start()
  expect(measuring.pace.capacityPerS).toBeGreaterThanOrEqual(10)
  await pass(4 * EVERY_S * SECOND)
  expect(await longestS()).toBeLessThanOrEqual(3 * EVERY_S)
})
