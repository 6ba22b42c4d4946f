import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { concludeLook } from '../../../server/monitor/inspections/crawl/conclude.ts'
import { type InspectOrder, inspect } from '../../../server/monitor/inspections/crawl/inspector.ts'
import { measureSite } from '../../../server/monitor/inspections/crawl/measure.ts'
import { keepPage } from '../../../server/monitor/inspections/crawl/pages.ts'
import { keepProblems } from '../../../server/monitor/inspections/crawl/problems.ts'
import { siteFactsOf } from '../../../server/monitor/inspections/crawl/site-facts.ts'
import { MOST_OF_SITE, type Outcome, type SiteRule } from '../../../server/monitor/inspections/rule.ts'
import { runSlice, type ScanParts } from '../../../server/monitor/links/scan.ts'
import { startScan } from '../../../server/monitor/links/service.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { inspectionRule, MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { asked, ctx, forgetAsked, parts, people, playOnASite, serve, site } from '../links/scans.ts'

playOnASite()

const WORDS = '关于开展政府网站检查工作的通知，请各单位于月底前报送自查情况。'
/** A page as sites send it, known again by its tag. */
const page =
  (title: string, links: readonly string[] = [], words = WORDS) =>
  (_visit: number, res: ServerResponse) => {
    const html = `<html><head><title>${title}</title></head><body><p>${words}</p>${links.map((href) => `<a href="${href}">x</a>`).join('')}</body></html>`
    const etag = `"${title}${links.length}${words.length}"`
    const isSame = res.req.headers['if-none-match'] === encodeURI(etag)
    res.writeHead(isSame ? 304 : 200, { 'content-type': 'text/html; charset=utf-8', etag: encodeURI(etag) })
    res.end(isSame ? undefined : html)
  }

let looked: string[] = []
const watching = {
  look: (order: InspectOrder) => {
    // Without its links, a page was asked for by a rule of sites.
    if (order.links > 0) looked.push(new URL(order.page.url).pathname)
    return inspect(order)
  },
  close: async () => {},
}

async function look(change: Partial<ScanParts> = {}): Promise<void> {
  looked = []
  forgetAsked()
  const { id } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
  for (let again: number | null = 0; again !== null; ) {
    ctx.clock.advance(again)
    again = await runSlice(parts({ inspector: watching, ...change }), id, HOUR)
  }
}
const said = async () => {
  const { outcome, reason, pages, unmeasured } = await ctx.db
    .selectFrom('inspection')
    .selectAll()
    .where('site_id', '=', site.id)
    .where('rule', '=', 'page-title')
    .executeTakeFirstOrThrow()
  return { outcome, reason, pages, unmeasured }
}
const problems = () =>
  ctx.db
    .selectFrom('inspection_problem')
    .selectAll()
    .where('site_id', '=', site.id)
    .where('rule', '=', 'page-title')
    .orderBy('key')
    .execute()
const there = async () => (await problems()).filter(({ gone_at }) => gone_at === null).map(({ key }) => key)

describe('a look at a site', () => {
  it('fetches each page once for links and rules, and says of each rule what it found', async () => {
    serve({
      '/': page('天河区', ['/a', '/b', '/gone']),
      '/a': page('', ['/', '/b']),
      '/b': page('无标题文档'),
    })
    await look()
    expect(asked.slice(0, 3)).toEqual(['/', '/a', '/b'])
    expect(asked.filter((path) => path !== '/gone')).toHaveLength(3)
    expect(looked).toEqual(['/', '/a', '/b'])
    expect(await said()).toEqual({ outcome: 'found', reason: null, pages: 3, unmeasured: 0 })
    expect(await problems()).toMatchObject([
      { key: '/a', excerpt: '', state: 'open', rule_version: inspectionRule('page-title')?.version },
      { key: '/b', excerpt: '无标题文档', url: `${site.url}b`, gone_at: null },
    ])
  })

  it('does not look again at a page that is as it was; what it had is seen again, what is mended is gone', async () => {
    serve({
      '/': page('天河区', ['/a', '/b']),
      '/a': page('', ['/c']),
      '/b': page('测试'),
      '/c': page('测试'),
    })
    await look()
    ctx.clock.advance(DAY)
    serve({
      '/': page('天河区', ['/a', '/b']),
      '/a': page('', ['/c']),
      '/b': page('通知公告'),
      '/c': page('测试'),
    })
    await look()
    expect(looked, 'only what has changed').toEqual(['/b'])
    expect(asked, 'and the links of a page that was not sent are followed all the same').toContain('/c')
    const [a, b] = await problems()
    expect(a?.last_at.getTime()).toBeGreaterThan(a?.first_at.getTime() ?? 0)
    expect(b?.gone_at).not.toBeNull()
    expect(await there()).toEqual(['/a', '/c'])
  })

  it('leaves what was refused refused, and says that nothing was found there', async () => {
    serve({ '/': page('天河区', ['/a']), '/a': page('') })
    await look()
    await ctx.db
      .updateTable('inspection_problem')
      .set({ state: 'refused' })
      .where('site_id', '=', site.id)
      .execute()
    serve({ '/': page('天河区', ['/a']), '/a': page('', [], `${WORDS}（更正）`) })
    await look()
    expect((await problems()).map(({ state, gone_at }) => [state, gone_at])).toEqual([['refused', null]])
    expect((await said()).outcome).toBe('clear')
  })

  it('holds nothing against a page that could not be seen this time, and ends no problem of it', async () => {
    serve({ '/': page('天河区', ['/a', '/b']), '/a': page(''), '/b': page('') })
    await look()
    serve({ '/': page('天河区', ['/a', '/b', '/c']), '/a': 503, '/b': 404, '/c': page('甲') })
    await look()
    expect(await there(), 'a page that is gone has nothing').toEqual(['/a'])
    serve({
      '/': (_visit, res) =>
        void res.writeHead(403, { server: 'yunsuo' }).end('<title>403</title>您的请求被网站防火墙拦截'),
    })
    await look()
    expect(await said()).toEqual({ outcome: 'unmeasured', reason: 'blocked', pages: 1, unmeasured: 1 })
    expect(await there()).toEqual(['/a'])
  })

  it('judges no home page of an earlier day, and is over with what did not open once that is seen as it was', async () => {
    const pages = { '/': page('天河区', ['/a']), '/a': page('通知公告') }
    const ofSite = () =>
      ctx.db
        .selectFrom('inspection')
        .select(['outcome', 'reason'])
        .where('site_id', '=', site.id)
        .where('rule', '=', 'home-replaced')
        .executeTakeFirst()
    serve(pages)
    await look()
    serve({ '/': 503 })
    await look()
    expect(await said()).toMatchObject({ outcome: 'unmeasured', reason: 'notOpened' })
    expect(await ofSite()).toEqual({ outcome: 'unmeasured', reason: 'notOpened' })
    serve(pages)
    await look()
    expect(looked).toEqual([])
    expect(await said()).toEqual({ outcome: 'clear', reason: null, pages: 2, unmeasured: 0 })
    expect((await ofSite())?.reason).not.toBe('notOpened')
  })

  it('ends no problem of a file for which there was no room, and keeps no more of a rule than may be kept', async () => {
    const now = new Date(ctx.clock.now())
    const at = (n: number) => ({ siteId: site.id, urlHash: `f${n}`, scanId: 9, now })
    const row = (n: number) => ({
      ...{ url: `${site.url}${n}.pdf`, kind: 'file' as const, depth: 1, status: 200, title: '', hosts: {} },
      ...{ etag: null, last_modified: null, print: null, rules: null, said: {}, found: [] },
      ...{ links: null, body: null, headers: null },
    })
    const file = (n: number) => ({
      ...{ rule: 'attachment-opens', version: 1, key: `/${n}.pdf`, url: `${site.url}${n}.pdf` },
      ...{ excerpt: '', outline: null, detail: {} },
    })
    const live = () =>
      ctx.db
        .selectFrom('inspection_problem')
        .select('key')
        .where('site_id', '=', site.id)
        .where('gone_at', 'is', null)
        .execute()
    await ctx.db.transaction().execute(async (tx) => {
      await keepProblems(tx, site.id, [file(20)], now)
      for (let n = 0; n < MACHINE.crawl.files; n++) await keepPage(tx, at(n), row(n))
      await concludeLook(tx, { scanId: 9, siteId: site.id, isWhole: true }, new Map(), now)
    })
    expect(await live()).toEqual([{ key: '/20.pdf' }])
    await ctx.db.transaction().execute(async (tx) => {
      await keepProblems(
        tx,
        site.id,
        Array.from({ length: MOST_OF_SITE }, (_, n) => file(n)),
        now,
      )
      await keepProblems(tx, site.id, [file(20), file(MOST_OF_SITE)], now)
    })
    expect(await live()).toHaveLength(MOST_OF_SITE)
  })

  it('is hindered by no page that ends whoever looks at it', async () => {
    serve({
      '/': page('天河区', ['/bad', '/b']),
      '/bad': page('', ['/deep']),
      '/b': page(''),
      '/deep': page(''),
    })
    const look_ = (order: InspectOrder) =>
      order.page.url.endsWith('/bad') && !order.isForLinks
        ? Promise.reject(new Error('not done within 5000 ms'))
        : inspect(order)
    await look({ inspector: { look: look_, close: async () => {} } })
    expect(await said()).toEqual({ outcome: 'found', reason: 'failed', pages: 4, unmeasured: 1 })
    expect(await there(), 'its links are followed').toEqual(['/b', '/deep'])
    await look()
    expect(looked, 'it alone is looked at again, though it is as it was').toEqual(['/bad'])
    expect(await there()).toEqual(['/b', '/bad', '/deep'])
  })

  it('gives no home page to rules of sites that ended whoever looked at it', async () => {
    serve({ '/': page('天河区', ['/b']), '/b': page('') })
    const ended = () => Promise.reject(new Error('not done within 5000 ms'))
    await look({ inspector: { look: ended, close: async () => {} } })
    const home = () =>
      ctx.db
        .selectFrom('inspection_page')
        .select('body')
        .where('site_id', '=', site.id)
        .where('depth', '=', 0)
        .executeTakeFirstOrThrow()
    expect((await home()).body).toBeNull()
    await look()
    expect((await home()).body).not.toBeNull()
  })

  it('goes on where it was when it was killed, fetching nothing twice', async () => {
    serve({ '/': page('天河区', ['/a', '/b', '/c']), '/a': page(''), '/b': page(''), '/c': page('') })
    forgetAsked()
    const { id } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
    const killed = Object.assign(new Error('killed'), { code: 'ECONNRESET' })
    const wait = () => (asked.length === 2 ? Promise.reject(killed) : Promise.resolve())
    await expect(runSlice(parts({ wait }), id, HOUR)).rejects.toBe(killed)
    ctx.clock.advance(3 * MINUTE)
    await runSlice(parts(), id, HOUR)
    expect(asked).toEqual(['/', '/a', '/b', '/c'])
    expect(await there()).toEqual(['/a', '/b', '/c'])
  })
})

describe('rules of sites', () => {
  const rule = (id: string, measure: SiteRule['measure']): SiteRule => ({ id, measure })

  it('see the home page and what the look saw, ask within a budget, and hinder nobody when they fail', async () => {
    serve({ '/': page('天河区', ['/a', 'http://www.example.com/x']), '/a': page('甲') })
    await look()
    const scan = await ctx.db
      .selectFrom('link_scan')
      .select('id')
      .where('site_id', '=', site.id)
      .executeTakeFirstOrThrow()
    const { signal, inspector, proberFor } = parts()
    const by = { ctx, prober: proberFor(false), inspector, signal, hold: async () => true }
    const facts = await siteFactsOf(ctx.db, site.id, ctx.clock.now())
    let spent = 0
    const outcomes = await measureSite(by, facts, scan.id, [
      rule('throws', () => Promise.reject(new Error('no'))),
      rule('greedy', async (_site, tools) => {
        while (!tools.isSpent) {
          await tools.visit({ url: site.url })
          spent++
        }
        const { result } = await tools.visit({ url: site.url })
        return { outcome: 'unmeasured', reason: result.cause ?? '' }
      }),
      rule('sees', async (_site, { home, pages }): Promise<Outcome> => {
        expect(new TextDecoder().decode(home?.bytes)).toContain('<title>天河区</title>')
        expect(pages.map(({ title, hosts }) => [title, hosts])).toEqual([
          ['天河区', { 'www.example.com': 1 }],
          ['甲', {}],
        ])
        return { outcome: 'clear' }
      }),
    ])
    expect([...(outcomes ?? [])]).toEqual([
      ['throws', { outcome: 'unmeasured', reason: 'failed' }],
      ['greedy', { outcome: 'unmeasured', reason: 'aborted' }],
      ['sees', { outcome: 'clear' }],
    ])
    expect(spent).toBe(20)
  })
})
