import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { pauseSite } from '../../../server/desk/pauses/pause-now.ts'
import { findSiteDetail } from '../../../server/monitor/standing/queries.ts'
import { requestVisit } from '../../../server/monitor/standing/request-visit.ts'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

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
  site = await makeSite(
    ctx.db,
    { unit_id: people.unitId },
    { state: 'down', availability: 'down', cause: 'timeout', fail_streak: 7 },
  )
})

const until = (ms: number) => new Date(ctx.clock.now() + ms).toISOString()
const stateRow = () =>
  ctx.db.selectFrom('site_state').selectAll().where('site_id', '=', site.id).executeTakeFirstOrThrow()

test('filed downtime and its end, as one story', async () => {
  await makeAlert(ctx.db, { site })
  const end = until(2 * DAY)
  const paused = await ctx.told(() =>
    pauseSite(ctx, people.duty, site.id, { until: end, reason: '机房搬迁' }),
  )
  expect(paused, 'the site is paused, and nobody need see to its alert').toMatchObject([
    {
      kind: 'site.changed',
      actor: { name: '王敏' },
      data: {
        before: { state: 'down', availability: 'down' },
        after: { state: 'paused', availability: 'paused', cause: null },
      },
    },
    { kind: 'alert.resolved', data: { text: '机房搬迁', alert: { status: 'resolved' } } },
  ])
  const alerts = await ctx.db.selectFrom('alert').selectAll().where('site_id', '=', site.id).execute()
  expect(alerts, 'it did not recover while nobody looked').toMatchObject([
    { status: 'resolved', missed: false },
  ])
  const { db, clock, config } = ctx
  const detail = () => findSiteDetail(db, { kind: 'city' }, site.id, clock.now(), config)
  expect(await detail()).toMatchObject({ state: 'paused', pausedUntil: end, pauseReason: '机房搬迁' })
  await refused(requestVisit(ctx, people.duty, site.id), 'conflict')

  expect(
    await ctx.told(() => pauseSite(ctx, people.duty, site.id, { until: null, reason: '永久关停' })),
    'a longer pause changes nothing that is shown',
  ).toEqual([])
  expect(await detail()).toMatchObject({ pausedUntil: null, pauseReason: '永久关停' })

  clock.advance(HOUR)
  const resumed = await ctx.told(() => pauseSite(ctx, people.duty, site.id, { until: null, reason: '' }))
  expect(resumed, 'nothing is known of it until it is visited').toMatchObject([
    { kind: 'site.changed', data: { after: { availability: 'unknown', state: 'unknown' } } },
  ])
  expect(await detail()).toMatchObject({ pausedUntil: null, pauseReason: null })
  expect(await stateRow(), 'which is to be now').toMatchObject({
    next_visit_at: new Date(clock.now()),
    fail_streak: 0,
  })
  await refused(pauseSite(ctx, people.duty, site.id, { until: null, reason: '' }), 'conflict')
})

test('a pause that has ended by itself is not shown any more', async () => {
  await pauseSite(ctx, people.duty, site.id, { until: until(HOUR), reason: '升级' })
  const later = ctx.clock.now() + HOUR
  expect(await findSiteDetail(ctx.db, { kind: 'city' }, site.id, later, ctx.config)).toMatchObject({
    pausedUntil: null,
    pauseReason: null,
  })
})

test('downtime cannot be filed for the past', async () => {
  await refused(pauseSite(ctx, people.duty, site.id, { until: until(0), reason: '升级' }), 'invalid')
})

test('only the working group files downtime; others do not even see the site', async () => {
  const pause = { until: null, reason: '关停' }
  await refused(pauseSite(ctx, people.tianhe, site.id, pause), 'forbidden')
  await refused(pauseSite(ctx, people.haizhu, site.id, pause), 'not_found')
  await refused(requestVisit(ctx, people.viewer, site.id), 'forbidden')
  await refused(requestVisit(ctx, people.haizhu, site.id), 'not_found')
  await refused(requestVisit(ctx, people.duty, 999_999), 'not_found')
})

test('its owner may have the site visited now, and its page read anew', async () => {
  const soon = new Date(ctx.clock.now() + HOUR)
  await ctx.db.updateTable('site_state').set({ next_visit_at: soon }).where('site_id', '=', site.id).execute()
  await requestVisit(ctx, people.owner, site.id)
  expect(await stateRow()).toMatchObject({ next_visit_at: new Date(ctx.clock.now()), read_again: true })
  const entry = await ctx.db.selectFrom('audit').selectAll().orderBy('id', 'desc').executeTakeFirst()
  expect(entry).toMatchObject({ action: 'site.visit_requested', entity_id: site.id, actor_name: '张磊' })
})
