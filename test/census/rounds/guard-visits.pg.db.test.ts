import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closingReportOf } from '../../../server/census/rounds/guards/report.ts'
import { guardStateOf } from '../../../server/census/rounds/guards/state.ts'
import { openRound } from '../../../server/census/rounds/open.ts'
import { planRound, requireRound, voidRound } from '../../../server/census/rounds/service.ts'
import { claimDueSites } from '../../../server/monitor/schedule/queries.ts'
import { v1Counts } from '../../../server/monitor/verdicts/queries.ts'
import { MINUTE, timeOn } from '../../../shared/base/time.ts'
import { newRound, type Round } from '../../../shared/census/rounds/rounds.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { guardPlan } from '../../support/guards.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { addVisits } from '../../support/visits/visits.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
let haizhu: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  site = await makeSite(fresh.db, { unit_id: people.unitId })
  haizhu = await makeSite(fresh.db, { district: '440105' })
  await makeSite(fresh.db, { district: '4401-dept' })
})
afterAll(() => fresh.drop())

const at = (day: string, time: string) => ctx.clock.set(new Date(timeOn(day, time)).toISOString())
const plan = (guard: object = {}, more: object = {}) => planRound(ctx, people.duty, guardPlan(guard, more))
async function opened(guard: object = {}): Promise<Round> {
  ctx.clock.set(TUESDAY)
  const planned = await plan(guard)
  return openRound(ctx, people.duty, planned.id, planned)
}
const now = (id: number) => requireRound(ctx, ctx.db, people.duty, id)
const end = async (id: number) => {
  const { version } = await now(id)
  await voidRound(ctx, people.duty, id, { version, reason: '测试完毕' })
}

describe('sites in a guarded period', () => {
  /** Seconds from one turn of a site to the next. */
  async function gapOf(one: MadeSite): Promise<number> {
    const turn = async () => {
      await fresh.db
        .updateTable('site_state')
        .set({ next_visit_at: new Date(ctx.clock.now()) })
        .where('site_id', '=', one.id)
        .execute()
      const options = { now: new Date(ctx.clock.now()), limit: 100, defaultIntervalS: 300, demoIntervalS: 30 }
      await claimDueSites(ctx.db, options)
      const state = fresh.db.selectFrom('site_state').select('next_visit_at').where('site_id', '=', one.id)
      return (await state.executeTakeFirstOrThrow()).next_visit_at.getTime()
    }
    const first = await turn()
    ctx.clock.advance(first + 1000 - ctx.clock.now())
    return Math.round(((await turn()) - first) / 1000)
  }

  it('are visited more often from its first day to its last, and as before by themselves afterwards', async () => {
    const round = await opened({ everyS: 60, districts: ['440106'] })
    expect(await gapOf(site), 'before').toBe(300)
    at('2026-03-12', '00:00')
    expect(await gapOf(site), 'within').toBe(60)
    expect(await gapOf(haizhu), 'not covered').toBe(300)
    expect(await guardStateOf(ctx, people.duty.scope, await now(round.id))).toMatchObject({
      sites: 1,
      tightened: 1,
    })
    at('2026-03-14', '00:00')
    expect(await gapOf(site), 'after').toBe(300)
    at('2026-03-12', '12:00')
    await end(round.id)
    expect(await gapOf(site), 'void').toBe(300)
  })

  it('of two periods at once the shorter interval counts, and the other goes on when it ends', async () => {
    const usual = await opened({ everyS: 120 })
    const strict = await opened({ everyS: 30, siteIds: [site.id] })
    at('2026-03-12', '09:00')
    expect([await gapOf(site), await gapOf(haizhu)]).toEqual([30, 120])
    await end(strict.id)
    expect(await gapOf(site)).toBe(120)
    await end(usual.id)
  })

  it('are judged by V1 no harder for failures in it: a turn of each usual interval counts, the report has them all', async () => {
    ctx.clock.set(TUESDAY)
    const round = await opened({ everyS: 60, siteIds: [site.id] })
    const options = () => ({
      ...{ now: new Date(ctx.clock.now()), limit: 100 },
      ...{ defaultIntervalS: 300, demoIntervalS: 30 },
    })
    /** Two hours of turns, in the first of which the site fails. */
    const twoHours = async (day: string) => {
      at(day, '08:00')
      const start = new Date(ctx.clock.now())
      await fresh.db.updateTable('site_state').set({ next_visit_at: start }).execute()
      for (let minute = 0; minute < 120; minute++, ctx.clock.advance(MINUTE)) {
        const claimed = (await claimDueSites(fresh.db, options())).find(({ siteId }) => siteId === site.id)
        if (!claimed) continue
        const outcome = minute < 60 ? 1 : 0
        await addVisits(fresh.db, site.id, [{ at: ctx.clock.now(), outcome, extra: claimed.between }])
      }
    }
    const counted = async () => (await v1Counts(fresh.db, [site.id], ctx.clock.now())).get(site.id)
    await twoHours('2026-03-11')
    const before = await counted()
    expect(before?.failed ?? 0, 'half of them').toBeCloseTo((before?.total ?? 0) / 2, -1)
    await twoHours('2026-03-12')
    const after = await counted()
    expect(Math.abs((after?.total ?? 0) - 2 * (before?.total ?? 0))).toBeLessThanOrEqual(1)
    expect(Math.abs((after?.failed ?? 0) - 2 * (before?.failed ?? 0))).toBeLessThanOrEqual(1)
    const { all } = await closingReportOf(ctx, people.duty, await now(round.id))
    expect(all).toMatchObject({ visits: 120, failed: 60 })
    await end(round.id)
  })

  it('are not visited more often than the monitor can: it says how often that is', async () => {
    ctx.clock.set(TUESDAY)
    const slow: TestContext = { ...ctx, config: { ...ctx.config, visitConcurrency: 1 } }
    const given = newRound.parse({
      ...{ kind: 'guard', opensOn: '2026-03-10', dueOn: '2026-03-11' },
      guard: {
        name: '保障',
        from: '2026-03-12',
        to: '2026-03-13',
        everyS: 15,
        districts: ['440106', '440105'],
      },
    })
    const planning = refused(
      planRound({ ...slow, config: { ...slow.config, visitConcurrency: 0.5 } }, people.duty, given),
      'invalid',
    )
    expect((await planning).issues).toMatchObject([{ path: 'guard.everyS', reason: 'rounds.tooOften' }])
    // Planned when there was room, opened when there is less.
    const planned = await planRound(slow, people.duty, given)
    const narrow = { ...slow, config: { ...slow.config, visitConcurrency: 0.1 } }
    const round = await openRound(narrow, people.duty, planned.id, planned)
    expect(round.guard?.everyS).toBeGreaterThan(100)
    await end(round.id)
  })
})

it('sites of one host are visited one after another: not more often than all of them can have their turn', async () => {
  ctx.clock.set(TUESDAY)
  for (let n = 0; n < 10; n++) {
    await makeSite(fresh.db, { district: '440111', url: `https://www.by.gov.cn/street-${n}/` })
  }
  const refusal = await refused(plan({ everyS: 15, districts: ['440111'] }), 'invalid')
  expect(refusal.issues).toMatchObject([{ reason: 'rounds.tooOften', values: { n: 10, s: 20 } }])
  expect((await plan({ everyS: 20, districts: ['440111'] })).guard?.everyS).toBe(20)
})
