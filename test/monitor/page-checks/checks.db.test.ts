import { beforeEach, expect, it } from 'vitest'
import { concludeRules } from '../../../server/monitor/inspections/crawl/conclude.ts'
import { SITE_RULES } from '../../../server/monitor/inspections/families.ts'
import { keptOfSite } from '../../../server/monitor/inspections/kept-of-site.ts'
import { LINE_JUDGES } from '../../../server/monitor/inspections/line/judge.ts'
import type { Outcome, SiteFacts, Tools } from '../../../server/monitor/inspections/rule.ts'
import { checksOf } from '../../../server/monitor/page-checks/checks.ts'
import { checkedPages, drawnLoad } from '../../../server/monitor/page-checks/queries.ts'
import { askChecks, spreadChecks } from '../../../server/monitor/page-checks/turns.ts'
import { askRender } from '../../../server/monitor/rendering/ask.ts'
import type { Drawn } from '../../../server/monitor/rendering/browser/order.ts'
import { announceRenderer } from '../../../server/monitor/rendering/queries.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { KEEPING } from '../../../server/recording/rendering.ts'
import { DAY, HOUR, localDay, MINUTE } from '../../../shared/base/time.ts'
import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import type { AccessFault, PageCheck } from '../../../shared/monitor/page-checks/page-checks-rules.ts'
import { RENDER_PRIORITY, RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { ctx, recordOnASite, site, visited } from '../../recording/recorded.ts'
import { datedFinding, makeSite } from '../../support/make.ts'
import { drawnPage, drawOrdered, notDrawn, now } from '../rendering/drawn.ts'

recordOnASite()
beforeEach(async () => {
  await ctx.db.deleteFrom('render_order').execute()
  await ctx.db.deleteFrom('page_check').execute()
  await announceRenderer(ctx.db, 'here', now(), null)
})

const load = (readyMs: number) => ({ readyMs, paintMs: readyMs + 50, loadMs: readyMs + 900 })
const FAULT: AccessFault = {
  ...{ rule: 'image-alt', level: 'A', impact: 'critical', places: 3, zh: '图像必须有替代文本', en: 'Images' },
  first: [{ selector: 'img', html: '<img alt="" src="/13800138000.png">' }],
}
const page = (change: Partial<PageCheck> = {}, html = '<p>某局</p>'): Drawn => ({
  ...drawnPage(html),
  check: { axe: '4', load: load(700), access: [], ...change },
})
/** It is the turn of this site alone. */
async function turn(): Promise<void> {
  await spreadChecks(ctx.db, new Date(now()))
  await ctx.db.deleteFrom('render_order').execute()
  await ctx.db
    .updateTable('page_check')
    .set({ next_at: new Date(now() + 90 * DAY) })
    .execute()
  await ctx.db
    .updateTable('page_check')
    .set({ next_at: new Date(now() - 1) })
    .where('site_id', '=', site.id)
    .execute()
  await askChecks(ctx.db, now())
}
const ordered = async () =>
  (
    await ctx.db
      .selectFrom('render_order')
      .select(['url', 'ref', 'purpose'])
      .where('site_id', '=', site.id)
      .orderBy('ref')
      .execute()
  ).map(({ url, ref, purpose }) => `${purpose} ${ref} ${url}`)
const said = async (id: 'access-a' | 'access-aa' | 'hidden-links-drawn'): Promise<Outcome | undefined> => {
  const facts = { siteId: site.id, url: site.url } as SiteFacts
  const tools = { kept: keptOfSite(ctx.db, facts, ctx.clock), limits: inspectionRule(id)?.limits ?? {} }
  return SITE_RULES.find((rule) => rule.id === id)?.measure(facts, tools as unknown as Tools)
}

it('one page of each template has its turn, once in so many days; a page that nobody knows is said to be none', async () => {
  await turn()
  expect(await ordered()).toEqual([`check check home ${site.url}`])
  const known = await checkedPages(ctx.db, site.id, now())
  expect(known.map(({ template, reason }) => [template, reason])).toEqual([
    ['home', null],
    ['list', 'no_such_page'],
    ['article', 'no_such_page'],
  ])
  await askChecks(ctx.db, now() + DAY)
  expect(await ordered()).toHaveLength(1)
  const columns = [
    { name: '工作动态', url: `${site.url}xw/`, from: 'home' as const, items: 1, dates: ['2026-03-01'] },
  ]
  const finding = datedFinding(localDay(now()))
  const evidence = finding.evidence && { ...finding.evidence, href: `${site.url}xw/1.html` }
  await recordVisits(ctx, [
    visited({ isReading: true, finding: { ...finding, evidence }, page: { items: [], dated: [], columns } }),
  ])
  ctx.clock.advance(DAY)
  await turn()
  expect(await ordered()).toEqual([
    `check check article ${site.url}xw/1.html`,
    `check check home ${site.url}`,
    `check check list ${site.url}xw/`,
  ])
})

it('sites get their turns once an hour, those that are gone none', async () => {
  const gone = await makeSite(ctx.db, { lifecycle: 'closed' })
  const sitesWithTurns = async () =>
    new Set((await ctx.db.selectFrom('page_check').select('site_id').execute()).map(({ site_id: id }) => id))
  const checks = checksOf(ctx, KEEPING)
  await checks.ask(now())
  const first = await sitesWithTurns()
  expect([first.has(site.id), first.has(gone.id)]).toEqual([true, false])
  const later = await makeSite(ctx.db)
  await checks.ask(now() + MINUTE)
  expect((await sitesWithTurns()).has(later.id)).toBe(false)
  await checks.ask(now() + HOUR)
  expect((await sitesWithTurns()).has(later.id)).toBe(true)
})

it('a page of a site that is down is put off by a day', async () => {
  const down = await makeSite(ctx.db, {}, { availability: 'down' })
  const next_at = new Date(now() - HOUR)
  await ctx.db.insertInto('page_check').values({ site_id: down.id, template: 'home', next_at }).execute()
  await askChecks(ctx.db, now())
  const { next_at: next } = await ctx.db
    .selectFrom('page_check')
    .select('next_at')
    .where('site_id', '=', down.id)
    .executeTakeFirstOrThrow()
  expect(next.getTime()).toBe(now() + DAY)
})

it('checks wait for all else that is to be drawn, and none is asked for while much waits', async () => {
  const due = async () => {
    await ctx.db
      .updateTable('page_check')
      .set({ next_at: new Date(now() - 1) })
      .where('site_id', '=', site.id)
      .execute()
    await askChecks(ctx.db, now())
    return ordered()
  }
  await turn()
  const { priority } = await ctx.db.selectFrom('render_order').select('priority').executeTakeFirstOrThrow()
  expect(priority).toBeLessThan(RENDER_PRIORITY.usual)
  await ctx.db.deleteFrom('render_order').execute()
  const reading = { purpose: 'reading', subject: null, cause: 'drawn', askedBy: null } as const
  for (let n = 0; n < RENDERING.checksWhileFewerWait; n++) {
    const other = await makeSite(ctx.db)
    await askRender(ctx.db, [{ ...reading, siteId: other.id, url: other.url }], now())
  }
  expect(await due()).toEqual([])
  await ctx.db
    .updateTable('render_order')
    .set({ not_before: new Date(now() + HOUR) })
    .execute()
  expect(await due()).toEqual([`check check home ${site.url}`])
})

it('what a browser finds is kept and judged: found with its place and without numbers of persons, else clear', async () => {
  expect(await said('access-a')).toEqual({ outcome: 'unmeasured', reason: 'accessNever' })
  await turn()
  await drawOrdered(page({ access: [FAULT] }))
  expect(await said('access-a')).toMatchObject({
    problems: [{ key: 'image-alt', excerpt: '<img alt="" src="/***.png">', outline: { selector: 'img' } }],
  })
  expect(await said('access-aa')).toEqual({ outcome: 'clear' })
})

it('links that nobody sees are kept, those first that are bad, and told once, however they were seen', async () => {
  const link = (text: string, host: string) => ({ href: `http://${host}/13800138000`, text })
  const friends = Array.from({ length: 90 }, (_, n) => link('合作单位', `www.friend${n}.test`))
  const block = { by: 'offscreen', isLater: false, own: 0, text: '' } as const
  const blocks = [
    { ...block, links: friends },
    { ...block, links: [...friends, link('澳门新葡京官网', 'www.qx778.test')] },
  ]
  await turn()
  await drawOrdered(page({ unseen: { blocks, isCut: false } }))
  const [kept] = await checkedPages(ctx.db, site.id, now())
  expect(kept?.found?.unseen).toMatchObject({
    blocks: [{ links: [{ href: 'http://www.qx778.test/', text: '澳门新葡京官网' }, ...Array(79).fill({})] }],
  })
  expect(await said('hidden-links-drawn')).toMatchObject({ problems: [{ key: 'qx778.test', url: site.url }] })
  const told = {
    site_id: site.id,
    rule: 'hidden-links',
    key: 'kk.test',
    url: site.url,
    excerpt: '',
    rule_version: 2,
  }
  const days = { first_at: new Date(now()), last_at: new Date(now()) }
  await ctx.db
    .insertInto('inspection_problem')
    .values({ ...told, ...days, detail: JSON.stringify({ hosts: 'kk.test qx778.test' }) })
    .execute()
  expect(await said('hidden-links-drawn')).toEqual({ outcome: 'clear' })
})

it('hidden links stand until each page that had them has been looked at again', async () => {
  const rule = 'hidden-links-drawn'
  const problem = (key: string, on: string) => ({
    ...{ key, url: site.url, excerpt: '', outline: null },
    detail: { page: on },
  })
  const all = ['home.test', 'both.test', 'list.test']
  const conclude = async (outcome: Outcome) => {
    const at = new Date(now())
    await ctx.db.transaction().execute((tx) => concludeRules(tx, site.id, new Map([[rule, outcome]]), at))
    const there = ctx.db.selectFrom('inspection_problem').select('key').where('site_id', '=', site.id)
    const rows = await there.where('rule', '=', rule).where('gone_at', 'is', null).orderBy('id').execute()
    return rows.map(({ key }) => key)
  }
  const problems = all.map((key, n) => problem(key, ['home', 'home list', 'list'][n] ?? ''))
  expect(await conclude({ outcome: 'found', problems, looked: ['home', 'list'] })).toEqual(all)
  expect(await conclude({ outcome: 'unmeasured', reason: 'accessLate', looked: ['article'] })).toEqual(all)
  const other = problem('new.test', 'list')
  const left = ['home.test', 'both.test', 'new.test']
  expect(await conclude({ outcome: 'found', problems: [other], looked: ['list'] })).toEqual(left)
  expect(await conclude({ outcome: 'clear' })).toEqual([])
})

it('a page that cannot be drawn keeps what was found of it until that is too old; then it is not measured', async () => {
  await turn()
  await drawOrdered(page({ access: [FAULT] }))
  ctx.clock.advance(RENDERING.checkEveryDays * DAY)
  await announceRenderer(ctx.db, 'here', now(), null)
  await turn()
  await drawOrdered(notDrawn('no_page'))
  expect(await said('access-a')).toMatchObject({ outcome: 'found' })
  ctx.clock.advance(4 * RENDERING.checkEveryDays * DAY)
  await announceRenderer(ctx.db, 'here', now(), null)
  expect((await said('access-a'))?.outcome).toBe('unmeasured')
  await ctx.db.deleteFrom('renderer').execute()
  expect(await said('access-a')).toEqual({ outcome: 'unmeasured', reason: 'accessNoRenderer' })
})

it('a challenge of a firewall is no page of the site', async () => {
  await turn()
  await drawOrdered(page({ access: [FAULT] }, '<title>安全验证</title><p>请拖动滑块完成验证</p>'))
  expect(await said('access-a')).toEqual({ outcome: 'unmeasured', reason: 'accessBlocked' })
})

it('a home page that takes too long is opened once more, and the better time is the one of the line', async () => {
  await turn()
  expect(await drawOrdered(page({ load: load(5_000) }), page({ load: load(1_200) }))).toBe(2)
  const drawn = await drawnLoad(ctx.db, site.id, now())
  expect(drawn?.ms).toBe(1_250)
  const seen = {
    measured: { url: site.url, load: { ms: 90, by: 'load' } },
    hasSix: false,
    canRender: true,
    drawn,
  }
  const judge = LINE_JUDGES['line-slow']
  expect(judge?.(seen as never, inspectionRule('line-slow')?.limits ?? {})).toEqual({ outcome: 'clear' })
  expect(await drawnLoad(ctx.db, site.id, now() + 90 * DAY)).toBeNull()
})
