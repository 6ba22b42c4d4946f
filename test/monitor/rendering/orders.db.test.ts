import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { checksOf } from '../../../server/monitor/page-checks/checks.ts'
import { askRender, type RenderAsk } from '../../../server/monitor/rendering/ask.ts'
import { columnOf, noteNoList, storeDrawnColumn } from '../../../server/monitor/rendering/columns.ts'
import {
  announceRenderer,
  claimOrders,
  dueAgain,
  finishOrder,
  type RenderOrder,
} from '../../../server/monitor/rendering/queries.ts'
import { drawnHome } from '../../../server/monitor/rendering/reading.ts'
import { renderSite, siteRendering } from '../../../server/monitor/rendering/service.ts'
import { RenderWorker } from '../../../server/monitor/rendering/worker.ts'
import { readOrder } from '../../../server/monitor/visit/reading/page-read.ts'
import { slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
import type { Visited } from '../../../server/monitor/visit/visited.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { KEEPING } from '../../../server/recording/rendering.ts'
import { addDays, DAY, HOUR, localDay, MINUTE, SECOND } from '../../../shared/base/time.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { ctx, recordOnASite, site, state, visited } from '../../recording/recorded.ts'
import { refused } from '../../support/expect.ts'
import { datedFinding } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

recordOnASite()
beforeEach(() => ctx.db.deleteFrom('render_order').execute())

let made: Promise<People> | null = null
const everybody = (): Promise<People> => (made ??= makePeople(ctx.db))
const now = () => ctx.clock.now()
const day = (ago: number) => addDays(localDay(now()), -ago)
const pageOf = (...days: string[]) =>
  `<html><title>某局</title><ul>${days
    .map((one) => `<li><a href="/${one}.html">关于召开会议的通知（${one}）</a><span>${one}</span></li>`)
    .join('')}</ul></html>`
const OF_SCRIPT =
  '<html><title>某局</title><div id="app"></div><script>fetch("/n.json").then(function(r){app.innerHTML="<li>"+r})</script>'
/** The home page as its server sent it, read and recorded. */
async function sent(html: string): Promise<void> {
  const order = {
    bytes: Buffer.from(html),
    contentType: 'text/html',
    url: site.url,
    kind: 'home',
    ref: day(0),
  } as const
  const read = atOnce(readOrder({ ...order, isCut: false, isClosing: false }))
  await recordVisits(ctx, [visited()])
  await recordVisits(ctx, [
    visited({ isReading: true, finding: read?.finding ?? null, page: read?.seen ?? null }),
  ])
}
const drawnPage = (html: string) => ({
  ...{ url: site.url, html: Buffer.from(html), isCut: false, picture: null, tookMs: 900 },
  counts: { requests: 3, bytes: 4_000, refused: 0, isOver: false },
})
/** The same as a browser drew it. */
async function drawn(html: string): Promise<void> {
  const read = await drawnHome(slicedReader, site.id, drawnPage(html), now())
  await recordVisits(ctx, read ? [read] : [])
}
const renderer = (problem: string | null = null) => announceRenderer(ctx.db, 'here', now(), problem)
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
const past = () => [30, 32, 40].map(day)
const lately = () => [1, 3, 5].map(day)

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
  const acts: (() => void)[] = []
  let times = 0
  const begin = (act: () => void) => {
    acts.push(act)
    return () => {}
  }
  const worker = new RenderWorker({
    ...{ ctx, reader: slicedReader, name: 'here', record: () => {}, checks: checksOf(ctx, KEEPING) },
    timers: { after: (_, act) => begin(act), every: (_, act) => begin(act) },
    drawing: {
      ...{ held: 0, start: async () => {}, close: async () => {} },
      async draw({ url }) {
        if (url === site.url) times++
        return drawnPage(pageOf(...lately()))
      },
    },
  })
  await worker.start()
  // The start is over.
  acts.at(-1)?.()
  onTestFinished(() => worker.stop())
  await ask()
  const order = () =>
    ctx.db.selectFrom('render_order').selectAll().where('site_id', '=', site.id).executeTakeFirstOrThrow()
  for (let n = 0; n <= RENDERING.lost + 1; n++) {
    ctx.clock.advance(RENDERING.leaseS * SECOND + 1)
    await vi.waitFor(async () => {
      acts.at(-1)?.()
      expect(await order()).toMatchObject({ lost: n })
    }, 9_000)
  }
  await vi.waitFor(async () =>
    expect(await order()).toMatchObject({ outcome: 'failed', reason: 'broken_off' }),
  )
  expect(times).toBe(RENDERING.lost + 1)
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
    if (drawnOnes.length === 5) await noteNoList(ctx.db, order, 'http_error', new Date(now()))
    else await storeDrawnColumn(ctx.db, { id, siteId: site.id }, listed, new Date(now()))
  }
  expect(drawnOnes.map(({ cause }) => cause)).toEqual(Array(5).fill('verdict'))
  await visit()
  expect(await state()).toMatchObject({ v3: 'violated' })
})
