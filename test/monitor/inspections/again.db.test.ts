import { describe, expect, it } from 'vitest'
import { judgeAgain } from '../../../server/monitor/inspections/crawl/again.ts'
import { slicedInspector } from '../../../server/monitor/inspections/crawl/inspector.ts'
import { keepProblems } from '../../../server/monitor/inspections/crawl/problems.ts'
import { a, asked, ctx, forgetAsked, playOnASite, scan, serve, site } from '../links/scans.ts'

playOnASite()

const page = (title: string) =>
  `<html><head><title>${title}</title></head><body><p>关于开展政府网站检查工作的通知，请各单位报送自查情况。</p></body></html>`
const problems = () =>
  ctx.db
    .selectFrom('inspection_problem')
    .selectAll()
    .where('site_id', '=', site.id)
    .where('rule', '=', 'page-title')
    .orderBy('key')
    .execute()

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
    await ctx.db
      .updateTable('inspection_page')
      .set({ rules: 'older' })
      .where('site_id', '=', site.id)
      .execute()
    const older = {
      key: '/older',
      url: site.url,
      excerpt: '',
      outline: null,
      detail: {},
      rule: 'page-title',
      version: 0,
    }
    const day = '2026-03-01'
    await ctx.db.transaction().execute(async (tx) => {
      await keepProblems(tx, site.id, [older, { ...older, rule: 'dates-forged' }], new Date(ctx.clock.now()))
      await tx.insertInto('site_lists').values({ site_id: site.id, day: '2026-03-02', lists: '[]' }).execute()
      const news = { new_day: null, new_count: 0, new_titles: '[]', rewritten: '[]', items: 0 }
      await tx
        .insertInto('site_news')
        .values({ site_id: site.id, since: day, ...news })
        .execute()
    })
    forgetAsked()
    await judgeAgain({ ctx, inspector: slicedInspector, signal: new AbortController().signal })
    expect(asked, 'nothing is asked for').toEqual([])
    expect(
      (await problems()).map(({ key, rule_version, gone_at }) => [key, rule_version, gone_at === null]),
    ).toEqual([
      ['/', 1, true],
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
})
