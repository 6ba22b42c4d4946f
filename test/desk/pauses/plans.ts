import { afterAll, beforeAll, beforeEach } from 'vitest'
import { carryOutPauses } from '../../../server/desk/pauses/carry-out.ts'
import { listPauses } from '../../../server/desk/pauses/queries.ts'
import { findSiteDetail } from '../../../server/monitor/standing/queries.ts'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import type { PauseInput, PausePlan } from '../../../shared/desk/pauses/pauses.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

export let fresh: FreshDatabase
export let ctx: TestContext
export let people: People
export let mine: MadeSite
export let neighbour: MadeSite
export let haizhu: MadeSite

let day = 0

export const iso = (ms: number) => new Date(ms).toISOString()
export const plan = (change: Partial<PauseInput> = {}): PauseInput => ({
  target: { kind: 'site', siteId: mine.id },
  from: iso(ctx.clock.now() + HOUR),
  to: iso(ctx.clock.now() + 3 * HOUR),
  repeat: null,
  reason: '机房检修',
  ...change,
})
export const look = () => carryOutPauses(ctx, ctx.clock.now())
export const detail = async (site: MadeSite) => {
  const { db, clock, config } = ctx
  const found = await findSiteDetail(db, { kind: 'city' }, site.id, clock.now(), config)
  if (!found) throw new Error('no such site')
  return found
}
export const pausedNow = async () => {
  const rows = await ctx.db
    .selectFrom('site_state')
    .select('site_id')
    .where('availability', '=', 'paused')
    .orderBy('site_id')
    .execute()
  return rows.map((row) => row.site_id)
}
export const only = async (who: Principal): Promise<PausePlan | undefined> =>
  (await listPauses(ctx.db, who, {}, { limit: 10 }, ctx.clock.now())).items[0]
export const actions = async () => {
  const rows = await ctx.db
    .selectFrom('audit')
    .select('action')
    .where('entity', '=', 'pause')
    .orderBy('id')
    .execute()
  return rows.map((row) => row.action)
}

/** Call once in a file: a unit's site, its neighbour, one of Haizhu, and a Tuesday of its own for each story. */
export function planOnThreeSites(): void {
  beforeAll(async () => {
    fresh = await freshDatabase()
    people = await makePeople(fresh.db)
    const later = { next_visit_at: new Date(TUESDAY) }
    mine = await makeSite(fresh.db, { unit_id: people.unitId, platform: 'tianhe-cloud' }, later)
    neighbour = await makeSite(fresh.db, { platform: 'tianhe-cloud' }, later)
    haizhu = await makeSite(fresh.db, { district: '440105', platform: 'tianhe-cloud' }, later)
  })
  afterAll(() => fresh.drop())
  beforeEach(async () => {
    await fresh.db
      .updateTable('site')
      .set({ paused_until: null, pause_reason: null, pause_plan_id: null, resumed_at: null })
      .execute()
    await fresh.db.deleteFrom('pause_plan').execute()
    await fresh.db.updateTable('site_state').set({ availability: 'up', state: 'healthy' }).execute()
    ctx = testContext(fresh)
    day += 1
    ctx.clock.set(TUESDAY + day * 7 * DAY)
  })
}
