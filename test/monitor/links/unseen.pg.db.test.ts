import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { recheckLinks, recheckSoon } from '../../../server/monitor/links/recheck.ts'
import { linkReport } from '../../../server/monitor/links/service.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import type { Fact } from '../../../shared/base/facts.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { ScanInput } from '../../../shared/monitor/links/links.ts'
import { visitOf } from '../../support/visits/visited.ts'
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

type Answer = (res: ServerResponse) => unknown

const page =
  (body: string): Answer =>
  (res) =>
    res
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<html><body>${body}</body></html>`)
const wall: Answer = (res) =>
  res.writeHead(403, { server: 'yunsuo' }).end('<title>403</title>您的请求被网站防火墙拦截')
const silence: Answer = (res) => res.destroy()

/** The site has these pages, and after so many requests only one answer to everything. */
function serveUntil(many: number, pages: Record<string, string>, then: Answer): void {
  forgetAsked()
  serve({}, (path) => {
    const body = pages[path]
    return (_visit, res) => {
      if (asked.length > many) then(res)
      else if (body === undefined) res.writeHead(404).end('x')
      else page(body)(res)
    }
  })
}

const alerts = (facts: Fact[]) =>
  facts.flatMap((fact) => ('alert' in fact.data ? [[fact.kind, fact.data.alert.severity]] : []))
const scanned = async (settings: ScanInput = {}) => alerts(await ctx.told(() => scan(settings)))
/** The links are visited once more, where that is due an hour later. */
const rechecked = async () =>
  alerts(
    await ctx.told(async () => {
      ctx.clock.advance(HOUR + MINUTE)
      await recheckLinks(parts())
    }),
  )
const broken = async () =>
  paths(await linkReport(ctx, people.owner.scope, site.id), 'confirmed').map(([, path]) => path)

const NEWS = { '/': a('/gone', '旧专题') + a('/news'), '/news': '新闻' }
const DEEP = {
  // More than the scan has room for.
  '/': ['/list', ...Array.from({ length: 9 }, (_, n) => `/p${n}`)].map((path) => a(path)).join(''),
  '/list': a('/sb1/', '网上申报') + a('/sb2/', '网上查询'),
}
const maze = (path: string) =>
  /^\/p/.test(path) ? Array.from({ length: 9 }, (_, n) => a(`${path}/x${n}.html`)).join('') : 404
const ROOM = { links: 40 }

describe('a scan that could not see what was broken', () => {
  it('ends no alert where a firewall shuts the monitor out before the second visit', async () => {
    serve(NEWS)
    expect(await scanned()).toEqual([['alert.opened', 'minor']])
    serveUntil(3, NEWS, wall)
    expect(await scanned()).toEqual([])
    expect(await broken()).toEqual(['/gone'])
    serve(NEWS)
    expect(await rechecked(), 'visited once more, and broken still').toEqual([])
    serve({ ...NEWS, '/gone': '新专题' })
    expect(await scanned()).toEqual([['alert.resolved', 'minor']])
  })

  it('ends no alert where the site does not answer from the middle on, and is made up for an hour later', async () => {
    serve(NEWS)
    await scan()
    serveUntil(1, NEWS, silence)
    expect(await scanned()).toEqual([])
    serve({ ...NEWS, '/gone': '新专题' })
    expect(await rechecked()).toEqual([['alert.resolved', 'minor']])
    expect(await broken()).toEqual([])
    forgetAsked()
    expect(await rechecked()).toEqual([])
    expect(asked, 'once').toEqual([])
  })

  it('ends no alert where somebody had it look at hardly anything', async () => {
    serve(NEWS)
    await scan()
    for (const narrow of [{ links: 1 }, { pages: 1, links: 2 }, { depth: 1, links: 1 }]) {
      expect(await scanned(narrow)).toEqual([])
      expect(await broken()).toEqual(['/gone'])
    }
  })

  it('ends no alert where a page without a link comes in the place of everything', async () => {
    serve(NEWS)
    await scan()
    serveForNothing((_req, res) => page('请开启脚本后刷新')(res))
    serve({}, () => '请开启脚本后刷新')
    expect(await scanned()).toEqual([])
    expect(await broken()).toEqual(['/gone'])
  })

  it('tells of what it has found besides', async () => {
    serve(NEWS)
    await scan()
    const more = NEWS['/'] + a('/sb1/', '网上申报') + a('/sb2/', '网上查询')
    serve({ ...NEWS, '/': more, '/sb1/': 503, '/sb2/': 503, '/gone': (_visit, res) => void wall(res) })
    expect(await scanned()).toEqual([['alert.raised', 'major']])
    expect((await broken()).toSorted()).toEqual(['/gone', '/sb1/', '/sb2/'])
  })

  it('is followed by nothing that was begun before it', async () => {
    serve(NEWS)
    await scan()
    serveUntil(3, NEWS, wall)
    await scan()
    serve(NEWS)
    await scan()
    const due = await ctx.db
      .selectFrom('link_scan')
      .select('id')
      .where('site_id', '=', site.id)
      .where('recheck_at', 'is not', null)
      .execute()
    expect(due, 'this one has seen all').toEqual([])
  })

  it('leaves the last one that saw anything, however many there are', async () => {
    serve(NEWS)
    await scan()
    serve({ '/': 503 })
    for (let n = 0; n < 7; n++) expect(await scanned()).toEqual([])
    serveUntil(3, NEWS, wall)
    expect(await scanned()).toEqual([])
    expect(await broken()).toEqual(['/gone'])
    serve({ ...NEWS, '/gone': '新专题' })
    expect(await scanned()).toEqual([['alert.resolved', 'minor']])
  })
})

describe('a site of which no scan sees all', () => {
  it('has its alert until the links were seen to open', async () => {
    serve({ ...DEEP, '/sb1/': 503, '/sb2/': 503 }, maze)
    expect(await scanned(ROOM)).toEqual([['alert.opened', 'major']])
    expect(await scanned(ROOM), 'they are there still').toEqual([])
    serve({ ...DEEP, '/sb1/': '申报', '/sb2/': 503 }, maze)
    expect(await scanned(ROOM)).toEqual([['alert.resolved', 'major']])
    const { scan: last } = await linkReport(ctx, people.owner.scope, site.id)
    expect(last).toMatchObject({ cut: true })
    expect(await broken()).toEqual(['/sb2/'])
  })

  it('has it until no page leads there any more: neither the page that did, nor another', async () => {
    serve({ ...DEEP, '/sb1/': 503, '/sb2/': 503 }, maze)
    await scan(ROOM)
    serve({ ...DEEP, '/list': (_visit, res) => void wall(res), '/sb1/': 503, '/sb2/': 503 }, maze)
    expect(await scanned(ROOM), 'the page did not open').toEqual([])
    serve({ ...DEEP, '/list': '暂停办理', '/p1': DEEP['/list'], '/sb1/': 503, '/sb2/': 503 }, maze)
    expect(await scanned(ROOM), 'another page has them now').toEqual([])
    serve({ ...DEEP, '/list': '暂停办理', '/sb1/': 503, '/sb2/': 503 }, maze)
    expect(await scanned(ROOM)).toEqual([['alert.resolved', 'major']])
    expect(await broken()).toEqual([])
  })

  it('has it no longer than the page is there that led to them', async () => {
    serve({ ...DEEP, '/sb1/': 503, '/sb2/': 503 }, maze)
    await scan(ROOM)
    const home = DEEP['/'].replace(a('/list'), '')
    serve({ '/': home, '/sb1/': 503, '/sb2/': 503 }, maze)
    expect(await scanned(ROOM)).toEqual([['alert.resolved', 'major']])
  })
})

describe('a rectification of broken links', () => {
  const visited = async () =>
    (
      await ctx.told(() => recordVisits(ctx, [{ ...visitOf(site, ctx.clock.advance(MINUTE)), extra: true }]))
    ).flatMap((fact) =>
      'rectification' in fact.data ? [[fact.kind, fact.data.rectification.verification?.result]] : [],
    )
  async function submitted(pages: Record<string, string> = NEWS): Promise<void> {
    serve(pages)
    const [opened] = await ctx.told(() => scan())
    const alertId = opened && 'alert' in opened.data ? opened.data.alert.id : 0
    const raised = await raiseRectification(ctx, people.duty, { alertIds: [alertId], dueWorkdays: 10 })
    await takeStep(ctx, people.duty, raised, { step: 'submit' })
    expect(await visited()).toEqual([['rectification.verifying', null]])
  }

  it('is not closed by a scan that could not read the home page', async () => {
    await submitted()
    serve({ '/': 503 })
    await scan()
    expect(await visited()).toEqual([])
    serve({ ...NEWS, '/gone': '新专题' })
    expect(await rechecked(), 'its links are still visited as was asked').toEqual([
      ['alert.resolved', 'minor'],
    ])
    expect(await visited()).toEqual([['rectification.closed', 'links_mended']])
  })

  it('is neither closed nor returned by a scan that could not see its links, but by the next look at them', async () => {
    await submitted()
    await scan({ links: 1 })
    expect(await visited()).toEqual([])
    expect(await rechecked()).toEqual([])
    expect(await visited()).toEqual([['rectification.returned', 'links_still_broken']])
  })

  it('is not closed by a site that answers with a page whatever it is asked for, but by a page of its own', async () => {
    await submitted()
    serveForNothing((_req, res) => page('页面走丢了')(res))
    serve(NEWS, () => '页面走丢了')
    expect(await rechecked()).toEqual([])
    expect(await visited()).toEqual([])
    expect(await broken()).toEqual(['/gone'])
    serve({ ...NEWS, '/gone': '新专题' }, () => '页面走丢了')
    expect(await rechecked()).toEqual([['alert.resolved', 'minor']])
    expect(await visited()).toEqual([['rectification.closed', 'links_mended']])
  })

  it('is not closed by a page that a firewall puts in the place of a link, whatever its status', async () => {
    await submitted()
    serve({
      ...NEWS,
      '/gone': (_visit, res) =>
        void res
          .writeHead(200, { 'content-type': 'text/html', server: 'yunsuo' })
          .end('<title>403</title>您的请求被网站防火墙拦截'),
    })
    expect(await rechecked()).toEqual([])
    expect(await visited()).toEqual([])
    expect(await broken()).toEqual(['/gone'])
  })

  it('has links behind a firewall visited again each hour, a few times, and is closed once what is left asks for no alert', async () => {
    const pages = { ...NEWS, '/news': a('/dead') }
    await submitted(pages)
    serve({}, () => (_visit, res) => void wall(res))
    let times = 0
    for (let hour = 0; hour < 12; hour++) {
      forgetAsked()
      await rechecked()
      if (asked.length > 0) times++
    }
    expect(times).toBeGreaterThan(1)
    expect(times).toBeLessThan(8)
    await ctx.db.transaction().execute((tx) => recheckSoon(tx, site.id, new Date(ctx.clock.now())))
    serve({ ...pages, '/gone': '新专题', '/dead': (_visit, res) => void wall(res) })
    expect(await rechecked()).toEqual([['alert.resolved', 'minor']])
    expect(await visited()).toEqual([['rectification.closed', 'links_mended']])
  })
})

describe('links that cannot be judged', () => {
  const walled = (_visit: number, res: ServerResponse) => void wall(res)

  it('are counted where there are too many of them behind a firewall, so that nothing is said of their indicator', async () => {
    const home = Array.from({ length: 10 }, (_, n) => a(`/p${n}`)).join('')
    serve({ '/': home, '/p0': walled }, () => 'ok')
    expect((await scan()).scan).toMatchObject({ unjudged: 0 })
    serve({ '/': home, '/p0': walled, '/p1': walled, '/p2': walled }, () => 'ok')
    expect((await scan()).scan).toMatchObject({ unjudged: 3 })
  })
})
