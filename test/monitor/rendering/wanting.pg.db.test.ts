import { sql } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { storeList } from '../../../server/monitor/columns/queries.ts'
import { siteColumns } from '../../../server/monitor/columns/service.ts'
import type { ColumnSighting } from '../../../server/monitor/columns/store.ts'
import type { Drawn } from '../../../server/monitor/rendering/browser/order.ts'
import { storeDrawnColumn } from '../../../server/monitor/rendering/columns.ts'
import { siteRendering } from '../../../server/monitor/rendering/service.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { ctx, recordOnASite, site, state, visited } from '../../recording/recorded.ts'
import { datedFinding } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { day, drawnPage, drawOrdered, lately, now, OF_SCRIPT, pageOf, past, renderer, sent } from './drawn.ts'

recordOnASite()
beforeEach(async () => {
  await ctx.db.deleteFrom('render_order').execute()
  await renderer()
})

let made: Promise<People> | null = null
const everybody = (): Promise<People> => (made ??= makePeople(ctx.db))
const EMPTY = '<html><title>某局</title><div id="app"></div></html>'
const LOADING = '<html><title>某局</title><ul id="news"><li>正在加载…</li></ul></html>'
/** More items than stand on a page beside its lists, none of them new. */
const oldList = () => pageOf(...[30, 32, 40, 41, 42, 43].map(day))

/** Draws what is ordered as often as it is tried. @returns how often. */
async function drawToEnd(page: Drawn): Promise<number> {
  let times = 0
  for (let n = 0; n <= RENDERING.tries; n++) {
    times += await drawOrdered(page)
    ctx.clock.advance(RENDERING.retryMinutes * MINUTE)
    await renderer()
  }
  return times
}

it.each([
  ['the page stands empty', () => EMPTY],
  ['one old item stands there', () => pageOf(day(30))],
  ['the other of its lists came, and is old', oldList],
])(
  'what a page asked for in vain leaves V2 open, with the reason, and is tried again: %s',
  async (_, html) => {
    const { duty } = await everybody()
    await sent(OF_SCRIPT)
    expect(await drawToEnd(drawnPage(html(), 1))).toBe(RENDERING.tries)
    expect(await siteRendering(ctx, duty, site.id)).toMatchObject({
      ...{ drawn: null, failed: { reason: 'incomplete' } },
    })
    expect(await state()).toMatchObject({ v2: 'insufficient', newest: null })
    ctx.clock.advance(RENDERING.againHours * HOUR)
    await renderer()
    await sent(OF_SCRIPT)
    await drawOrdered(drawnPage(html()))
    expect(await state(), 'the same page, answering').toMatchObject({ v2: 'violated' })
    expect(await siteRendering(ctx, duty, site.id)).toMatchObject({ failed: null, believed: 'drawn' })
  },
)

it('new items count although something else that their page asked for did not come, and are not all of it', async () => {
  await sent(OF_SCRIPT)
  expect(await drawOrdered(drawnPage(pageOf(...lately()), 1))).toBe(1)
  expect(await state()).toMatchObject({ v2: 'ok', newest: day(1) })
  ctx.clock.advance(20 * DAY)
  await recordVisits(ctx, [visited()])
  expect(await state()).toMatchObject({ v2: 'insufficient' })
})

it('a page that is too long to be read as it was drawn has no verdict told by what was sent', async () => {
  const { duty } = await everybody()
  const long = { ...drawnPage('<html><p>本局依法履行职责。</p>'), isCut: true }
  await sent(pageOf(...past()))
  await drawOrdered(long)
  expect(await siteRendering(ctx, duty, site.id)).toMatchObject({ drawn: null, failed: { reason: 'unread' } })
  expect(await state()).toMatchObject({ v2: 'insufficient' })
  ctx.clock.advance(HOUR)
  await renderer()
  await sent(pageOf(...past()))
  expect(await state()).toMatchObject({ v2: 'insufficient' })
})

const NAMES = ['部门动态', '基层动态', '图片新闻', '工作快讯', '要闻']
/** A home page by which its five columns seem neglected. */
async function seeColumns(): Promise<void> {
  const columns = NAMES.map(
    (name, n): ColumnSighting => ({
      ...{ name, url: `${site.url}column-${n}/`, from: 'home', items: 1, dates: [day(30)] },
    }),
  )
  await renderer()
  ctx.clock.advance(MINUTE)
  const page = { items: [], dated: [], columns }
  await recordVisits(ctx, [visited({ finding: datedFinding(day(0)), page })])
}
const columnOrders = () =>
  ctx.db
    .selectFrom('render_order')
    .select(['tries', 'outcome', 'reason'])
    .where('site_id', '=', site.id)
    .where('ref', 'like', 'column %')
    .execute()
const kept = () =>
  ctx.db
    .selectFrom('site_column')
    .select(['id', 'list_items', 'list_dates', 'blank_runs', 'drawn_at'])
    .where('site_id', '=', site.id)
    .orderBy('id')
    .execute()

it.each([
  ['is empty without what it asked for', () => drawnPage(EMPTY, 1), 'incomplete', RENDERING.tries],
  ['still says that it is loading', () => drawnPage(LOADING), 'unread', 1],
  ['shows the old items of another list', () => drawnPage(oldList(), 1), 'incomplete', RENDERING.tries],
])('the page of a column that %s leaves V3 open, with the reason', async (_, page, reason, tries) => {
  const { duty } = await everybody()
  await seeColumns()
  expect(await state()).toMatchObject({ v3: 'insufficient' })
  await drawToEnd(page())
  expect(await columnOrders()).toEqual(NAMES.map(() => ({ tries, outcome: 'failed', reason })))
  for (const one of await kept()) {
    expect(one).toMatchObject({ list_items: null, blank_runs: 0, drawn_at: null })
  }
  await seeColumns()
  expect(await state()).toMatchObject({ v3: 'insufficient' })
  const reasons = async () =>
    (await siteColumns(ctx, duty, site.id)).columns.map(({ undrawn }) => undrawn?.reason)
  expect(await reasons()).toEqual(NAMES.map(() => reason))
  ctx.clock.advance(RENDERING.verdictHours * HOUR)
  await seeColumns()
  await drawOrdered(drawnPage(oldList()))
  await seeColumns()
  expect(await state(), 'the same page, answering').toMatchObject({ v3: 'violated' })
  expect(await reasons()).toEqual(NAMES.map(() => undefined))
})

it('a column is kept up by new items whatever else its page asked for, and by what was drawn beside what is sent', async () => {
  await seeColumns()
  await drawOrdered(drawnPage(pageOf(...lately()), 1))
  await seeColumns()
  expect(await state()).toMatchObject({ v3: 'ok' })
  const [column] = await kept()
  expect(column).toMatchObject({ list_items: 3, drawn_at: null })
  ctx.clock.advance(HOUR)
  for (const { id } of await kept())
    await storeList(ctx.db, { id, siteId: site.id }, { items: 0, dates: [] }, new Date(now()))
  await seeColumns()
  expect(await state(), 'its server sends an empty list, as ever').toMatchObject({ v3: 'ok' })
})

it('a column whose list its server sends itself is neglected by that, whatever its page asks for in vain', async () => {
  await seeColumns()
  const dates = Array.from({ length: 6 }, (_, n) => day(200 + n))
  for (const { id } of await kept())
    await storeList(ctx.db, { id, siteId: site.id }, { items: dates.length, dates }, new Date(now()))
  await seeColumns()
  expect(await state()).toMatchObject({ v3: 'insufficient' })
  await drawOrdered(drawnPage(oldList(), 1))
  await seeColumns()
  expect(await state()).toMatchObject({ v3: 'violated' })
})

it.each([
  ['was sent before the page was made anew', RENDERING.standsHours, {}],
  ['has no dates', 0, { list_dates: JSON.stringify([]) }],
  ['was drawn by an earlier version', 0, { drawn_at: sql<Date>`list_read_at` }],
])(
  'a column is not neglected by a list that %s, while its page asks for another in vain',
  async (_, hours, is) => {
    await seeColumns()
    const dates = Array.from({ length: 6 }, (_, n) => day(200 + n))
    for (const { id } of await kept())
      await storeList(ctx.db, { id, siteId: site.id }, { items: dates.length, dates }, new Date(now()))
    await ctx.db
      .updateTable('site_column')
      .set({ list_items: 6, ...is })
      .where('site_id', '=', site.id)
      .execute()
    const drawn = (await kept()).map(({ drawn_at }) => drawn_at)
    ctx.clock.advance(hours * HOUR)
    await seeColumns()
    await drawToEnd(drawnPage(oldList(), 1))
    const reasons = (await columnOrders()).map(({ reason }) => reason)
    expect(reasons).toEqual(NAMES.map(() => 'incomplete'))
    expect((await kept()).map(({ drawn_at }) => drawn_at)).toEqual(drawn)
  },
)

it('of what is sent and drawn of a column the newer and fuller counts, for as long as what was drawn stands', async () => {
  await seeColumns()
  const [{ id } = { id: 0 }] = await kept()
  const column = { id, siteId: site.id }
  const list = (...dates: string[]) => ({ items: dates.length, dates })
  const keep = (measure: ReturnType<typeof list>) =>
    storeDrawnColumn(ctx.db, column, { measure, isWhole: true }, now())
  const send = (measure: ReturnType<typeof list>) => storeList(ctx.db, column, measure, new Date(now()))
  const listed = async () => (await kept()).find((one) => one.id === id)
  await send(list(day(9)))
  await keep(list(day(3), day(9)))
  await send(list())
  expect(await listed(), 'what is empty as it is sent').toMatchObject({ list_items: 2, blank_runs: 0 })
  await send(list(day(2)))
  await keep(list(day(20), day(21)))
  expect(await listed(), 'and what is older as it is drawn').toMatchObject({ list_dates: [day(2)] })
  ctx.clock.advance(RENDERING.standsHours * HOUR)
  await send(list())
  expect(await listed()).toMatchObject({ list_items: 0, blank_runs: 1 })
})
