import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castOf, DRAWN_STYLES } from '../../../server/demo/cast/cast.ts'
import { demoRegister } from '../../../server/demo/cast/register.ts'
import { behaviourAt, DEFAULT_SEED, newestDay } from '../../../server/demo/fleet/script.ts'
import { type Fleet, startFleet } from '../../../server/demo/fleet/server.ts'
import { readPage } from '../../../server/monitor/read/read.ts'
import type { DrawAnswer, DrawOrder } from '../../../server/monitor/rendering/browser/order.ts'
import { Drawing } from '../../../server/monitor/rendering/drawing.ts'
import { localDay } from '../../../shared/base/time.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { packagedChromium } from '../../browser/launch.ts'
import { temporaryFolder } from '../../support/product/product.ts'
import { type HostileSite, hostileSite } from './pages.ts'

/* A real Chromium, in a process of its own, as the product has it. */

let drawing: Drawing
let hostile: HostileSite
let fleet: Fleet
const now = Date.now()
beforeAll(async () => {
  hostile = await hostileSite()
  fleet = await startFleet({ sites: demoRegister(), now: () => now })
  const path = process.env.CHROMIUM_PATH ?? (await packagedChromium())
  const hosts = [hostile.port, fleet.httpPort, fleet.httpsPort].map((port) => `*.localhost:${port}`)
  drawing = new Drawing({
    ...{ chromium: { path }, folder: temporaryFolder(), userAgent: 'Siteward', zone: 'Asia/Shanghai' },
    ...{ allowAddresses: [], hosts: { 'rebinding.test': '127.0.0.1' }, demoHosts: hosts },
    limits: { ...RENDERING, pageMs: 6_000, settleMs: 2_500, maxBytes: 5_000_000 },
  })
})
afterAll(async () => {
  await drawing.close()
  hostile.close()
  await fleet.close()
})

let last = 0
const draw = (url: string, change: Partial<DrawOrder> = {}): Promise<DrawAnswer> =>
  drawing.draw({ id: ++last, url, demo: true, wantsHtml: true, picture: null, ...change })
const drawHostile = (name: string, change: Partial<DrawOrder> = {}) =>
  draw(`http://a.localhost:${hostile.port}/${name}`, change)
const failed = (answer: DrawAnswer) => ('failed' in answer ? answer.failed : null)
const htmlOf = (answer: DrawAnswer) =>
  'html' in answer && answer.html ? Buffer.from(answer.html).toString() : ''

describe('a page that means harm costs itself, and no other', () => {
  it('what it asks for inside goes nowhere, by number, name, socket, frame or redirect', async () => {
    const answer = await drawHostile('inner')
    expect(failed(answer)).toBeNull()
    expect(answer.counts.refused).toBeGreaterThan(3)
    expect(failed(await drawHostile('redirect'))).toBeNull()
    expect(failed(await draw(`http://127.0.0.1:${hostile.port}/list`))).toBe('refused')
    // A site of the register reaches nothing of the demo's.
    expect(failed(await drawHostile('list', { demo: false }))).toBe('refused')
    expect(hostile.trapped).toEqual([])
  })

  it.each([
    ['dialogs', null],
    ['windows', null],
    ['workers', null],
    ['download', 'no_page'],
    ['gone', 'http_error'],
    ['greedy', 'too_much'],
    ['memory', 'memory'],
  ])('%s: %s, and the next page is drawn', async (name, reason) => {
    const [answer, beside] = await Promise.all([drawHostile(name), drawHostile('list')])
    expect(failed(answer)).toBe(reason)
    expect(htmlOf(beside)).toContain('2026-03-01')
  })

  it('an endless loop ends when its time is over', async () => {
    const [answer, beside] = await Promise.all([drawHostile('loop'), drawHostile('list')])
    expect(failed(answer)).toBe('late')
    expect(htmlOf(beside)).toContain('2026-03-01')
  })
})

it('a page within the page stands in its place, without scripts, and what is asked for is outlined', async () => {
  const picture = { mark: { text: '召开会议的通知' }, isWhole: false }
  const framed = await drawHostile('framed', { picture })
  expect(htmlOf(framed)).toMatch(/<h1>某局<\/h1><div><ul id="news"><li>.*2026-03-01/)
  expect(htmlOf(framed)).not.toContain('<script')
  expect(framed).toMatchObject({ picture: { type: 'image/jpeg', width: 1280, isMarked: true } })
})

it('the process that draws may be killed in the middle: its page is broken off, and the next is drawn', async () => {
  const [answer] = await Promise.all([drawHostile('list'), drawing.close()])
  expect(failed(answer)).toBe('broken_off')
  expect(htmlOf(await drawHostile('list'))).toContain('2026-03-01')
})

const drawn = [...castOf(DEFAULT_SEED).homes].filter(([, home]) => DRAWN_STYLES.some((one) => one === home))

it.each(DRAWN_STYLES)(
  'home pages that a script makes, %s, are dated as their visitors see them',
  async (style) => {
    const sites = drawn.flatMap(([index, home]) => (home === style ? [demoRegister()[index]] : []))
    expect(sites.length).toBeGreaterThan(0)
    for (const site of sites) {
      if (!site) continue
      const url = `${site.scheme}://${site.host}:${site.scheme === 'https' ? fleet.httpsPort : fleet.httpPort}/`
      const answer = await draw(url)
      const bytes = Buffer.from(htmlOf(answer))
      const found = readPage({ bytes, url, kind: 'home', ref: localDay(now) })
      expect(found.newest).toBe(newestDay(behaviourAt(site, now).publisher, now))
    }
  },
)
