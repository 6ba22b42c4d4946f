import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { slicedInspector } from '../../../server/monitor/inspections/crawl/inspector.ts'
import { runSlice } from '../../../server/monitor/links/scan.ts'
import { startWeeklyScan } from '../../../server/monitor/links/service.ts'
import type { Prober } from '../../../server/monitor/visit/visit.ts'
import type { Visited } from '../../../server/monitor/visit/visited.ts'
import { Recorder } from '../../../server/recording/recorder.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { patient } from '../../support/run/patience.ts'
import { readHome } from '../../support/visits/home.ts'
import { visitOf } from '../../support/visits/visited.ts'

/*
 * Hostile text everywhere at once: in the title and the items of a page, in headers, in the names of a certificate, in
 * the texts and addresses of links. What is read of it goes through the record step and the link scan into the database.
 */

const RUNS = 200
let fresh: FreshDatabase
let ctx: TestContext
let recorder: Recorder
const sites: MadeSite[] = []

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  recorder = new Recorder(ctx)
  for (let n = 0; n < 20; n++) sites.push(await makeSite(ctx.db))
})
afterAll(() => fresh.drop())

const nasty = fc.constantFrom(
  ...['\0', '\ud83d', '\ude00', '\ud800\ud800', '😀', '𠮷', '\u202e', '\u2066', '\u200b', '\ufeff', '\ufffe'],
  ...[
    '\x01',
    '\x1b[31m',
    '\x7f',
    '\x85',
    '\u2028',
    '\r\n',
    '\t',
    '"',
    "'",
    '\\',
    '\\u0000',
    '<',
    '>',
    '&#0;',
  ],
  ...['&#xd800;', '%00', '{', '}', '[', '$1', '--', '中'],
)
const short = fc.string({ unit: fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 3 })), maxLength: 60 })
const hostile = fc.oneof(
  { arbitrary: short, weight: 9 },
  { arbitrary: short.map((text) => `${text}\0𠮷`.repeat(3_000)), weight: 1 },
)
const encoding = fc.constantFrom<BufferEncoding>('utf8', 'utf16le', 'latin1')

interface Hostile {
  readonly texts: readonly string[]
  readonly headers: readonly string[]
  readonly bytes: Buffer
}
const answer = fc
  .record({
    texts: fc.array(hostile, { minLength: 5, maxLength: 5 }),
    headers: fc.array(hostile, { minLength: 5, maxLength: 5 }),
    encoding,
  })
  .map(({ texts, headers, encoding: how }): Hostile => {
    const [title, first, second, href, link] = texts as [string, string, string, string, string]
    const page = `${how === 'utf16le' ? '\ufeff' : ''}<html><title>${title}</title><h2>${link}</h2><ul>
      <li><a href="/a.html?${href}" title="${second}">${first}</a><span>2026-03-09</span></li>
      <li><a href="/b.html">关于召开会议的通知${second}</a><span>2026-03-06</span></li>
      <li><a href="/c.html">${link}</a><span>2026-03-02</span></li></ul></html>`
    return { texts, headers, bytes: Buffer.from(page, how) }
  })

function visited(site: MadeSite, { headers, bytes }: Hostile): Visited {
  const [etag = '', lastModified = '', certificate = '', address = '', finalUrl = ''] = headers
  const usual = visitOf(site, ctx.clock.now())
  const reading = readHome({ bytes, url: site.url, ref: '2026-03-10' })
  return {
    ...usual,
    finding: reading.finding,
    page: reading.seen,
    copy: { bytes, shows: 'ok' },
    result: {
      ...usual.result,
      etag,
      lastModified,
      // A fingerprint of ours: short, whatever is in it here.
      certificate: certificate.slice(0, 95),
      address,
      finalUrl: `${site.url}?${finalUrl}`,
      bodyHash: etag,
      certDaysLeft: 3,
    },
  }
}

it('is stored, whatever it is: nothing is set aside and nothing waits', {
  timeout: patient(120_000),
}, async () => {
  let told = 0
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 19 }), answer, async (n, given) => {
      const site = sites[n] as MadeSite
      ctx.clock.advance(MINUTE)
      recorder.add(visited(site, given), () => void told++)
      await recorder.flush()
      expect(recorder.waiting).toBe(0)
      expect(await ctx.db.selectFrom('set_aside').select(['kind', 'error']).execute()).toEqual([])
    }),
    { numRuns: RUNS, seed: 20_261_127, endOnFailure: true },
  )
  expect(told).toBe(RUNS)
})

it('does not stop a link scan, whatever the links say', { timeout: patient(120_000) }, async () => {
  await fc.assert(
    fc.asyncProperty(answer, async (given) => {
      await ctx.db.deleteFrom('link_scan').execute()
      const site = sites[0] as MadeSite
      const scanId = await startWeeklyScan(ctx, site.id)
      const { result } = visitOf(site, ctx.clock.now())
      const prober = {
        visit: async () => ({
          result,
          body: given.bytes,
          headers: { 'content-type': `text/html;${given.headers[0]}` },
        }),
      } as unknown as Prober
      const wait = async (ms: number) => void ctx.clock.advance(ms)
      const signal = new AbortController().signal
      const scan = { ctx, proberFor: () => prober, inspector: slicedInspector, wait, signal, cut: signal }
      const again = await runSlice(scan, scanId ?? 0, HOUR)
      expect(again).toBeNull()
      const { state } = await ctx.db
        .selectFrom('link_scan')
        .select('state')
        .where('id', '=', scanId ?? 0)
        .executeTakeFirstOrThrow()
      expect(state).toBe('done')
      expect(await ctx.db.selectFrom('set_aside').select(['kind', 'error']).execute()).toEqual([])
    }),
    { numRuns: 40, seed: 20_261_127, endOnFailure: true },
  )
})
