import { beforeEach, expect, it, vi } from 'vitest'
import { askRender, type RenderAsk } from '../../../server/monitor/rendering/ask.ts'
import { columnOf, noteNoList, storeDrawnColumn } from '../../../server/monitor/rendering/columns.ts'
import {
  claimOrders,
  dueAgain,
  finishOrder,
  type RenderOrder,
} from '../../../server/monitor/rendering/queries.ts'
import { renderSite, siteRendering } from '../../../server/monitor/rendering/service.ts'
import type { Visited } from '../../../server/monitor/visit/visited.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import { RENDER_PRIORITY, RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { ctx, recordOnASite, site, state, visited } from '../../recording/recorded.ts'
import { refused } from '../../support/expect.ts'
import { datedFinding, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import {
  DRAWN_MS,
  day,
  drawn,
  drawnPage,
  lately,
  now,
  OF_SCRIPT,
  pageOf,
  past,
  renderer,
  sent,
  startWorker,
} from './drawn.ts'

recordOnASite()
beforeEach(() => ctx.db.deleteFrom('render_order').execute())

let made: Promise<People> | null = null
const everybody = (): Promise<People> => (made ??= makePeople(ctx.db))
const none = () => ctx.db.deleteFrom('renderer').execute()
const ask = (change: Partial<RenderAsk> = {}) =>
  askRender(
    ctx.db,
    [
      {
        siteId: site.id,
        url: site.url,
        purpose: 'reading',
        subject: null,
        cause: 'drawn',
        askedBy: null,
        ...change,
      },
    ],
    now(),
  )
const claim = async (limit = 2): Promise<RenderOrder[]> => {
  const claimed = await claimOrders(ctx.db, { now: now(), limit, busy: [] })
  return claimed.filter(({ siteId }) => siteId === site.id)
}
const order = () =>
  ctx.db.selectFrom('render_order').selectAll().where('site_id', '=', site.id).executeTakeFirstOrThrow()

it('a page is ordered once, becomes as urgent as it is asked for, and is drawn by one renderer at a time', async () => {
  await ask()
  await ask({ cause: 'verdict' })
  const [order, ...others] = await claim()
  expect(order).toMatchObject({ url: site.url, purpose: 'reading', cause: 'drawn', tries: 1 })
  expect([...others, ...(await claim())]).toEqual([])
  const { priority } = await ctx.db
    .selectFrom('render_order')
    .selectAll()
    .where('id', '=', order?.id ?? 0)
    .executeTakeFirstOrThrow()
  expect(priority).toBe(10)
})

it('one that a renderer did not come back with is taken up again, and one that is done is not', async () => {
  await ask()
  const [first] = await claim()
  ctx.clock.advance(RENDERING.leaseS * SECOND + 1)
  const [second] = await claim()
  expect(second, 'that is no try of the page’s').toMatchObject({ id: first?.id, tries: 1, lost: 1 })
  await finishOrder(ctx.db, second?.id ?? 0, now(), null)
  ctx.clock.advance(DAY)
  expect(await claim()).toEqual([])
})

it('one whose page can be drawn, and never be stored, is given up like one that cannot be drawn', async () => {
  let times = 0
  const { look } = await startWorker(() => {
    times++
    return drawnPage(pageOf(...lately()))
  })
  await ask()
  for (let n = 0; n <= RENDERING.lost + 1; n++) {
    ctx.clock.advance(RENDERING.leaseS * SECOND + 1)
    await vi.waitFor(async () => {
      look()
      expect(await order()).toMatchObject({ lost: n })
    }, DRAWN_MS)
  }
  await vi.waitFor(async () => {
    expect(await order()).toMatchObject({ outcome: 'failed', reason: 'broken_off' })
  }, DRAWN_MS)
  expect(times).toBe(RENDERING.lost + 1)
})

it('where no browser starts, a page is tried once within the hour and left to other renderers until then', async () => {
  let times = 0
  const { look, later } = await startWorker(() => {
    times++
    throw new Error('libnss3.so is missing')
  })
  const triedSoFar = (n: number) =>
    vi.waitFor(async () => {
      look()
      expect({ times, ...(await order()) }).toMatchObject({ times: n, lease_until: null, done_at: null })
    }, DRAWN_MS)
  await ask()
  await triedSoFar(1)
  // As long as looking for orders, taking one and failing with it take many times over.
  for (let n = 0; n < 30; n++) {
    look()
    await order()
  }
  expect(times).toBe(1)
  const told = ctx.db.selectFrom('renderer').select('problem').where('name', '=', 'here')
  expect(await told.executeTakeFirst()).toEqual({ problem: 'libnss3.so is missing' })
  const [taken] = await claim()
  expect(taken, 'the try here was none of the page’s').toMatchObject({ tries: 1, lost: 0 })
  ctx.clock.advance(HOUR)
  later()
  await triedSoFar(2)
})

it('a site has its share of a day, and a person a share besides', async () => {
  const share = async (change: Partial<RenderAsk>): Promise<number> => {
    let taken = 0
    for (let n = 0; n < 60; n++) {
      taken += await ask({ ...change, ...(change.subject ? { subject: { ref: `picture ${n}` } } : {}) })
      await ctx.db
        .updateTable('render_order')
        .set({ done_at: new Date(now()) })
        .where('site_id', '=', site.id)
        .execute()
    }
    return taken
  }
  expect(await share({})).toBe(RENDERING.perSiteDay)
  expect(await share({ purpose: 'picture', subject: { ref: '' }, cause: 'proof' })).toBe(
    RENDERING.picturesPerSiteDay,
  )
  ctx.clock.advance(DAY)
  expect(await ask()).toBe(1)
})

it('of what is asked for at once a site has its share as well, the most urgent first; what waits already takes none of it', async () => {
  const share = RENDERING.columnsPerSiteDay
  const other = await makeSite(ctx.db)
  const columnsOf = ({ id, url }: { id: number; url: string }, n: number): RenderAsk[] =>
    Array.from({ length: n }, (_, nth) => ({
      ...{ siteId: id, url: `${url}${nth}/`, purpose: 'reading', subject: { ref: `column ${nth}` } },
      ...{ cause: nth === n - 1 ? 'verdict' : 'older', askedBy: null },
    }))
  await askRender(ctx.db, columnsOf(site, 10), now())
  const asks = [...columnsOf(site, 1_000), ...columnsOf(other, 1_000)]
  expect(await askRender(ctx.db, asks, now())).toBe(2 * share)
  const orders = await ctx.db.selectFrom('render_order').select(['site_id', 'ref', 'priority']).execute()
  for (const { id } of [site, other]) expect(orders.filter((one) => one.site_id === id)).toHaveLength(share)
  const urgent = orders.filter((one) => one.priority === RENDER_PRIORITY.verdict)
  expect(urgent.map(({ ref }) => ref).sort()).toEqual(['column 9', 'column 999', 'column 999'])
})

it('where no renderer is there, a site is judged by what its server sends', async () => {
  await none()
  await sent(pageOf(...past()))
  expect(await state()).toMatchObject({ v2: 'violated' })
  await sent(OF_SCRIPT)
  expect(await state()).toMatchObject({ v2: 'insufficient' })
  expect(await claim()).toEqual([])
})

it('a site is not called dormant before its page was drawn, and is when that shows nothing newer', async () => {
  await renderer()
  await sent(pageOf(...past()))
  expect(await state()).toMatchObject({ v2: 'insufficient', newest: day(30) })
  expect(await claim()).toMatchObject([{ cause: 'verdict', url: site.url }])
  await drawn(pageOf(...past()))
  expect(await state()).toMatchObject({ v2: 'violated', newest: day(30) })
  // And so it stays, whatever is visited later.
  ctx.clock.advance(DAY)
  await renderer()
  await sent(pageOf(...past()))
  expect(await state()).toMatchObject({ v2: 'violated' })
})

it('a renderer that is gone is waited for as long as its term says, and then no more; both are said', async () => {
  await renderer()
  await sent(pageOf(...past()))
  const { duty } = await everybody()
  const seen = () => siteRendering(ctx, duty, site.id)
  const heardAt = new Date(now()).toISOString()
  ctx.clock.advance((RENDERING.silentMinutes + 1) * MINUTE)
  const waitsUntil = new Date(Date.parse(heardAt) + RENDERING.goneMinutes * MINUTE).toISOString()
  expect(await seen()).toMatchObject({ renderer: 'silent', heardAt, waitsUntil, open: { cause: 'verdict' } })
  await sent(pageOf(...past()))
  expect(await state()).toMatchObject({ v2: 'insufficient' })
  ctx.clock.advance(RENDERING.goneMinutes * MINUTE)
  await sent(pageOf(...past()))
  expect(await state()).toMatchObject({ v2: 'violated' })
  expect(await seen()).toMatchObject({ renderer: 'none', heardAt, waitsUntil: null })
})

it('a site whose lists a script makes is judged by what a browser makes of them, for as long as that is recent', async () => {
  await renderer()
  await sent(OF_SCRIPT)
  expect(await claim()).toMatchObject([{ cause: 'drawn' }])
  await drawn(pageOf(...lately()))
  expect(await state()).toMatchObject({ v2: 'ok', newest: day(1), body_hash: 'abc' })
  ctx.clock.advance(HOUR)
  await sent(`${OF_SCRIPT}<p>您是第 2 位访客</p>`)
  expect(await state()).toMatchObject({ v2: 'ok', newest: day(1) })
  await ctx.db
    .updateTable('render_order')
    .set({ done_at: new Date(now()) })
    .execute()
  ctx.clock.advance(RENDERING.againHours * HOUR)
  expect(await dueAgain(ctx.db, now(), 5)).toContainEqual({ siteId: site.id, url: site.url, cause: 'drawn' })
  ctx.clock.advance(RENDERING.standsHours * HOUR)
  await sent(OF_SCRIPT)
  expect(await state()).toMatchObject({ v2: 'insufficient' })
})

it('the site page has both readings, says which counts and has a page drawn for those who may', async () => {
  const people = await everybody()
  await ctx.db.updateTable('site').set({ unit_id: people.unitId }).where('id', '=', site.id).execute()
  await none()
  await refused(renderSite(ctx, people.owner, site.id), 'conflict')
  await renderer('libnss3.so is missing')
  expect(await siteRendering(ctx, people.owner, site.id)).toMatchObject({
    renderer: 'broken',
    drawn: null,
    open: null,
  })
  await renderer()
  await sent(OF_SCRIPT)
  expect(await siteRendering(ctx, people.owner, site.id)).toMatchObject({
    renderer: 'ready',
    cause: 'drawn',
    sent: { outcome: 'unreadable', reason: 'drawn_by_script' },
    believed: 'sent',
    open: { cause: 'drawn', isUnderWay: false },
  })
  await drawn(pageOf(...lately()))
  expect(await siteRendering(ctx, people.owner, site.id)).toMatchObject({
    sent: { outcome: 'unreadable' },
    drawn: { newest: day(1), requests: 3, bytes: 4_000, tookMs: 900 },
    believed: 'drawn',
  })
  expect(await renderSite(ctx, people.owner, site.id)).toMatchObject({ open: { isUnderWay: false } })
  expect((await claim())[0]).toMatchObject({ siteId: site.id })
})

it('nor is a site said to neglect its columns before the page of each was drawn, or is known to be none', async () => {
  await renderer()
  const NEWS = ['部门动态', '基层动态', '图片新闻', '工作快讯', '要闻']
  const columns = NEWS.map((name, n) => ({
    ...{ name, url: `${site.url}column-${n}/`, from: 'home' as const },
    ...{ items: 1, dates: [day(30)] },
  }))
  const visit = (page: Visited['page'] = null) =>
    recordVisits(ctx, [
      visited({ atMs: ctx.clock.advance(SECOND), finding: page && datedFinding(day(0)), page }),
    ])
  await visit({ items: [], dated: [], columns })
  expect(await state()).toMatchObject({ v3: 'insufficient' })
  const drawnOnes: RenderOrder[] = []
  for (let [order] = await claim(); order; [order] = await claim()) {
    await finishOrder(ctx.db, order.id, now(), null)
    const id = columnOf(order)
    if (id === null) continue
    drawnOnes.push(order)
    const listed = { items: 1, dates: [day(30)] }
    if (drawnOnes.length === 5)
      await noteNoList(ctx.db, order, { failed: 'http_error', status: 404 }, new Date(now()))
    else await storeDrawnColumn(ctx.db, { id, siteId: site.id }, { measure: listed, isWhole: true }, now())
  }
  expect(drawnOnes.map(({ cause }) => cause)).toEqual(Array(5).fill('verdict'))
  await visit()
  expect(await state()).toMatchObject({ v3: 'violated' })
})
