import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Look, sayThere, storeLooks } from '../../../server/monitor/vantages/queries.ts'
import { siteVantages } from '../../../server/monitor/vantages/service.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { visitOf } from '../../support/visits/visited.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await ctx.db.deleteFrom('vantage_look').execute()
  await ctx.db.deleteFrom('vantage').execute()
  site = await makeSite(ctx.db, { unit_id: people.unitId })
})

async function place(name: string, region: string | null, outcome?: Look['outcome']): Promise<void> {
  const now = ctx.clock.now()
  const id = await sayThere(ctx.db, { name, region, demo: false }, new Date(now))
  await ctx.db
    .insertInto('vantage_look')
    .values({ site_id: site.id, vantage_id: id, next_at: new Date(now) })
    .execute()
  if (!outcome) return
  const seen = { cause: outcome === 'ok' ? null : ('refused' as const), status: null, totalMs: 64 }
  await storeLooks(ctx.db, id, [
    { siteId: site.id, atMs: now, outcome, ...seen, everyS: 300, putOffMs: null },
  ])
}
const shown = () => siteVantages(ctx, people.owner, site.id)

it('where there is only the home place, it stands alone', async () => {
  expect(await shown()).toMatchObject({
    places: [{ name: null, at: null, counts: false }],
    reached: 0,
    failed: 0,
  })
  await recordVisits(ctx, [visitOf(site, ctx.clock.now())])
  expect(await shown()).toMatchObject({
    places: [{ name: null, outcome: 'ok', status: 200, totalMs: 42, counts: true }],
    reached: 1,
  })
})

it('what each place saw is told, by name after the home place, and how many agree', async () => {
  await recordVisits(ctx, [visitOf(site, ctx.clock.now())])
  await place('北京', '华北', 'failed')
  await place('上海', '华东', 'ok')
  await place('西安', null)
  const { places, reached, failed } = await shown()
  expect(places.map(({ name }) => name)).toEqual([null, ...['北京', '上海', '西安'].sort()])
  expect(places.find(({ name }) => name === '北京')).toMatchObject({
    ...{ region: '华北', outcome: 'failed', cause: 'refused', totalMs: 64 },
    ...{ counts: true, silentSince: null, since: new Date(ctx.clock.now()).toISOString() },
  })
  expect(places.find(({ name }) => name === '西安')).toMatchObject({ outcome: null, at: null, counts: false })
  expect([reached, failed]).toEqual([2, 1])
})

it('a place that says nothing for long is named, and counts no more', async () => {
  await place('上海', '华东', 'failed')
  const heard = new Date(ctx.clock.now()).toISOString()
  ctx.clock.advance(3 * MINUTE)
  await recordVisits(ctx, [visitOf(site, ctx.clock.now())])
  const { places, failed } = await shown()
  expect(places[1]).toMatchObject({ outcome: 'failed', counts: false, silentSince: heard })
  expect(failed).toBe(0)
})

it('a miss of the home place that others contradict is told as what it saw; one of a line in doubt is not', async () => {
  const miss = async (change = {}) => {
    ctx.clock.advance(5 * SECOND)
    await recordVisits(ctx, [{ ...visitOf(site, ctx.clock.now(), 'timeout'), ...change }])
  }
  await miss({ lineInDoubt: true })
  expect((await shown()).places[0]).toMatchObject({ outcome: 'unmeasured', counts: false })
  await miss()
  await miss()
  await place('上海', null, 'ok')
  await place('北京', null, 'ok')
  await miss()
  const seen = await shown()
  expect(seen.places[0]).toMatchObject({ outcome: 'failed', cause: 'timeout', counts: true })
  expect([seen.reached, seen.failed]).toEqual([2, 1])
})

it('another district learns nothing of it', async () => {
  await place('上海', null, 'ok')
  await refused(siteVantages(ctx, people.haizhu, site.id), 'not_found')
})
