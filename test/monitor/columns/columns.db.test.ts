import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { findingRoutes } from '../../../server/desk/findings/routes.ts'
import { storeList } from '../../../server/monitor/columns/queries.ts'
import { columnRoutes } from '../../../server/monitor/columns/routes.ts'
import { claimDueColumn } from '../../../server/monitor/schedule/daily/claims.ts'
import { columnVisits } from '../../../server/monitor/schedule/daily/column-visits.ts'
import { slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { api } from '../../../shared/api.ts'
import { DAY, HOUR, localDay, MINUTE } from '../../../shared/base/time.ts'
import type { SiteColumns } from '../../../shared/monitor/columns/columns.ts'
import limits from '../../../shared/monitor/columns/limits.json' with { type: 'json' }
import { type Client, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { datedFinding, type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'
import { until } from '../../support/until.ts'
import { readHome } from '../../support/visits/home.ts'
import { pagesOf } from '../../support/visits/pages.ts'
import { visitOf } from '../../support/visits/visited.ts'

let fresh: FreshDatabase
let ctx: TestContext
let http: TestHttp
let people: People
let duty: Client
let owner: Client
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  http = await startHttp(fresh, { routers: (context) => [columnRoutes(context), findingRoutes(context)] })
  duty = await signedIn(http, 'duty', PASSWORD)
  owner = await signedIn(http, 'owner', PASSWORD)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})
beforeEach(async () => {
  ctx.clock.set(TUESDAY)
  await ctx.db.deleteFrom('site_column').execute()
  site = await makeSite(ctx.db, { unit_id: people.unitId })
})

/** The monitor reads a home page with these columns: name, folder, dates. */
async function see(...boxes: [name: string, folder: string, ...dates: string[]][]): Promise<void> {
  const html = boxes.map(([name, folder, ...dates]) => {
    const items = dates.map(
      (date, n) =>
        `<li><a href="/${folder}/${n}.html">全区第${n}次${name}会议在我局召开</a><span>${date}</span></li>`,
    )
    return `<div><div class="tit"><h3>${name}</h3><a href="/${folder}/">更多</a></div><ul>${items.join('')}</ul></div>`
  })
  const bytes = Buffer.from(`<html><body>${html.join('')}</body></html>`)
  const ref = localDay(ctx.clock.now())
  const home = readHome({ bytes, ref, url: site.url })
  await recordVisits(ctx, [{ ...visitOf(site, ctx.clock.now()), finding: home.finding, page: home.seen }])
}
const columns = async (): Promise<SiteColumns> =>
  api.siteColumns.output.parse(await (await duty.get(`/api/sites/${site.id}/columns`)).json())
const stateOf = (all: SiteColumns, name: string) => all.columns.find((one) => one.name === name)?.state

test('columns of a home page, each by its class, and what the rules make of them', async () => {
  await see(
    ['工作动态', 'gzdt', '2026-03-09', '2026-03-02'],
    ['通知公告', 'tzgg', '2025-09-09'],
    ['人事信息', 'rsxx', '2025-06-01'],
  )
  const all = await columns()
  expect(all.columns).toMatchObject([
    { name: '工作动态', class: 'news', state: 'fresh', newest: '2026-03-09', recent: 2, confirmedBy: null },
    { name: '通知公告', class: 'notice', state: 'stale', newest: '2025-09-09', recent: 0 },
    { name: '人事信息', class: 'personnel', state: 'fresh', recent: 1 },
  ])
  expect(all.unconfirmed).toBe(3)
  expect(all.verdicts.vetoes.map(({ rule, verdict, count }) => [rule, verdict, count])).toEqual([
    ['V3a', 'ok', 1],
    ['V3b', 'ok', 1],
    ['V3c', 'ok', 0],
  ])
  expect(all.verdicts.deductions).toEqual([
    { rule: 'S3', count: 2, points: 5 },
    { rule: 'S4a', count: 0, points: 0 },
    { rule: 'S4b', count: 1, points: 4 },
    { rule: 'S4c', count: 0, points: 0 },
  ])
})

test('a person says once what a column is for; the monitor does not unsay it', async () => {
  await see(['工作动态', 'gzdt', '2026-01-09'])
  const [column] = (await columns()).columns
  const address = `/api/sites/${site.id}/columns/${column?.id}`
  expect((await owner.post(address, { class: 'other' })).status, 'not its owner').toBe(403)
  const edited = await duty.post(address, { class: 'plan' })
  expect(api.classifyColumn.output.parse(await edited.json()).columns).toMatchObject([
    { class: 'plan', state: 'fresh', confirmedBy: { name: '王敏' } },
  ])
  ctx.clock.advance(HOUR)
  await see(['工作动态', 'gzdt', '2026-01-09'])
  expect((await columns()).columns).toMatchObject([{ class: 'plan', confirmedBy: { name: '王敏' } }])
  expect((await duty.post(`/api/sites/${site.id}/columns/999999`, { class: 'plan' })).status).toBe(404)
  const audit = await ctx.db
    .selectFrom('audit')
    .select('detail')
    .where('action', '=', 'site.column_classified')
    .execute()
  expect(audit).toHaveLength(1)
})

test('a column that has gone from the home page goes, and one below another does not count', async () => {
  await see(['工作动态', 'gzdt', '2026-01-09'], ['通知公告', 'tzgg', '2026-03-09'])
  ctx.clock.advance(2 * DAY)
  await see(['工作动态', 'gzdt', '2026-01-09'], ['部门动态', 'gzdt/bmdt', '2026-01-02'])
  const all = await columns()
  expect(all.columns.map(({ name, isChild }) => [name, isChild])).toEqual([
    ['工作动态', false],
    ['部门动态', true],
  ])
  expect(all.verdicts.vetoes[0], 'one column, not two').toMatchObject({ rule: 'V3a', count: 1 })
})

test('the pages of columns come to their turn once a day, spread over it, and say what the home page cannot', async () => {
  const home = () => see(['规划计划', 'ghjh'], ['政策文件', 'zcwj'])
  await home()
  expect(stateOf(await columns(), '规划计划'), 'nothing is known of it yet').toBe('unknown')
  const due = async () =>
    (await claimDueColumn(ctx.db, { now: new Date(ctx.clock.now()), limit: 10 })).map((one) => one.id)
  ctx.clock.advance(DAY)
  const elsewhere = { now: new Date(ctx.clock.now()), limit: 10, fullHosts: [new URL(site.url).host] }
  expect(await claimDueColumn(ctx.db, elsewhere), 'of a host where some wait').toEqual([])
  const first = await due()
  expect(first).toHaveLength(2)
  expect(await due(), 'not again today').toEqual([])
  const [plan = 0, policy = 0] = first.toSorted((a, b) => a - b)
  const read = (id: number, dates: string[]) =>
    storeList(ctx.db, { id, siteId: site.id }, { items: dates.length, dates }, new Date(ctx.clock.now()))
  await read(plan, [])
  await read(policy, ['2026-03-01'])
  expect(stateOf(await columns(), '规划计划'), 'empty once').toBe('unknown')
  expect(stateOf(await columns(), '政策文件')).toBe('fresh')
  ctx.clock.advance(DAY)
  await home()
  expect(await due()).toHaveLength(2)
  await read(plan, [])
  const all = await columns()
  expect(stateOf(all, '规划计划'), 'empty twice running').toBe('blank')
  expect(all.verdicts.vetoes[2]).toMatchObject({ rule: 'V3c', count: 1, verdict: 'ok' })
  await read(plan, ['2026-03-11'])
  expect(stateOf(await columns(), '规划计划'), 'filled again').toBe('fresh')
})

test('a column whose page leaves out the year is as old as its articles say', async () => {
  await see(['规划计划', 'ghjh'], ['政策文件', 'zcwj'])
  ctx.clock.advance(DAY)
  const days = ['03-02', '02-20', '02-11', '01-28', '01-15']
  const rows = days.map(
    (day, n) => `<li><a href="${n}.html">关于印发第${n}号工作方案的通知</a><span>${day}</span></li>`,
  )
  const article = (n: number) =>
    `<html><body><h1>关于印发第${n}号工作方案的通知</h1><p>发布时间：2023-${days[n]}　来源：办公室</p></body></html>`
  const { prober } = pagesOf({
    '/zcwj/': `<html><body><h2>政策文件</h2><ul>${rows.join('')}</ul></body></html>`,
    '/zcwj/0.html': article(0),
    '/zcwj/1.html': article(1),
  })
  const alone = (_: unknown, work: () => Promise<void>) => work()
  const visits = columnVisits({ ctx, proberOf: () => prober, reader: slicedReader, alone })
  visits.start()
  onTestFinished(() => visits.stop())
  const state = async () => stateOf(await columns(), '政策文件')
  expect(await until('its page is read', async () => (await state()) !== 'unknown' && state())).toBe('stale')
})

test('columns of a site that is down are not visited', async () => {
  await see(['工作动态', 'gzdt', '2026-03-09'])
  await ctx.db
    .updateTable('site_state')
    .set({ availability: 'down' })
    .where('site_id', '=', site.id)
    .execute()
  ctx.clock.advance(DAY)
  expect(await claimDueColumn(ctx.db, { now: new Date(ctx.clock.now()), limit: 10 })).toEqual([])
})

test('the signals of a site, by HTTP, and a person’s finding', async () => {
  const signals = await duty.get(`/api/sites/${site.id}/signals`)
  expect(api.siteSignals.output.parse(await signals.json())).toMatchObject({ agreement: 'early', said: null })
  const body = { updatedOn: '2026-03-08', note: '已核实' }
  const said = await duty.post(`/api/sites/${site.id}/finding`, body)
  expect(api.sayFinding.output.parse(await said.json())).toMatchObject({ said: { updatedOn: '2026-03-08' } })
  expect((await owner.post(`/api/sites/${site.id}/finding`, body)).status).toBe(403)
})

/** The monitor reads a home page that shows these columns. */
async function show(names: readonly string[]): Promise<void> {
  const columns = names.map((name) => ({
    ...{ name, url: `${site.url}${name}/`, from: 'home' as const, items: 1, dates: ['2026-03-09'] },
  }))
  const page = { items: [], dated: [], columns }
  await recordVisits(ctx, [{ ...visitOf(site, ctx.clock.now()), finding: datedFinding('2026-03-09'), page }])
}
const kept = async (): Promise<string[]> =>
  (await ctx.db.selectFrom('site_column').select('name').orderBy('id').execute()).map(({ name }) => name)
async function confirm(name: string): Promise<void> {
  const column = (await columns()).columns.find((one) => one.name === name)
  await duty.post(`/api/sites/${site.id}/columns/${column?.id}`, { class: 'news' })
}

test('of a page that calls its lists otherwise at each reading the newest are kept, and what a person has confirmed', async () => {
  await show(['工作动态', '要闻'])
  await confirm('要闻')
  const names = (reading: number) => Array.from({ length: 60 }, (_, n) => `第${reading}次的第${n}栏`)
  for (let reading = 1; reading <= 5; reading++) {
    ctx.clock.advance(10 * MINUTE)
    await show(names(reading))
  }
  const all = await kept()
  expect(all).toHaveLength(limits.unconfirmedPerSite + 1)
  expect(all).toEqual(expect.arrayContaining(['要闻', ...names(5), ...names(4), ...names(3)]))
  expect(all).not.toContain('工作动态')
})

test('a column that nobody has confirmed goes when its page has not shown it for a month, and not because nobody read it', async () => {
  await show(['工作动态', '通知公告', '人事信息'])
  await confirm('人事信息')
  ctx.clock.advance((limits.unseenDays + 1) * DAY)
  await recordVisits(ctx, [visitOf(site, ctx.clock.now())])
  expect(await kept()).toEqual(['工作动态', '通知公告', '人事信息'])
  ctx.clock.advance(MINUTE)
  await show(['工作动态'])
  expect(await kept()).toEqual(['工作动态', '人事信息'])
})
