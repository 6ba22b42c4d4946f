import { expect, onTestFinished, vi } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { checksOf } from '../../../server/monitor/page-checks/checks.ts'
import type { DrawAnswer, DrawFailure, Drawn } from '../../../server/monitor/rendering/browser/order.ts'
import { announceRenderer } from '../../../server/monitor/rendering/queries.ts'
import { type DrawnBy, drawnHome } from '../../../server/monitor/rendering/reading.ts'
import { RenderWorker, type RenderWorkerParts } from '../../../server/monitor/rendering/worker.ts'
import { readOrder } from '../../../server/monitor/visit/reading/page-read.ts'
import { slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
import { failedVisit } from '../../../server/monitor/visit/run.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { KEEPING } from '../../../server/recording/rendering.ts'
import { addDays, localDay } from '../../../shared/base/time.ts'
import { ctx, site, visited } from '../../recording/recorded.ts'
import { patient } from '../../support/run/patience.ts'

/* Pages of the site that a story is about (`recordOnASite`), as its server sends them and as a browser draws them. */

/** How long an order may take to be there, ms. */
export const DRAWN_MS = patient(9_000)

export const now = () => ctx.clock.now()
export const day = (ago: number) => addDays(localDay(now()), -ago)
export const past = () => [30, 32, 40].map(day)
export const lately = () => [1, 3, 5].map(day)
export const pageOf = (...days: string[]) =>
  `<html><title>某局</title><ul>${days
    .map((one) => `<li><a href="/${one}.html">关于召开会议的通知（${one}）</a><span>${one}</span></li>`)
    .join('')}</ul></html>`
export const OF_SCRIPT =
  '<html><title>某局</title><div id="app"></div><script>fetch("/n.json").then(function(r){app.innerHTML="<li>"+r})</script>'
/** What a firewall shows a browser, with the looks that its script brought. */
export const CHALLENGE = `<html><head><title>安全验证</title><style>${'.slider{left:0}'.repeat(900)}</style></head><body><p>请拖动滑块完成验证</p></body></html>`

export const renderer = (problem: string | null = null) => announceRenderer(ctx.db, 'here', now(), problem)

/** The home page as its server sent it, read and recorded. */
export async function sent(html: string): Promise<void> {
  const order = {
    bytes: Buffer.from(html),
    contentType: 'text/html',
    url: site.url,
    kind: 'home',
    ref: day(0),
  } as const
  const read = atOnce(readOrder({ ...order, isCut: false, isClosing: false }))
  await recordVisits(ctx, [visited()])
  await recordVisits(ctx, [
    visited({ isReading: true, finding: read?.finding ?? null, page: read?.seen ?? null }),
  ])
}

/** @param missed how much of its own site it asked for and did not get. */
export const drawnPage = (html: string, missed = 0): Drawn => ({
  ...{ url: site.url, html: Buffer.from(html), isCut: false, picture: null, tookMs: 900 },
  missed: { all: missed, own: missed, others: 0 },
  counts: { requests: 3, bytes: 4_000, refused: 0, isOver: false },
})
export const notDrawn = (failed: DrawFailure['failed'], status?: number): DrawAnswer => ({
  ...{ failed, status },
  counts: { requests: 1, bytes: 0, refused: 0, isOver: false },
})

/** Nothing else of the site opens. */
export const BY: DrawnBy = {
  prober: { visit: async () => failedVisit('http_4xx'), close: () => {} },
  reader: slicedReader,
  signal: new AbortController().signal,
}

/** The same page as a browser drew it, recorded. */
export async function drawn(html: string): Promise<void> {
  const read = await drawnHome(BY, site.id, drawnPage(html), now())
  await recordVisits(ctx, read ? [read] : [])
}

/**
 * Who draws, of pages of other stories' sites nothing. `look` has it look for orders, as it does by itself every now and then;
 * `later`: what it waits for is over.
 */
export async function startWorker(
  draw: () => DrawAnswer,
  record: RenderWorkerParts['record'] = () => {},
): Promise<{ look: () => void; later: () => void; stop: () => Promise<void> }> {
  const once: (() => void)[] = []
  const again: (() => void)[] = []
  const put = (acts: (() => void)[], act: () => void) => {
    acts.push(act)
    return () => {}
  }
  const worker = new RenderWorker({
    ...{
      ctx,
      reader: slicedReader,
      proberFor: () => BY.prober,
      name: 'here',
      record,
      checks: checksOf(ctx, KEEPING),
    },
    timers: { after: (_, act) => put(once, act), every: (_, act) => put(again, act) },
    drawing: {
      ...{ held: 0, start: async () => {}, close: async () => {} },
      draw: async ({ url }) => (url.startsWith(site.url) ? draw() : notDrawn('http_error', 404)),
    },
  })
  await worker.start()
  onTestFinished(() => worker.stop())
  const later = () => once.at(-1)?.()
  // The start is over.
  later()
  return { look: () => again.at(-1)?.(), later, stop: () => worker.stop() }
}

/** Everything that is ordered of the site is drawn and recorded. @param answers of each page in turn; the last, of all after it. @returns how many pages were opened. */
export async function drawOrdered(...answers: DrawAnswer[]): Promise<number> {
  let opened = 0
  const { look, stop } = await startWorker(
    () => answers[Math.min(++opened, answers.length) - 1] ?? notDrawn('http_error', 404),
    (one, onStored) => void recordVisits(ctx, [one]).then(onStored),
  )
  await vi.waitFor(async () => {
    look()
    const orders = ctx.db.selectFrom('render_order').select('id').where('site_id', '=', site.id)
    const due = await orders.where('done_at', 'is', null).where('not_before', '<=', new Date(now())).execute()
    expect(due).toEqual([])
  }, DRAWN_MS)
  await stop()
  return opened
}
