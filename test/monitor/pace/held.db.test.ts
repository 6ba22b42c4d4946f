import { afterAll, beforeAll, expect, test } from 'vitest'
import { Claims } from '../../../server/monitor/schedule/claims/claims.ts'
import { spreadOverdue } from '../../../server/monitor/schedule/claims/round.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'

let fresh: FreshDatabase
let ctx: TestContext

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
})
afterAll(() => fresh.drop())

test('while all places are taken, turns are late from when they are due: none is, none is behind', async () => {
  const claims = new Claims({
    ctx,
    later: () => [],
    loopLateMs: () => 0,
    capacityPerS: () => 100,
    onStall: async () => {},
  })
  const dueMs = ctx.clock.now() + MINUTE
  const { id } = await makeSite(ctx.db, {}, { next_visit_at: new Date(dueMs) })
  const all = Array.from({ length: ctx.config.visitConcurrency }, (_, n) => -1 - n)
  for (let n = 0; n < 3; n++) {
    expect(await claims.take(all)).toEqual([])
    ctx.clock.advance(15 * SECOND)
  }
  expect(claims.behind).toEqual({ ms: 0, isTooMuch: false })
  ctx.clock.advance(20 * SECOND)
  expect(await claims.take(all)).toEqual([])
  ctx.clock.advance(25 * SECOND)
  expect(await claims.take(all)).toEqual([])
  expect(claims.behind).toEqual({ ms: ctx.clock.now() - dueMs, isTooMuch: true })
  expect(await claims.take([])).toMatchObject([{ siteId: id }])
  expect(claims.behind).toEqual({ ms: 0, isTooMuch: false })
})

test.each(['none', 'all'] as const)(
  'while the database does not answer, turns come later and later since it last did, be it that %s of the places are taken',
  async (taken) => {
    let isAway = false
    const claims = new Claims({
      ctx: {
        ...ctx,
        get db() {
          if (isAway) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
          return fresh.db
        },
      },
      later: () => [],
      loopLateMs: () => 0,
      capacityPerS: () => 100,
      onStall: async () => {},
    })
    const busy = { none: [], all: Array.from({ length: ctx.config.visitConcurrency }, (_, n) => -1 - n) }
    const behindMs: number[] = []
    for (isAway of [false, true, true, true, false]) {
      await claims.take(busy[taken])
      behindMs.push(claims.behind.ms)
      ctx.clock.advance(15 * SECOND)
    }
    expect(behindMs).toEqual([0, 15 * SECOND, 30 * SECOND, 45 * SECOND, 0])
  },
)

test('a recorder that does not keep up is given turns, also where it does no whole number of visits a second', async () => {
  const claims = new Claims({
    ctx,
    later: () => [{ name: 'record', waiting: 200, room: 10_000, oldestMs: 2 * SECOND, perS: 61.3 }],
    loopLateMs: () => 0,
    capacityPerS: () => 100,
    onStall: async () => {},
  })
  const { id } = await makeSite(ctx.db, {}, { next_visit_at: new Date(ctx.clock.now()) })
  expect(await claims.take([])).toMatchObject([{ siteId: id }])
})

test.each([1.6e-12, 0])(
  'what is overdue has its turn within an hour, be it said that %s visits a second can be made',
  async (perS) => {
    const nowMs = ctx.clock.now()
    const { id } = await makeSite(ctx.db, {}, { next_visit_at: new Date(nowMs - HOUR) })
    const round = { now: new Date(nowMs), defaultIntervalS: 60, demoIntervalS: 60 }
    await spreadOverdue(ctx.db, { ...round, withinS: 75, perS })
    const state = await ctx.db
      .selectFrom('site_state')
      .select('next_visit_at')
      .where('site_id', '=', id)
      .executeTakeFirstOrThrow()
    expect(state.next_visit_at.getTime() - nowMs).toBeGreaterThanOrEqual(0)
    expect(state.next_visit_at.getTime() - nowMs).toBeLessThanOrEqual(HOUR)
  },
)
