import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { recheckLinks, recheckSoon } from '../../../server/monitor/links/recheck.ts'
import { runSlice, type ScanParts } from '../../../server/monitor/links/scan.ts'
import { linkReport, startScan, startWeeklyScan, turnScan } from '../../../server/monitor/links/service.ts'
import { scheduleScans } from '../../../server/monitor/links/worker.ts'
import { createProber, type Prober } from '../../../server/monitor/visit/visit.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import type { Fact } from '../../../shared/base/facts.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { LinkReport, ScanInput } from '../../../shared/monitor/links/links.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { startSites, type TestSites } from '../../support/registers/sites.ts'
import { goodVisit } from '../findings/visit.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let sites: TestSites
let prober: Prober
let site: MadeSite
let label: string
let serial = 0
/** Requests by path, in their order, and how many were under way at most. */
let asked: string[]
let underWay: number
let most: number

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
  label = `scan-${++serial}`
  site = await makeSite(ctx.db, { url: sites.url(label), unit_id: people.unitId })
  asked = []
  underWay = most = 0
})
afterEach(() => ctx.db.deleteFrom('link_scan').execute())

type Page = string | number | ((visit: number, res: ServerResponse) => void)

/** The site has these pages; a number is a status, anything else is not there. */
function serve(pages: Record<string, Page>, otherwise: (path: string) => Page = () => 404): void {
  const visits = new Map<string, number>()
  sites.set(label, (req: IncomingMessage, res: ServerResponse) => {
    const path = req.url ?? '/'
    asked.push(path)
    most = Math.max(most, ++underWay)
    res.once('close', () => underWay--)
    const visit = (visits.get(path) ?? 0) + 1
    visits.set(path, visit)
    const page = pages[path] ?? otherwise(path)
    if (typeof page === 'function') page(visit, res)
    else if (typeof page === 'number')
      res.writeHead(page, { 'content-type': 'text/html' }).end(`<h1>${page}</h1>`)
    else
      res
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(`<html><body>${page}</body></html>`)
  })
}
const a = (href: string, text = '链接') => `<a href="${href}">${text}</a>`

let waited: number[]
function parts(change: Partial<ScanParts> = {}): ScanParts {
  waited = []
  return {
    ctx,
    proberFor: () => prober,
    signal: new AbortController().signal,
    wait: async (ms) => {
      waited.push(ms)
      ctx.clock.advance(ms)
    },
    ...change,
  }
}

/** Works on a scan to its end, as the jobs do. */
async function finish(scanId: number, sliceMs = HOUR): Promise<void> {
  for (let again: number | null = 0; again !== null; ) {
    ctx.clock.advance(again)
    again = await runSlice(parts(), scanId, sliceMs)
  }
}
async function scan(settings: ScanInput = {}): Promise<LinkReport> {
  const { id } = await startScan(ctx, people.owner, site.id, { delayMs: 100, ...settings })
  await finish(id)
  return linkReport(ctx.db, people.owner.scope, site.id)
}
const paths = (report: LinkReport, state: 'confirmed' | 'suspected') =>
  report.findings.filter((one) => one.state === state).map((one) => [one.rule, new URL(one.url).pathname])

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

describe('a scan in the hands of people', () => {
  beforeEach(() => serve({ '/': Array.from({ length: 9 }, (_, n) => a(`/p${n}`)).join('') }, () => 'ok'))

  it('is stopped and goes on where it was, without asking anything twice', async () => {
    const { id, version } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
    await runSlice(parts(), id, 350)
    const soFar = asked.length
    expect(soFar).toBe(4)
    const stopped = await turnScan(ctx, people.owner, id, 'stopped', version)
    expect(await runSlice(parts(), id, HOUR)).toBeNull()
    expect(asked).toHaveLength(soFar)
    await turnScan(ctx, people.duty, id, 'running', stopped.version)
    await finish(id)
    expect(asked).toHaveLength(10)
    expect(new Set(asked).size).toBe(10)
  })

  it('stops at once for whoever is at it, and is not gone on with twice', async () => {
    const { id, version } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
    const wait = async () => {
      if (asked.length !== 2) return
      const { version: after } = await turnScan(ctx, people.owner, id, 'stopped', version)
      await turnScan(ctx, people.owner, id, 'running', after)
    }
    expect(await runSlice(parts({ wait }), id, HOUR)).toBeNull()
    expect(asked).toHaveLength(2)
  })

  it('is begun once: the second who presses is told so, and so is who acts on what is past', async () => {
    const { id, version } = await startScan(ctx, people.owner, site.id, {})
    await expect(startScan(ctx, people.duty, site.id, {})).rejects.toMatchObject({ code: 'conflict' })
    await turnScan(ctx, people.owner, id, 'stopped', version)
    await expect(turnScan(ctx, people.duty, id, 'stopped', version)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('is not for everybody', async () => {
    await expect(startScan(ctx, people.viewer, site.id, {})).rejects.toMatchObject({ code: 'forbidden' })
    await expect(startScan(ctx, people.haizhu, site.id, {})).rejects.toMatchObject({ code: 'not_found' })
    await expect(linkReport(ctx.db, people.haizhu.scope, site.id)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('remembers its settings for the next time', async () => {
    await scan({ depth: 5, links: 300 })
    const next = await startScan(ctx, people.owner, site.id, { pages: 7 })
    expect(next.settings).toEqual({ depth: 5, pages: 7, links: 300, delayMs: 100 })
  })
})

describe('a scan that nobody watches', () => {
  it('is taken up again when whoever had it is gone, and goes on where it was', async () => {
    serve({ '/': Array.from({ length: 5 }, (_, n) => a(`/p${n}`)).join('') }, () => 'ok')
    const { id } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
    const killed = Object.assign(new Error('killed'), { code: 'ECONNRESET' })
    const wait = () => (asked.length === 3 ? Promise.reject(killed) : Promise.resolve())
    await expect(runSlice(parts({ wait }), id, HOUR)).rejects.toBe(killed)
    expect(await runSlice(parts(), id, HOUR), 'somebody may still be at it').toBeNull()
    ctx.clock.advance(3 * MINUTE)
    const sent: number[] = []
    await scheduleScans(ctx, async (scanId) => void sent.push(scanId))
    expect(sent).toContain(id)
    await finish(id)
    expect(asked).toEqual(['/', '/p0', '/p1', '/p2', '/p3', '/p4'])
  })

  it('comes by the week to each site at its own hour, two at a time at most', async () => {
    const begun = new Map<number, number[]>()
    const ids = (await ctx.db.selectFrom('site').select('id').execute()).map((row) => row.id)
    for (let step = 0; step < 15 * 24 * 2; step++) {
      ctx.clock.advance(30 * MINUTE)
      await scheduleScans(ctx, async (scanId) => {
        const { site_id } = await ctx.db
          .updateTable('link_scan')
          .set({ state: 'done' })
          .where('id', '=', scanId)
          .returning('site_id')
          .executeTakeFirstOrThrow()
        begun.set(site_id, [...(begun.get(site_id) ?? []), ctx.clock.now()])
      })
    }
    for (const id of ids) {
      const times = begun.get(id) ?? []
      expect(times.length, `site ${id}`).toBeGreaterThanOrEqual(2)
      expect(Math.abs(times[1]! - times[0]! - 7 * DAY)).toBeLessThan(2 * HOUR)
    }
    await ctx.db.deleteFrom('link_scan').execute()
    for (const id of ids.slice(0, 2)) await startWeeklyScan(ctx, id)
    const sent: number[] = []
    for (let n = 0; n < 7 * 24; n++) {
      ctx.clock.advance(HOUR)
      await ctx.db
        .updateTable('link_scan')
        .set({ next_at: new Date(ctx.clock.now()) })
        .execute()
      await scheduleScans(ctx, async (scanId) => void sent.push(scanId))
    }
    expect(sent).toEqual([])
  })
})

describe('the alert of broken links', () => {
  const told = (facts: Fact[]) =>
    facts.map((fact) => ('alert' in fact.data ? [fact.kind, fact.data.alert.severity] : [fact.kind]))
  const recheck = async (change: Partial<ScanParts> = {}) =>
    ctx.told(async () => {
      ctx.clock.advance(MINUTE)
      await recheckLinks(parts(change))
    })
  const BROKEN = { '/': a('/gone', '旧专题') + a('/files/a.doc') + a('/sb/', '网上申报'), '/sb/': 503 }

  it('opens with what the scan found, and is resolved by the next that finds it mended', async () => {
    serve(BROKEN)
    const facts = await ctx.told(() => scan())
    expect(told(facts)).toEqual([['alert.opened', 'major']])
    expect(facts[0]).toMatchObject({
      data: {
        alert: {
          rule: 'LINKS',
          evidence: {
            broken: {
              S2a: 1,
              S2b: 0,
              S9b: 1,
              S10: 1,
              points: 5,
              some: [{ text: '网上申报' }, { text: '链接' }, { text: '旧专题' }],
            },
          },
        },
      },
    })
    serve({ ...BROKEN, '/sb/': 'ok' })
    expect(told(await ctx.told(() => scan())), 'two points less').toEqual([['alert.eased', 'minor']])
    serve({ '/': a('/gone'), '/gone': 'ok' })
    expect(told(await ctx.told(() => scan()))).toEqual([['alert.resolved', 'minor']])
  })

  it('does not open for a site that could not be read, nor for a few links on other pages', async () => {
    serve({ '/': 503 })
    expect(told(await ctx.told(() => scan()))).toEqual([])
    serve({ '/': a('/news'), '/news': a('/old-1') + a('/old-2') })
    expect(told(await ctx.told(() => scan()))).toEqual([])
  })

  it('leads to a rectification: exactly the broken links are visited again, and decide', async () => {
    serve(BROKEN)
    const [opened] = await ctx.told(() => scan())
    const alertId = opened && 'alert' in opened.data ? opened.data.alert.id : 0
    const rectification = await raiseRectification(ctx, people.duty, { alertIds: [alertId], dueWorkdays: 10 })
    const submit = (version: number) =>
      takeStep(ctx, people.duty, { id: rectification.id, version }, { step: 'submit' })
    const visit = () =>
      ctx.told(() => recordVisits(ctx, [{ ...goodVisit(site, ctx.clock.advance(MINUTE)), extra: true }]))
    const rectificationFacts = (facts: Fact[]) =>
      facts.flatMap((fact) =>
        'rectification' in fact.data ? [[fact.kind, fact.data.rectification.verification?.result]] : [],
      )
    const { version } = await submit(rectification.version)
    expect(rectificationFacts(await visit()), 'its links were not visited yet').toEqual([
      ['rectification.verifying', null],
    ])
    asked = []
    expect(told(await recheck())).toEqual([])
    expect(asked.toSorted()).toEqual(['/files/a.doc', '/gone', '/sb/'])
    expect(rectificationFacts(await visit())).toEqual([['rectification.returned', 'links_still_broken']])

    await submit(version + 2)
    serve({ ...BROKEN, '/gone': 'ok', '/sb/': 'ok' })
    expect(told(await recheck()), 'a lost form alone is no alert').toEqual([['alert.resolved', 'major']])
    expect(rectificationFacts(await visit())).toEqual([['rectification.closed', 'links_mended']])
    const report = await linkReport(ctx.db, people.owner.scope, site.id)
    expect(paths(report, 'confirmed')).toEqual([['S9b', '/files/a.doc']])
    asked = []
    await recheck()
    expect(asked, 'done').toEqual([])
  })

  it('goes on after a process that died, and waits where a firewall stands before a link', async () => {
    serve(BROKEN)
    await scan()
    await ctx.db.transaction().execute((tx) => recheckSoon(tx, site.id, new Date(ctx.clock.now())))
    const stop = new AbortController()
    await recheck({ signal: stop.signal, wait: async () => stop.abort() })
    asked = []
    await recheck()
    expect(asked, 'the links that were left').toHaveLength(3)
    await ctx.db.transaction().execute((tx) => recheckSoon(tx, site.id, new Date(ctx.clock.now())))
    serve({ ...BROKEN, '/gone': 429 })
    await recheck()
    const row = () =>
      ctx.db.selectFrom('link_scan').selectAll().where('site_id', '=', site.id).executeTakeFirstOrThrow()
    expect((await row()).recheck_at?.getTime(), 'asked again later').toBeGreaterThan(ctx.clock.now())
  })
})
