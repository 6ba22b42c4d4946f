import type { ServerResponse } from 'node:http'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { linkReport, startScan } from '../../../../server/monitor/links/service.ts'
import { DAY } from '../../../../shared/base/time.ts'
import { MACHINE } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { ScanInput } from '../../../../shared/monitor/links/links.ts'
import {
  a,
  asked,
  ctx,
  finish,
  forgetAsked,
  people,
  playOnASite,
  serve,
  serveForNothing,
  site,
  sites,
} from '../../links/scans.ts'

playOnASite()

const WORDS = '关于开展政府网站检查工作的通知，请各单位于月底前报送自查情况。'
const html = (title: string, links: readonly string[] = [], words = WORDS) =>
  `<title>${title}</title><p>${words}</p>${links.map((href) => a(href)).join('')}`
const page =
  (...given: Parameters<typeof html>) =>
  (_visit: number, res: ServerResponse) =>
    void res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html(...given))
/** Leads to another page. */
const to = (location: string) => (_visit: number, res: ServerResponse) =>
  void res.writeHead(302, { location }).end()

const NOTHING = page('没有找到', [], '您要找的内容不存在，请返回首页，或者使用站内搜索查找您需要的内容。')

async function look(settings: ScanInput = {}): Promise<void> {
  forgetAsked()
  ctx.clock.advance(DAY)
  const { id } = await startScan(ctx, people.owner, site.id, { delayMs: 100, ...settings })
  await finish(id)
}
const there = async () => {
  const rows = await ctx.db
    .selectFrom('inspection_problem')
    .select('key')
    .where('site_id', '=', site.id)
    .where('rule', '=', 'page-title')
    .where('gone_at', 'is', null)
    .orderBy('key')
    .execute()
  return rows.map(({ key }) => key)
}

describe('a look at a site', () => {
  it('ends nothing behind a list that does not open, leads elsewhere or answers with what is not there, and follows it once it is back', async () => {
    const HOST = 'http://www.behind-a-list.test/'
    const pages = {
      '/': page('天河区', ['/news', '/b']),
      '/news': page('新闻', ['/a']),
      '/a': page('通知公告', ['/deep', HOST]),
      '/deep': page('通知公告'),
      '/b': page('通知公告'),
    }
    const kept = async () => {
      const { rows } = await sql<{ pages: number; hosts: number }>`
        select (select count(*)::int from inspection_page where site_id = ${site.id} and status = 200) as pages,
          (select count(*)::int from outbound_use where site_id = ${site.id}) as hosts`.execute(ctx.db)
      return rows[0]
    }
    serve(pages)
    await look()
    expect(await kept()).toEqual({ pages: 5, hosts: 1 })
    for (const news of [503, to(sites.url('login'))]) {
      serve({ ...pages, '/news': news })
      await look()
      expect(asked).not.toContain('/a')
      expect((await kept())?.hosts, 'what it leads to').toBe(1)
      expect((await kept())?.pages).toBeGreaterThanOrEqual(4)
    }
    serveForNothing((_req, res) => void NOTHING(1, res))
    serve({ ...pages, '/news': NOTHING })
    await look()
    expect((await kept())?.hosts).toBe(1)
    serveForNothing(null)
    serve({ ...pages, '/news': 404 })
    await look()
    expect((await kept())?.hosts, 'a list that is gone is gone').toBe(0)
  })

  it('sees the pages of its problems first: on a site that no look sees whole what is mended or deleted is gone all the same', async () => {
    const many = Array.from({ length: 12 }, (_, n) => `/p${n}`)
    const rest = Object.fromEntries(many.map((path) => [path, page('通知公告')]))
    serve({
      '/': page('天河区', ['/a', '/b', '/c', '/d']),
      '/a': page(''),
      '/b': page(''),
      '/c': page(''),
      '/d': page(''),
    })
    await look()
    expect(await there()).toEqual(['/a', '/b', '/c', '/d'])
    // The home page leads to others now, more than a look reads.
    const home = page('天河区', many)
    serve({ '/': home, ...rest, '/a': page('通知公告'), '/b': 404, '/c': page(''), '/d': 503 })
    await look({ pages: 10 })
    expect(asked.slice(0, 5)).toEqual(['/', '/a', '/b', '/c', '/d'])
    expect(await there(), 'what stands there still, and what could not be seen').toEqual(['/c', '/d'])
    const report = await linkReport(ctx, people.owner.scope, site.id)
    expect(report.scan?.cut).toBe(true)
    expect(report.findings, 'where no page leads no link is broken').toEqual([])
    serve({ '/': home, ...rest, '/c': to('/p1'), '/d': page('通知公告') })
    await look({ pages: 10 })
    expect(await there(), 'one that leads to another page of the site has nothing any more').toEqual([])
  })

  it('gives pages with problems their share and no more, those in turn that were not seen for longest', async () => {
    const paths = Array.from({ length: 10 }, (_, n) => `/x${n}`)
    const bad = Object.fromEntries(paths.map((path) => [path, page('')]))
    serve({ '/': page('天河区', paths), ...bad })
    await look()
    const others = Array.from({ length: 20 }, (_, n) => `/y${n}`)
    const good = Object.fromEntries(others.map((path) => [path, page('通知公告')]))
    const share = Math.floor(10 * MACHINE.crawl.remembered)
    const seen = new Set<string>()
    for (const _night of [1, 2, 3]) {
      serve({ '/': page('天河区', others), ...bad, ...good })
      await look({ pages: 10 })
      const ofProblems = asked.filter((path) => path.startsWith('/x'))
      expect(ofProblems).toHaveLength(share)
      for (const path of ofProblems) seen.add(path)
      expect(asked).toContain('/y0')
    }
    expect(seen.size).toBe(paths.length)
  })
})
