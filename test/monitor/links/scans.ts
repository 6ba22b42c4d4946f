import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { slicedInspector } from '../../../server/monitor/inspections/crawl/inspector.ts'
import { runSlice, type ScanParts } from '../../../server/monitor/links/scan.ts'
import { linkReport, startScan } from '../../../server/monitor/links/service.ts'
import { createProber, type Prober } from '../../../server/monitor/visit/visit.ts'
import { HOUR } from '../../../shared/base/time.ts'
import type { LinkReport, ScanInput } from '../../../shared/monitor/links/links.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { type Behaviour, startSites, type TestSites } from '../../support/registers/sites.ts'

/* A site of a unit, on a real port, and scans of its links: a new one for each story. */

let fresh: FreshDatabase
export let ctx: TestContext
export let people: People
export let sites: TestSites
let prober: Prober
export let site: MadeSite
let label: string
let serial = 0
/** Requests by path, in their order, and how many were under way at most. */
export let asked: string[]
let underWay: number
export let most: number

/** Call once in a file: makes and removes what its stories play on. */
export function playOnASite(): void {
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
  afterEach(() => serveForNothing(null))
  afterEach(() => ctx.db.deleteFrom('link_scan').execute())
}

/** What was asked until now is of no interest. */
export function forgetAsked(): void {
  asked = []
}

/** What a scan asks for to see what the site answers where it has nothing. */
export const ASKED_FOR_NOTHING = /^\/[0-9a-f]{12}[ab]\.html$/
const NOT_THERE: Behaviour = (_req, res) => void res.writeHead(404).end('x')
let nothing: Behaviour | null = null
/** The site answers so where it has nothing; without one it says so. */
export function serveForNothing(behaviour: Behaviour | null): void {
  nothing = behaviour
}

type Page = string | number | ((visit: number, res: ServerResponse) => void)

/** The site has these pages; a number is a status, anything else is not there. */
export function serve(pages: Record<string, Page>, otherwise: (path: string) => Page = () => 404): void {
  const visits = new Map<string, number>()
  sites.set(label, (req: IncomingMessage, res: ServerResponse) => {
    const path = req.url ?? '/'
    if (ASKED_FOR_NOTHING.test(path)) return void (nothing ?? NOT_THERE)(req, res)
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
/** A link. */
export const a = (href: string, text = '链接') => `<a href="${href}">${text}</a>`

/** Pauses between two requests, in ms. */
export let waited: number[]
export function parts(change: Partial<ScanParts> = {}): ScanParts {
  waited = []
  return {
    ctx,
    proberFor: () => prober,
    inspector: slicedInspector,
    signal: new AbortController().signal,
    cut: new AbortController().signal,
    wait: async (ms) => {
      waited.push(ms)
      ctx.clock.advance(ms)
    },
    ...change,
  }
}

/** Works on a scan to its end, as the jobs do. */
export async function finish(scanId: number, sliceMs = HOUR, change: Partial<ScanParts> = {}): Promise<void> {
  for (let again: number | null = 0; again !== null; ) {
    ctx.clock.advance(again)
    again = await runSlice(parts(change), scanId, sliceMs)
  }
}
export async function scan(settings: ScanInput = {}): Promise<LinkReport> {
  const { id } = await startScan(ctx, people.owner, site.id, { delayMs: 100, ...settings })
  await finish(id)
  return linkReport(ctx, people.owner.scope, site.id)
}
export const paths = (report: LinkReport, state: 'confirmed' | 'suspected') =>
  report.findings.filter((one) => one.state === state).map((one) => [one.rule, new URL(one.url).pathname])
