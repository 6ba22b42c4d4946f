import type { ServerResponse } from 'node:http'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { hashOf } from '../../../server/monitor/inspections/page/address.ts'
import { recheckLinks } from '../../../server/monitor/links/recheck.ts'
import { linkReport } from '../../../server/monitor/links/service.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import {
  a,
  asked,
  ctx,
  forgetAsked,
  parts,
  paths,
  people,
  playOnASite,
  scan,
  serve,
  serveForNothing,
  site,
} from './scans.ts'

playOnASite()

const broken = async () =>
  paths(await linkReport(ctx, people.owner.scope, site.id), 'confirmed').map(([, path]) => path)
const wall = (_visit: number, res: ServerResponse) =>
  void res.writeHead(403, { server: 'yunsuo' }).end('<title>403</title>您的请求被网站防火墙拦截')

describe('a site of which no scan sees all', () => {
  const PAGES = {
    '/': ['/list', ...Array.from({ length: 9 }, (_, n) => `/p${n}`)].map((path) => a(path)).join(''),
    '/list': a('/sb1/', '网上申报') + a('/sb2/', '网上查询'),
    '/sb1/': 503,
    '/sb2/': 503,
  }
  const maze = (path: string) =>
    /^\/p/.test(path) ? Array.from({ length: 9 }, (_, n) => a(`${path}/x${n}.html`)).join('') : 404
  const ROOM = { links: 40 }

  it('has no broken link of a page any more that leads to another page instead', async () => {
    serve(PAGES, maze)
    await scan(ROOM)
    expect(await broken()).toEqual(['/sb1/', '/sb2/'])
    const toOther = (_visit: number, res: ServerResponse) =>
      void res.writeHead(302, { location: '/list.html' }).end()
    serve({ ...PAGES, '/list': toOther, '/list.html': '暂停办理' }, maze)
    const { scan: last } = await scan(ROOM)
    expect(last).toMatchObject({ cut: true })
    expect(await broken()).toEqual([])
  })

  it('has a broken link once, be it by http or by https', async () => {
    serve(PAGES, maze)
    await scan(ROOM)
    // As they were before the site moved: its pages do not open by that address any more.
    const rows = await ctx.db.selectFrom('link_target').select(['id', 'url', 'found_on']).execute()
    for (const { id, ...row } of rows) {
      const [url, found_on] = [row.url, row.found_on].map((one) => one.replace('http:', 'https:'))
      if (url === undefined || found_on === undefined) continue
      await ctx.db.updateTable('link_target').set({ found_on }).where('id', '=', id).execute()
      await sql`update link_target set url = ${url}, url_hash = ${hashOf(url)} where id = ${id}`.execute(
        ctx.db,
      )
    }
    await scan(ROOM)
    expect(await broken()).toEqual(['/sb1/', '/sb2/'])
  })
})

const NEWS = { '/': a('/gone', '旧专题') + a('/news'), '/news': '新闻' }

describe('a broken link that is out of sight', () => {
  it('is kept by two scans of the week and no more, where a page without a link comes in the place of everything', async () => {
    serve(NEWS)
    await scan()
    const drawn = '<html><body>请开启脚本后刷新</body></html>'
    const html = { 'content-type': 'text/html; charset=utf-8' }
    serveForNothing((_req, res) => void res.writeHead(200, html).end(drawn))
    serve({}, () => '请开启脚本后刷新')
    for (const left of [['/gone'], ['/gone'], []]) {
      ctx.clock.advance(7 * DAY)
      await scan()
      expect(await broken()).toEqual(left)
    }
  })

  it('is visited once more after a scan that nobody waits for, seen or not', async () => {
    serve(NEWS)
    await scan()
    serve({ ...NEWS, '/gone': wall })
    await scan()
    const again = async () => {
      forgetAsked()
      ctx.clock.advance(HOUR + MINUTE)
      await recheckLinks(parts())
      return asked
    }
    expect(await again()).toEqual(['/gone'])
    for (let hour = 0; hour < 3; hour++) expect(await again()).toEqual([])
    expect(await broken()).toEqual(['/gone'])
  })

  it('leaves the place that is kept for what somebody waits for', async () => {
    serve(NEWS)
    await scan()
    serve({ ...NEWS, '/gone': wall })
    await scan()
    ctx.clock.advance(2 * HOUR)
    expect(await recheckLinks(parts(), { onlyAsked: true })).toBe(false)
    expect(await recheckLinks(parts())).toBe(true)
  })

  it('is not visited at a site that is closed', async () => {
    serve(NEWS)
    await scan()
    serve({ ...NEWS, '/gone': wall })
    await scan()
    await ctx.db.updateTable('site').set({ lifecycle: 'closed' }).where('id', '=', site.id).execute()
    ctx.clock.advance(2 * HOUR)
    expect(await recheckLinks(parts())).toBe(false)
  })
})
