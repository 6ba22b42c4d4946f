import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { sayFinding, siteSignals } from '../../../server/desk/findings/service.ts'
import { announceRenderer } from '../../../server/monitor/rendering/queries.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { DAY, HOUR, localDay, MINUTE, startOfDay } from '../../../shared/base/time.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { readHome } from '../../support/visits/home.ts'
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
  ctx.clock.set(TUESDAY)
  site = await makeSite(ctx.db, { unit_id: people.unitId })
})

interface Item {
  n: number
  date?: string
}
/** The monitor visits the site and reads a page with these items. @returns the facts told. */
const see = (...items: Item[]) => {
  const rows = items.map(
    ({ n, date }) =>
      `<li><a href="/a/${n}.html">全区第${n}次安全生产工作会议在我局召开</a>${date ? `<span>${date}</span>` : ''}</li>`,
  )
  const bytes = Buffer.from(`<html><body><ul>${rows.join('')}</ul></body></html>`)
  const ref = localDay(ctx.clock.now())
  const home = readHome({ bytes, ref, url: site.url })
  return ctx.told(() =>
    recordVisits(ctx, [{ ...visitOf(site, ctx.clock.now()), finding: home.finding, page: home.seen }]),
  )
}
const state = () =>
  ctx.db.selectFrom('site_state').selectAll().where('site_id', '=', site.id).executeTakeFirstOrThrow()
const signals = () => siteSignals(ctx, people.duty, site.id)
const some = [1, 2, 3, 4, 5, 6].map((n) => ({ n }))

test('an old item that is given a new date is seen through', async () => {
  await see({ n: 1, date: '2026-02-01' }, { n: 2, date: '2026-01-20' })
  expect(await state()).toMatchObject({ v2: 'violated', newest: '2026-02-01' })
  ctx.clock.advance(HOUR)
  await see({ n: 1, date: '2026-03-10' }, { n: 2, date: '2026-01-20' })
  expect(await state(), 'it is as old as it was').toMatchObject({ v2: 'violated', newest: '2026-02-01' })
  expect((await state()).finding?.rejected).toContainEqual({ raw: '2026-03-10', why: 'rewritten' })
  expect((await signals()).rewritten).toMatchObject([{ date: '2026-03-10', firstDate: '2026-02-01' }])
  ctx.clock.advance(HOUR)
  await see({ n: 3, date: '2026-03-10' }, { n: 1, date: '2026-03-10' })
  expect(await state(), 'a new item is believed').toMatchObject({ v2: 'ok', newest: '2026-03-10' })
})

test('new items without dates: the two signals disagree, and it is said', async () => {
  await see(...some)
  expect(await signals(), 'what is there at first is no news').toMatchObject({
    agreement: 'early',
    news: { since: '2026-03-10', newDay: null },
  })
  ctx.clock.advance(DAY)
  await see(...some.toReversed())
  expect((await signals()).news, 'a carousel is no news').toMatchObject({ newDay: null })
  ctx.clock.advance(DAY)
  await see({ n: 7 }, ...some)
  expect(await signals()).toMatchObject({
    machineNewest: null,
    agreement: 'new_without_date',
    news: { newDay: '2026-03-12', count: 1, titles: ['全区第7次安全生产工作会议在我局召开'] },
  })
  ctx.clock.advance(DAY)
  await see(...some)
  await see({ n: 7 }, ...some)
  expect((await signals()).news, 'an item that comes back was seen before').toMatchObject({
    newDay: '2026-03-12',
  })
})

test('a person decides, until the monitor finds something newer', async () => {
  await see(...some)
  expect(await state()).toMatchObject({ state: 'dormant', v2: 'violated' })
  const said = await ctx.told(() =>
    sayFinding(ctx, people.tianhe, site.id, { updatedOn: '2026-03-08', note: '打电话核实，首页有更新' }),
  )
  expect(said).toMatchObject([
    {
      kind: 'site.changed',
      actor: { name: '李晓燕' },
      data: {
        before: { state: 'dormant' },
        after: { state: 'healthy', v2: 'ok', newest: '2026-03-08' },
        said: { updatedOn: '2026-03-08' },
      },
    },
    { kind: 'alert.resolved', data: { alert: { rule: 'V2' } } },
  ])
  expect(await signals()).toMatchObject({
    machineNewest: null,
    said: { by: { name: '李晓燕' }, updatedOn: '2026-03-08', holds: true },
  })
  ctx.clock.advance(MINUTE)
  expect(await see(...some), 'the next reading changes nothing').toEqual([])
  expect(await state()).toMatchObject({ v2: 'ok', newest: '2026-03-08' })
  ctx.clock.advance(MINUTE)
  await see({ n: 8, date: '2026-03-10' }, { n: 9, date: '2026-03-10' })
  expect(await state()).toMatchObject({ v2: 'ok', newest: '2026-03-10' })
  expect((await signals()).said).toMatchObject({ holds: false })
  const audit = await ctx.db.selectFrom('audit').select('action').where('entity_id', '=', site.id).execute()
  expect(audit.map((row) => row.action)).toEqual(['site.finding_said'])
})

test('what a person said runs out after two weeks', async () => {
  await see(...some)
  await sayFinding(ctx, people.duty, site.id, { updatedOn: '2026-03-10', note: '已核实' })
  ctx.clock.advance(14 * DAY - HOUR)
  await see(...some)
  expect(await state()).toMatchObject({ v2: 'warning', newest: '2026-03-10' })
  ctx.clock.advance(HOUR)
  await see(...some)
  expect(await state()).toMatchObject({ v2: 'violated', newest: null })
})

test('a person may say that a date is forged, and take it back', async () => {
  await see({ n: 1, date: '2026-03-09' }, { n: 2, date: '2026-03-01' })
  await sayFinding(ctx, people.duty, site.id, { updatedOn: null, note: '日期系伪造' })
  expect(await state()).toMatchObject({ state: 'dormant', v2: 'violated', newest: null })
  const taken = await ctx.told(() => sayFinding(ctx, people.duty, site.id, null))
  expect(taken[0]).toMatchObject({ data: { after: { state: 'healthy', newest: '2026-03-09' }, said: null } })
  await refused(sayFinding(ctx, people.duty, site.id, null), 'conflict')
})

test('what is left when a person takes their word back is told once a browser has drawn the page', async () => {
  await see(...some)
  await sayFinding(ctx, people.duty, site.id, { updatedOn: '2026-03-10', note: '已核实' })
  onTestFinished(async () => void (await ctx.db.deleteFrom('renderer').execute()))
  await announceRenderer(ctx.db, 'here', ctx.clock.now(), null)
  const taken = await ctx.told(() => sayFinding(ctx, people.duty, site.id, null))
  expect(taken).toMatchObject([{ kind: 'site.changed', data: { after: { v2: 'insufficient' }, said: null } }])
  const orders = ctx.db.selectFrom('render_order').select(['cause', 'ref']).where('site_id', '=', site.id)
  expect(await orders.execute()).toEqual([{ cause: 'verdict', ref: '' }])
  await sayFinding(ctx, people.duty, site.id, { updatedOn: null, note: '打开看过，没有日期' })
  expect(await state(), 'a person has seen it').toMatchObject({ v2: 'violated' })
})

test('only who judges in that district may say so', async () => {
  const input = { updatedOn: '2026-03-09', note: '已核实' }
  await refused(sayFinding(ctx, people.owner, site.id, input), 'forbidden')
  await refused(sayFinding(ctx, people.viewer, site.id, input), 'forbidden')
  await refused(sayFinding(ctx, people.haizhu, site.id, input), 'not_found')
  await refused(siteSignals(ctx, people.haizhu, site.id), 'not_found')
  await refused(sayFinding(ctx, people.duty, site.id, { ...input, updatedOn: '2026-03-11' }), 'invalid')
})

test('between midnight and its page’s turn a site is judged by the day before, whoever asks', async () => {
  await see({ n: 1, date: '2026-02-24' }, { n: 2, date: '2026-02-20' })
  expect(await state()).toMatchObject({ v2: 'warning', goes_with_day: true })
  ctx.clock.set(startOfDay('2026-03-11') + HOUR)
  await sayFinding(ctx, people.duty, site.id, { updatedOn: '2026-02-01', note: '看错了' })
  await sayFinding(ctx, people.duty, site.id, null)
  const v2 = (await state()).v2
  await recordVisits(ctx, [visitOf(site, ctx.clock.now())])
  expect((await state()).v2, 'the monitor says the same').toBe(v2)
  expect(v2).toBe('warning')
})
