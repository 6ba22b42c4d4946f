import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { slicedInspector } from '../../../server/monitor/inspections/crawl/inspector.ts'
import { recheckLinks, recheckSoon } from '../../../server/monitor/links/recheck.ts'
import { runSlice, type ScanParts } from '../../../server/monitor/links/scan.ts'
import { linkReport, startScan } from '../../../server/monitor/links/service.ts'
import { scheduleScans } from '../../../server/monitor/links/worker.ts'
import { createProber, type Prober } from '../../../server/monitor/visit/visit.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refuse } from '../../support/databases/refuse.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { startSites, type TestSites } from '../../support/registers/sites.ts'

/* Links and scans that the database refuses for ever. */

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let sites: TestSites
let prober: Prober
let site: MadeSite
let label = ''
let serial = 0
let allow: () => Promise<void> = async () => {}

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  sites = await startSites()
  prober = createProber({ userAgent: 'test', allowAddresses: ['127.0.0.0/8'], deadlineMs: 2_000 })
})
afterAll(async () => {
  prober.close()
  await sites.close()
  await fresh.drop()
})
beforeEach(async () => {
  await ctx.db.deleteFrom('set_aside').execute()
  await ctx.db.deleteFrom('link_scan').execute()
  label = `aside-${++serial}`
  site = await makeSite(ctx.db, { url: sites.url(label), unit_id: people.unitId })
  serve({
    '/': '<a href="/a">甲</a><a href="/poison">乙</a><a href="/b">丙</a>',
    '/a': 'ok',
    '/poison': 'ok',
  })
})
afterEach(async () => {
  await allow()
  allow = async () => {}
})

function serve(pages: Record<string, string>): void {
  sites.set(label, (req, res) => {
    const page = pages[req.url ?? '']
    res.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(page ?? 'gone')
  })
}
const parts = (): ScanParts => ({
  ctx,
  proberFor: () => prober,
  inspector: slicedInspector,
  signal: new AbortController().signal,
  cut: new AbortController().signal,
  wait: async (ms) => void ctx.clock.advance(ms),
})
async function finish(scanId: number): Promise<void> {
  for (let again: number | null = 0; again !== null; ) {
    ctx.clock.advance(again)
    again = await runSlice(parts(), scanId, HOUR)
  }
}
const start = () => startScan(ctx, people.owner, site.id, { delayMs: 100 })
const report = () => linkReport(ctx, people.owner.scope, site.id)
const asides = () => ctx.db.selectFrom('set_aside').selectAll().orderBy('id').execute()
/** Which scans somebody would go on with. */
async function takenUp(): Promise<number[]> {
  const ids: number[] = []
  await scheduleScans(ctx, async (id) => void ids.push(id))
  return ids
}

it('a link that cannot be stored is left out, and its neighbours are visited', async () => {
  allow = await refuse(ctx.db, 'link_target', "new.url like '%/poison'")
  const { id } = await start()
  await finish(id)
  const { scan, findings } = await report()
  expect(scan).toMatchObject({ state: 'done', cut: true, checked: 4 })
  expect(findings.map(({ url, state }) => [new URL(url).pathname, state])).toEqual([['/b', 'confirmed']])
  expect(await asides()).toMatchObject([
    { kind: 'link', ref: `${site.url}poison`, site_id: site.id, code: '23514', times: 1, ended_at: null },
  ])
})

it('a link of which nothing can be noted but that it was tried does not hold up its scan', async () => {
  allow = await refuse(ctx.db, 'link_target', "new.url like '%/poison' and new.state = 'fine'")
  const { id } = await start()
  await finish(id)
  expect((await report()).scan).toMatchObject({ state: 'done' })
  expect(await asides()).toMatchObject([{ kind: 'link', times: 1 }])
})

it('a scan with which nothing can be done is taken up by nobody until a day has passed or somebody ends it', async () => {
  allow = await refuse(ctx.db, 'link_target', "new.url like '%/poison' and new.visits > 0")
  const { id } = await start()
  await finish(id)
  expect(await asides()).toMatchObject([
    { kind: 'link', times: 1 },
    { kind: 'scan', ref: String(id), site_id: site.id },
  ])
  ctx.clock.advance(5 * MINUTE)
  expect(await takenUp()).toEqual([])
  await ctx.db
    .updateTable('set_aside')
    .set({ ended_at: new Date(ctx.clock.now()) })
    .execute()
  await allow()
  allow = async () => {}
  expect(await takenUp()).toEqual([id])
  await finish(id)
  expect((await report()).scan).toMatchObject({ state: 'done' })
})

it('scans by the week go on with other sites when two cannot be stored', async () => {
  // Every site's hour of this week has passed without a scan.
  await ctx.db
    .insertInto('link_scan')
    .columns(['site_id', 'state', 'max_depth', 'max_pages', 'max_links', 'delay_ms', 'created_at', 'next_at'])
    .expression((eb) =>
      eb
        .selectFrom('site')
        .select((eb) => [
          'site.id',
          eb.val('done' as const).as('state'),
          eb.val(1).as('max_depth'),
          eb.val(1).as('max_pages'),
          eb.val(9).as('max_links'),
          eb.val(100).as('delay_ms'),
          eb.val(new Date(ctx.clock.now() - 20 * DAY)).as('created_at'),
          eb.val(new Date(ctx.clock.now() - 20 * DAY)).as('next_at'),
        ]),
    )
    .execute()
  const ids = (await ctx.db.selectFrom('site').select('id').orderBy('id').execute()).map((row) => row.id)
  const [first = 0] = ids
  allow = await refuse(ctx.db, 'link_scan', `new.site_id = ${first} and new.state = 'running'`)
  const begun: number[] = []
  for (let n = 0; n < 3; n++) begun.push(...(await takenUp()))
  expect(await asides()).toMatchObject([{ kind: 'scan', ref: `site ${first}`, site_id: first, times: 1 }])
  expect(new Set(begun).size).toBe(2)
})

it('links that cannot be visited once more keep no others waiting', async () => {
  const { id } = await start()
  await finish(id)
  allow = await refuse(ctx.db, 'link_target', 'new.visits > 2')
  await ctx.db.transaction().execute((tx) => recheckSoon(tx, site.id, new Date(ctx.clock.now())))
  expect(await recheckLinks(parts())).toBe(true)
  ctx.clock.advance(HOUR)
  expect(await recheckLinks(parts()), 'not again').toBe(false)
  expect(await asides()).toMatchObject([{ kind: 'scan', ref: `recheck ${id}`, site_id: site.id, times: 1 }])
})
