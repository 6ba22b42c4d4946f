import { describe, expect, test } from 'vitest'
import type { Db } from '../../../../server/base/db/database.ts'
import {
  type InspectOrder,
  type Inspector,
  inspect,
} from '../../../../server/monitor/inspections/crawl/inspector.ts'
import { Looker } from '../../../../server/monitor/inspections/crawl/looker.ts'
import { askRule } from '../../../../server/monitor/inspections/crawl/measure.ts'
import type { Outcome, Retrieved, SiteRule, Tools } from '../../../../server/monitor/inspections/rule.ts'
import { NOTHING } from '../../../../server/monitor/visit/run.ts'
import type { Visit } from '../../../../server/monitor/visit/visit.ts'
import { retrieved, SITE } from '../pages.ts'

/* What a page does to whoever looks at it is done to a thread that is there for it, never to the process that visits sites. */

const HTML = '<html><title>天河区</title><body><a href="/a.html">通知公告</a></body></html>'
const visitOf = (html: string, type = 'text/html; charset=utf-8'): Visit => ({
  result: { ...NOTHING, outcome: 'ok', status: 200, finalUrl: SITE.url },
  body: new TextEncoder().encode(html),
  headers: { 'content-type': type },
})

/** A thread for pages, which takes the bytes away; those that have this in them end it. */
function threads(ends: (order: InspectOrder) => boolean) {
  const orders: InspectOrder[] = []
  const inspector: Inspector = {
    async look(order) {
      orders.push(order)
      const { buffer } = order.page.bytes
      const bytes = new Uint8Array(structuredClone(buffer, { transfer: [buffer as ArrayBuffer] }))
      if (ends(order)) throw new Error('the thread ended')
      return inspect({ ...order, page: { ...order.page, bytes } })
    },
    close: async () => {},
  }
  return { inspector, orders }
}

const ask = (
  visit: Visit,
  inspector: Inspector,
  rule: SiteRule,
  home: Retrieved | null = null,
): Promise<Outcome | null> =>
  askRule(
    {
      ...{ inspector, prober: { visit: async () => visit }, log: { warn: () => {} } },
      signal: new AbortController().signal,
    },
    rule,
    SITE,
    { home, pages: [], kept: {} as Tools['kept'] },
  )

describe('what a rule of sites asks for', () => {
  const reading = (read: string[]): SiteRule => ({
    id: 'reads',
    async measure(site, tools) {
      const { body } = await tools.visit({ url: site.url })
      read.push(new TextDecoder().decode(body ?? undefined))
      return { outcome: 'clear' }
    },
  })

  test('and ends the thread that looks at it first is given to no rule, and nothing is said of the site', async () => {
    const read: string[] = []
    const { inspector } = threads(() => true)
    expect(await ask(visitOf(HTML), inspector, reading(read))).toEqual({
      outcome: 'unmeasured',
      reason: 'failed',
    })
    expect(read).toEqual([])
  })

  test('is looked at as a page whatever it says it is, and reaches the rule whole', async () => {
    const read: string[] = []
    const { inspector, orders } = threads(() => false)
    for (const type of ['text/html; charset=utf-8', 'text/plain; charset=gbk'])
      expect(await ask(visitOf(HTML, type), inspector, reading(read))).toEqual({ outcome: 'clear' })
    expect(read).toEqual([HTML, HTML])
    expect(orders.map(({ page, links }) => [page.headers['content-type'], links])).toEqual([
      ['text/html; charset=utf-8', 0],
      ['text/html; text/plain; charset=gbk', 0],
    ])
  })
})

test('a home page that says it is none, and was read by no rule in the thread, is given to no rule of sites', async () => {
  const seen: (string | undefined)[] = []
  const rule: SiteRule = {
    id: 'sees',
    async measure(_site, { home }) {
      seen.push(home?.headers['content-type'])
      return { outcome: 'clear' }
    },
  }
  for (const type of ['text/plain', 'text/html', 'application/xhtml+xml'])
    await ask(
      visitOf(HTML),
      threads(() => false).inspector,
      rule,
      retrieved(HTML, { headers: { 'content-type': type } }),
    )
  expect(seen).toEqual([undefined, 'text/html', 'application/xhtml+xml'])
})

describe('a page of a crawl that ends the thread which looks at it', () => {
  const stop = { scanId: 1, urlHash: 'x', url: SITE.url, depth: 0, kind: 'page' } as const
  const look = (inspector: Inspector) =>
    new Looker({} as Db, inspector, SITE, 1_500).look(stop, visitOf(HTML), null, false)

  test('gives its links to a thread again, of which no rule has any part', async () => {
    const { inspector, orders } = threads(({ isForLinks }) => !isForLinks)
    const { links, isCut } = await look(inspector)
    expect(links).toMatchObject([{ url: new URL('/a.html', SITE.url).href, text: '通知公告' }])
    expect(isCut).toBe(false)
    expect(orders.map(({ isForLinks = false }) => isForLinks)).toEqual([false, true])
  })

  test('and ends that one too has no links, and what the crawl has seen is not the whole site', async () => {
    const { inspector, orders } = threads(() => true)
    expect(await look(inspector)).toMatchObject({ links: [], isCut: true })
    expect(orders).toHaveLength(2)
  })
})
