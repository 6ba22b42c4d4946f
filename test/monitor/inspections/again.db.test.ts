import { beforeEach, describe, expect, it } from 'vitest'
import { judgingAgain } from '../../../server/monitor/inspections/crawl/again.ts'
import { type Inspector, slicedInspector } from '../../../server/monitor/inspections/crawl/inspector.ts'
import { keepProblems } from '../../../server/monitor/inspections/crawl/problems.ts'
import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import { makeSite } from '../../support/make.ts'
import { a, asked, ctx, forgetAsked, people, playOnASite, scan, serve, site } from '../links/scans.ts'

playOnASite()
beforeEach(() => ctx.db.deleteFrom('inspection').execute())

const again = (inspector: Inspector = slicedInspector, sliceMs?: number) =>
  judgingAgain({ ctx, inspector, signal: new AbortController().signal }, sliceMs)

const page = (title: string) =>
  `<html><head><title>${title}</title></head><body><p>关于开展政府网站检查工作的通知，请各单位报送自查情况。</p></body></html>`
const TEXT =
  '各乡镇人民政府，各街道办事处，市直各单位：现将有关事项通知如下，请结合实际认真贯彻落实。'.repeat(10)
const problems = () =>
  ctx.db
    .selectFrom('inspection_problem')
    .selectAll()
    .where('site_id', '=', site.id)
    .where('rule', '=', 'page-title')
    .orderBy('key')
    .execute()

/** Its home page was looked at by other rules. */
const setBack = (id: number) =>
  ctx.db.updateTable('inspection_page').set({ rules: 'older' }).where('site_id', '=', id).execute()

/** Its lists were read on two days, and no date contradicts another. */
async function readLists(id: number): Promise<void> {
  await ctx.db.insertInto('site_lists').values({ site_id: id, day: '2026-03-02', lists: '[]' }).execute()
  const news = { new_day: null, new_count: 0, new_titles: '[]', rewritten: '[]', items: 0 }
  await ctx.db
    .insertInto('site_news')
    .values({ site_id: id, since: '2026-03-01', ...news })
    .execute()
}

/** A rule of sites has said something by another version. */
async function saidBefore(id: number, rule = 'dates-forged'): Promise<void> {
  const now = new Date(ctx.clock.now())
  await ctx.db
    .insertInto('inspection')
    .values({ site_id: id, rule, outcome: 'found', reason: null, at: now, since: now, version: 0 })
    .onConflict((on) => on.columns(['site_id', 'rule']).doUpdateSet({ version: 0 }))
    .execute()
}
const versionOf = async (id: number, rule = 'dates-forged') =>
  (
    await ctx.db
      .selectFrom('inspection')
      .select('version')
      .where('site_id', '=', id)
      .where('rule', '=', rule)
      .executeTakeFirst()
  )?.version

let serial = 0
async function another(change: object = {}): Promise<number> {
  const { id } = await makeSite(ctx.db, {
    url: `http://again-${++serial}.test/`,
    unit_id: people.unitId,
    ...change,
  })
  await saidBefore(id)
  await readLists(id)
  return id
}

describe('a rule that decides otherwise than it did', () => {
  it('judges again what is kept of a site, and the rest stands with the version that judged it', async () => {
    serve({ '/': page('测试') + a('/a'), '/a': page('测试') })
    await scan()
    await ctx.db
      .updateTable('inspection')
      .set({ version: 0, outcome: 'found' })
      .where('site_id', '=', site.id)
      .execute()
    await ctx.db
      .updateTable('inspection_problem')
      .set({ rule_version: 0 })
      .where('site_id', '=', site.id)
      .execute()
    await setBack(site.id)
    const older = {
      key: '/older',
      url: site.url,
      excerpt: '',
      outline: null,
      detail: {},
      rule: 'page-title',
      version: 0,
    }
    await ctx.db.transaction().execute(async (tx) => {
      await keepProblems(tx, site.id, [older, { ...older, rule: 'dates-forged' }], new Date(ctx.clock.now()))
    })
    await readLists(site.id)
    forgetAsked()
    await again()()
    expect(asked, 'nothing is asked for').toEqual([])
    expect(
      (await problems()).map(({ key, rule_version, gone_at }) => [key, rule_version, gone_at === null]),
    ).toEqual([
      ['/', inspectionRule('page-title')?.version, true],
      ['/a', 0, true],
      ['/older', 0, false],
    ])
    const versions = await ctx.db
      .selectFrom('inspection')
      .select(['rule', 'outcome', 'version'])
      .where('site_id', '=', site.id)
      .where('rule', 'in', ['dates-forged', 'mark-own-search'])
      .orderBy('rule')
      .execute()
    expect(versions).toEqual([
      { rule: 'dates-forged', outcome: 'clear', version: 1 },
      { rule: 'mark-own-search', outcome: 'found', version: 0 },
    ])
  })

  it('is done a slice at a time, each site once, and of sites alone that are looked at', async () => {
    // Nothing is kept of it: it says nothing to any rule, and is not come by for ever.
    await saidBefore(site.id)
    const ids = [await another(), await another()]
    const closed = await another({ lifecycle: 'closed' })
    const paused = await another({ pause_reason: 'x' })
    const judge = again(slicedInspector, 0)
    expect(await Promise.all([judge(), judge()]), 'never two at once').toEqual([1, 0])
    expect([await judge(), await judge(), await judge(), await judge()]).toEqual([1, 1, 0, 0])
    expect(await Promise.all([site.id, ...ids, closed, paused].map((id) => versionOf(id)))).toEqual([
      ...[0, 1, 1],
      ...[0, 0],
    ])
  })

  it('judges the sites behind one that cannot be judged', async () => {
    serve({ '/': page('测试') })
    await scan()
    await saidBefore(site.id)
    const behind = await another()
    await ctx.db
      .updateTable('inspection_page')
      .set({ body: Buffer.from('nothing that unpacks') })
      .where('site_id', '=', site.id)
      .execute()
    expect(await again()()).toBe(2)
    expect([await versionOf(site.id), await versionOf(behind)]).toEqual([0, 1])
  })

  it('still has the home page for rules of sites when it was looked at, and remembers nothing of it', async () => {
    serve({ '/': page('测试').replace('<p>', `<p>${TEXT}`) })
    await scan()
    await setBack(site.id)
    await saidBefore(site.id, 'home-replaced')
    const takes: Inspector = {
      ...slicedInspector,
      async look(order) {
        const bytes = structuredClone(order.page.bytes)
        structuredClone(order.page.bytes.buffer, { transfer: [order.page.bytes.buffer as ArrayBuffer] })
        return slicedInspector.look({ ...order, page: { ...order.page, bytes } })
      },
    }
    await again(takes)()
    expect(await versionOf(site.id, 'home-replaced')).toBe(inspectionRule('home-replaced')?.version)

    const memory = () =>
      ctx.db.selectFrom('site_memory').selectAll().where('site_id', '=', site.id).executeTakeFirst()
    await ctx.db
      .updateTable('site_memory')
      .set({ homes: '[]', last_day: '2026-01-01' })
      .where('site_id', '=', site.id)
      .execute()
    const before = await memory()
    await saidBefore(site.id, 'home-replaced')
    await again(takes)()
    expect(before).toBeDefined()
    expect(await memory()).toEqual(before)
  })

  it('leaves a home page that no rule came through with as it was judged', async () => {
    serve({ '/': page('测试') })
    await scan()
    await setBack(site.id)
    await saidBefore(site.id, 'page-title')
    const fails: Inspector = {
      ...slicedInspector,
      async look(order) {
        const { outcomes, ...looked } = await slicedInspector.look(order)
        const failed = { outcome: 'unmeasured', reason: 'failed' } as const
        return { ...looked, outcomes: outcomes.map(([rule]) => [rule, failed] as const) }
      },
    }
    await again(fails)()
    const rules = await ctx.db
      .selectFrom('inspection_page')
      .select('rules')
      .where('site_id', '=', site.id)
      .execute()
    expect(rules).toEqual([{ rules: 'older' }])
    expect((await problems()).map(({ gone_at }) => gone_at)).toEqual([null])
  })
})
