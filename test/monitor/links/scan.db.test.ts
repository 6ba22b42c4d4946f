import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { type InspectOrder, inspect } from '../../../server/monitor/inspections/crawl/inspector.ts'
import { runSlice } from '../../../server/monitor/links/scan.ts'
import { linkReport, startScan } from '../../../server/monitor/links/service.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import {
  a,
  asked,
  ctx,
  finish,
  most,
  parts,
  paths,
  people,
  playOnASite,
  scan,
  serve,
  serveForNothing,
  site,
  sites,
  waited,
} from './scans.ts'

playOnASite()

describe('a deep scan', () => {
  it('finds what is broken, on the home page and elsewhere, and says where', async () => {
    serve({
      '/':
        a('/news') +
        a('/gone', '旧专题') +
        a('/files/a.doc', '申请表') +
        a('/sb/', '网上申报') +
        '<img src="/p.png">',
      '/news': a('/gone') + a('/old-1') + a('/old-2') + a('/files/ok.xls') + a('/'),
      '/files/ok.xls': (_visit, res) =>
        void res.writeHead(200, { 'content-type': 'application/vnd.ms-excel' }).end('x'),
      '/p.png': 'ok',
      '/sb/': 503,
      '/old-2': 410,
    })
    const report = await scan()
    expect(report.scan).toMatchObject({
      state: 'done',
      cut: false,
      waiting: 0,
      requestedBy: { name: '张磊' },
    })
    expect(paths(report, 'confirmed')).toEqual([
      ['S10', '/sb/'],
      ['S9b', '/files/a.doc'],
      ['S2a', '/gone'],
      ['S2b', '/old-1'],
      ['S2b', '/old-2'],
    ])
    expect(report.counts.map(({ rule, points }) => [rule, points])).toEqual([
      ['S2a', 1],
      ['S2b', 0.2],
      ['S9b', 1],
      ['S10', 3],
    ])
    expect(report.findings[2]).toMatchObject({
      foundOn: site.url,
      foundText: '旧专题',
      status: 404,
      onHome: true,
    })
  })

  it('suspects an attachment in whose place a page comes, or nothing at all', async () => {
    serve({
      '/': a('/a.doc') + a('/b.pdf') + a('/c.zip'),
      '/a.doc': '文件不存在',
      '/b.pdf': (_visit, res) =>
        void res.writeHead(200, { 'content-type': 'application/pdf', 'content-length': 0 }).end(),
      '/c.zip': (_visit, res) => void res.writeHead(200, { 'content-type': 'application/zip' }).end('PK'),
    })
    const report = await scan()
    expect(paths(report, 'suspected')).toEqual([
      ['S9b', '/a.doc'],
      ['S9b', '/b.pdf'],
    ])
    expect(report.counts.find((count) => count.rule === 'S9b')?.points, 'which costs nothing').toBe(0)
  })

  it('counts a dead link of the home page there only, even if it was met elsewhere first', async () => {
    serve({ '/': a('/x') + a('/dead'), '/x': a('/dead') })
    const report = await scan()
    expect(paths(report, 'confirmed')).toEqual([['S2a', '/dead']])
  })

  it('confirms on a second visit, at least a minute later, and believes a server that changes its mind', async () => {
    const times: number[] = []
    serve({
      '/': a('/dead') + a('/moody') + a('/worse') + a('/slow'),
      '/dead': (_visit, res) => {
        times.push(ctx.clock.now())
        res.writeHead(404).end('x')
      },
      '/moody': (visit, res) => void res.writeHead(visit === 1 ? 404 : 200).end('x'),
      '/worse': (visit, res) => void res.writeHead(visit === 1 ? 404 : 500).end('x'),
      '/slow': (_visit, res) => void res.destroy(),
    })
    const report = await scan()
    expect(paths(report, 'confirmed')).toEqual([['S2a', '/dead']])
    expect(paths(report, 'suspected')).toEqual([
      ['S2a', '/worse'],
      ['S2a', '/slow'],
    ])
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(MINUTE)
  })

  it('holds nothing against a site whose firewall answers, nor against addresses that are not visited', async () => {
    serve({
      '/': a('/wall') + a('http://10.0.0.1/inner'),
      '/wall': (_visit, res) =>
        void res.writeHead(403, { server: 'yunsuo' }).end('<title>403</title>您的请求被网站防火墙拦截'),
    })
    const report = await scan()
    expect(paths(report, 'confirmed')).toEqual([])
    expect(report.findings.map((one) => new URL(one.url).pathname)).not.toContain('/inner')
  })

  it('asks for one thing at a time, with its pause after each', async () => {
    serve({ '/': Array.from({ length: 12 }, (_, n) => a(`/p${n}`)).join('') }, () => 'ok')
    const { id } = await startScan(ctx, people.owner, site.id, { delayMs: 700 })
    await runSlice(parts(), id, HOUR)
    expect(most).toBe(1)
    expect(asked).toHaveLength(13)
    expect(waited).toEqual(new Array(13).fill(700))
  })

  it('reads no page that is too deep, nor anybody else’s', async () => {
    serve(
      { '/': a('/1') + a(`${sites.url('elsewhere')}away`), '/1': a('/2'), '/2': a('/3'), '/3': a('/4') },
      () => 'ok',
    )
    await scan({ depth: 2 })
    expect(asked).toEqual(['/', '/1', '/2', '/3'])
    expect(sites.visits('elsewhere'), 'visited once, not read').toBe(1)
  })

  it('ends on a site that makes links without end, and says that it saw not everything', async () => {
    let n = 0
    const maze = () =>
      Array.from({ length: 40 }, () => a(`/day/${++n}/?page=${n}`)).join('') +
      a(`/w${'x'.repeat(n % 50)}/${n}`)
    serve({}, maze)
    const report = await scan({ pages: 50, links: 120, depth: 8, delayMs: 100 })
    expect(report.scan).toMatchObject({ state: 'done', cut: true })
    expect(report.scan!.checked).toBeLessThanOrEqual(122)
  })

  it('takes no more than its budget from a page of 100,000 links', async () => {
    serve({ '/': Array.from({ length: 100_000 }, (_, k) => a(`/n/${k}`, `${k}`)).join('') }, () => 'ok')
    const report = await scan({ links: 60 })
    expect(report.scan).toMatchObject({ state: 'done', cut: true, checked: 60 })
  })
})

describe('a site that answers with its home page whatever it is asked for', () => {
  const HOME = `<h1>首页</h1>${a('/gone', '旧专题')}${a('/there')}`
  const home = (_req: unknown, res: ServerResponse) =>
    void res
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<html><body>${HOME}</body></html>`)

  it('has links that cannot be judged, and those that are there', async () => {
    serveForNothing(home)
    serve({ '/': HOME, '/there': '真的在这里', '/gone': HOME })
    const report = await scan()
    expect(report.findings).toEqual([])
    expect(report.scan).toMatchObject({ soft404: { outcome: 'soft', is: 'home' }, unjudged: 1 })
  })

  it('is known by what came, whoever takes the bytes of it away to look at them', async () => {
    serveForNothing(home)
    serve({ '/': HOME, '/there': '真的在这里', '/gone': HOME })
    const look = async (order: InspectOrder) => {
      const seen = await inspect(order)
      order.page.bytes.fill(0)
      return seen
    }
    const { id } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
    await finish(id, HOUR, { inspector: { look, close: async () => {} } })
    expect((await linkReport(ctx, people.owner.scope, site.id)).scan).toMatchObject({ unjudged: 1 })
  })

  it('is asked only once in a scan', async () => {
    serve({ '/': a('/x') + a('/y') }, () => 'ok')
    const report = await scan()
    expect(report.scan).toMatchObject({ soft404: { outcome: 'proper' }, unjudged: 0 })
  })
})
