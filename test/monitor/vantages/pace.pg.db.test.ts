import { Registry } from 'prom-client'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { vantageMetrics } from '../../../server/app/metrics/vantage-metrics.ts'
import { readiness } from '../../../server/app/readiness.ts'
import { Looking } from '../../../server/monitor/vantages/looking.ts'
import { placesHeard } from '../../../server/monitor/vantages/queries.ts'
import { askLooks } from '../../../server/monitor/vantages/turn-queries.ts'
import { failedVisit } from '../../../server/monitor/visit/run.ts'
import type { Prober, Visit } from '../../../server/monitor/visit/visit.ts'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import { handTimers } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeUnit } from '../../support/make.ts'
import { until } from '../../support/until.ts'
import { visitOf } from '../../support/visits/visited.ts'

/* A place looks at more sites than it takes turns at a time. */

const SITES = 900
const EVERY_MS = 5 * MINUTE

let fresh: FreshDatabase
let ctx: TestContext
const looking: Looking[] = []
/** URLs, in the order of the looks. */
let looked: string[] = []
let release: (() => void)[] = []
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  const { id: unit_id, district } = await makeUnit(ctx.db)
  const made = await ctx.db
    .insertInto('site')
    .values(
      Array.from({ length: SITES }, (_, n) => ({
        ...{ unit_id, district, level: 'street' as const, interval_s: EVERY_MS / SECOND },
        ...{ code: `440106${5_000 + n}`, name: `第${n}个网站`, url: `http://many-${n}.localhost/` },
        created_at: new Date(ctx.clock.now()),
      })),
    )
    .returning('id')
    .execute()
  const at = new Date(ctx.clock.now())
  const state = {
    state: 'healthy',
    state_since: at,
    availability: 'up',
    since: at,
    next_visit_at: at,
    v1: 'ok',
    v2: 'ok',
    ...{ fail_streak: 0, ok_streak: 20, read_again: false },
  } as const
  await ctx.db
    .insertInto('site_state')
    .values(made.map(({ id }) => ({ ...state, site_id: id })))
    .execute()
})
afterEach(async () => {
  for (const free of release) free()
  await Promise.all(looking.splice(0).map((one) => one.stop()))
  await ctx.db.deleteFrom('vantage_look').execute()
  await ctx.db.deleteFrom('vantage').execute()
  looked = []
  release = []
})
afterAll(() => fresh.drop())

const answering: Prober = {
  async visit({ url }) {
    looked.push(url)
    return { result: visitOf({ id: 0, url }, ctx.clock.now()).result, body: null, headers: {} }
  },
  close() {},
}
/** Of sites that hang. */
const hanging: Prober = {
  visit: () =>
    new Promise<Visit>((resolve) => {
      release.push(() => resolve(failedVisit('aborted')))
    }),
  close() {},
}

async function start(prober: Prober, most: number) {
  const timers = handTimers()
  const one = await Looking.start({
    ...{ ctx, timers, references: [], most, rarer: 1, onLook: () => {} },
    place: { name: '上海', region: null, demo: false },
    proberFor: () => prober,
  })
  looking.push(one)
  return { one, timers }
}

it('a site that the home place has just missed is looked at before all others, and those in one interval, however many', async () => {
  const { one, timers } = await start(answering, 800)
  ctx.clock.advance(10 * MINUTE)
  const last = await ctx.db
    .selectFrom('vantage_look')
    .innerJoin('site', 'site.id', 'site_id')
    .select(['site.id', 'site.url'])
    .orderBy('next_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  await askLooks(ctx.db, [last.id], new Date(ctx.clock.now()))
  timers.pass()
  await until('all were looked at, the turn having come once', () => looked.length === SITES)
  expect(looked[0]).toBe(last.url)
  expect(new Set(looked).size, 'each of them once').toBe(SITES)
  await until('none is under way', () => one.inFlight === 0)
  timers.pass()
  await until('what was seen is stored', () => one.waiting === 0)
  expect(looked).toHaveLength(SITES)
  ctx.clock.advance(EVERY_MS)
  timers.pass()
  await until('all were looked at once more', () => looked.length === 2 * SITES)
  expect(new Set(looked.slice(SITES)).size).toBe(SITES)
  await until('it is in time', () => one.behind.ms === 0)
})

it('a place that is late says so to whoever asks for metrics or readiness', async () => {
  const { one, timers } = await start(hanging, 10)
  ctx.clock.advance(10 * MINUTE)
  timers.pass()
  await until('as many as may be are under way', () => one.inFlight === 10)
  expect(one.behind).toMatchObject({ isTooMuch: true })
  timers.pass()
  const heard = await until('it has said so', async () =>
    (await placesHeard(ctx.db)).find(({ behind_since }) => behind_since !== null),
  )
  expect(heard.behind_s).toBeGreaterThan(8 * 60)
  const registry = new Registry()
  vantageMetrics([registry], { places: () => [heard], now: () => ctx.clock.now() })
  expect(await registry.metrics()).toMatch(/siteward_vantage_behind_seconds\{vantage="上海"\} [56]\d\d/)
  const { ok, checks } = await readiness(ctx, fresh.connection, null, null)
  expect(ok, 'that is no reason to send people elsewhere').toBe(true)
  expect(checks.places).toMatch(/^上海 is behind by (8|9|10)\.\d minutes$/)
  ctx.clock.advance(5 * MINUTE)
  expect((await readiness(ctx, fresh.connection, null, null)).checks.places).toBe(
    '上海 has said nothing for 5.0 minutes',
  )
})

it('a place that has no room from the beginning knows that turns wait', async () => {
  const { one, timers } = await start(hanging, 0)
  ctx.clock.advance(10 * MINUTE)
  timers.pass()
  await until('it knows', () => one.behind.isTooMuch)
})
