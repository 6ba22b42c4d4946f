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
/** Waits for no page for long: what one never comes back from need not be waited for by the tests. */
let hasty: Drawing
let hostile: HostileSite
let fleet: Fleet
/** What needs no quiet of its own is drawn beside what is drawn first. */
let early: Readonly<Record<'framed' | 'slow' | 'file', Promise<DrawAnswer>>>
let dated: Promise<unknown[]>
const now = Date.now()
const TODAY = localDay(now)
beforeAll(async () => {
  hostile = await hostileSite()
  fleet = await startFleet({ sites: demoRegister(), now: () => now })
  const path = process.env.CHROMIUM_PATH ?? (await packagedChromium())
  const hosts = [hostile.port, fleet.httpPort, fleet.httpsPort].map((port) => `*.localhost:${port}`)
  const started = (pageMs: number) =>
    new Drawing({
      ...{ chromium: { path }, folder: temporaryFolder(), userAgent: 'Siteward', zone: 'Asia/Shanghai' },
      ...{ allowAddresses: [], hosts: { 'rebinding.test': '127.0.0.1' }, demoHosts: hosts },
      limits: { ...RENDERING, pageMs, maxBytes: 5_000_000 },
    })
  drawing = started(15_000)
  hasty = started(2_500)
  early = {
    framed: drawHostile('framed', {
      picture: { mark: { text: '召开会议的通知' }, isWhole: false, today: TODAY },
    }),
    slow: drawHostile('slow'),
    file: draw('file:///etc/hostname', { picture: { mark: null, isWhole: false, today: TODAY } }),
  }
  dated = wronglyDated()
})
afterAll(async () => {
  await Promise.all([drawing.close(), hasty.close()])
  hostile.close()
  await fleet.close()
})

let last = 0
const draw = (url: string, change: Partial<DrawOrder> = {}, by = drawing): Promise<DrawAnswer> =>
  by.draw({ id: ++last, url, demo: true, wantsHtml: true, picture: null, ...change })
const drawHostile = (name: string, change: Partial<DrawOrder> = {}) =>
  draw(`http://a.localhost:${hostile.port}/${name}`, change, name === 'loop' ? hasty : drawing)
const failed = (answer: DrawAnswer) => ('failed' in answer ? answer.failed : null)
const htmlOf = (answer: DrawAnswer) =>
  'html' in answer && answer.html ? Buffer.from(answer.html).toString() : ''

/** As the worker does it: what was broken off by the page beside it is drawn again. */
async function drawn(url: string): Promise<DrawAnswer> {
  const answer = await draw(url)
  return failed(answer) === 'broken_off' ? drawn(url) : answer
}

/** The home pages that a script makes, one of each kind, which are not dated as they were written. */
async function wronglyDated(): Promise<unknown[]> {
  const { homes, sites } = castOf(DEFAULT_SEED)
  const all = [...homes].flatMap(([index, home]) => {
    const site = sites[index]
    return site ? [{ site, home }] : []
  })
  const rest = DRAWN_STYLES.flatMap((style) => all.filter(({ home }) => home === style).slice(-1))
  expect(new Set(rest.map(({ home }) => home))).toEqual(new Set(DRAWN_STYLES))
  const wrong: unknown[] = []
  const dateThem = async (): Promise<void> => {
    for (let one = rest.pop(); one; one = rest.pop()) {
      const { site, home } = one
      const port = site.scheme === 'https' ? fleet.httpsPort : fleet.httpPort
      const url = `${site.scheme}://${site.host}:${port}/`
      const bytes = Buffer.from(htmlOf(await drawn(url)))
      const { newest } = readPage({ bytes, url, kind: 'home', ref: localDay(now) })
      const truth = newestDay(behaviourAt(site, now).publisher, now)
      if (newest !== truth) wrong.push({ home, newest, truth })
    }
  }
  await Promise.all([dateThem(), dateThem()])
  return wrong
}

describe('a page that means harm costs itself, and no other', () => {
  it('what it asks for inside goes nowhere, by number, name, socket, frame or redirect', async () => {
    const [inner, redirect, here, others] = await Promise.all([
      drawHostile('inner'),
      drawHostile('redirect'),
      draw(`http://127.0.0.1:${hostile.port}/list`),
      // A site of the register reaches nothing of the demo's.
      drawHostile('list', { demo: false }),
    ])
    expect(failed(inner)).toBeNull()
    expect(inner.counts.refused).toBeGreaterThan(3)
    expect([redirect, here, others].map(failed)).toEqual(['refused', 'refused', 'refused'])
    expect(hostile.trapped).toEqual([])
    expect(failed(await early.file), 'what is on this machine is no page').toBe('not_open')
  })

  it.each([
    [{ dialogs: null, windows: null, download: 'no_page', gone: 'http_error', greedy: 'too_much' }],
    [{ workers: null, lies: 'unread', nowhere: 'no_page', long: 'no_page' }],
    [{ loop: 'late', memory: 'memory' }],
  ])('%o, and the page beside it is drawn', async (expected) => {
    const names = Object.keys(expected)
    const [beside, ...answers] = await Promise.all([
      drawHostile('list'),
      ...names.map((name) => drawHostile(name)),
    ])
    expect(Object.fromEntries(answers.map((answer, n) => [names[n], failed(answer)]))).toEqual(expected)
    expect(htmlOf(beside)).toContain('2026-03-01')
  })
})

it('a page within the page stands in its place, without scripts, and what is asked for is outlined', async () => {
  const framed = await early.framed
  expect(htmlOf(framed)).toMatch(/<h1>某局<\/h1><div><ul id="news"><li>.*2026-03-01/)
  expect(htmlOf(framed)).not.toContain('<script')
  expect(framed).toMatchObject({ picture: { type: 'image/jpeg', width: 1280, isMarked: true } })
})

it('what is down is pictured as a browser shows it, a place is outlined by its selector, and both times and faults are seen', async () => {
  const picture = { mark: null, isWhole: false, today: TODAY }
  const [gone, list, error] = await Promise.all([
    drawHostile('gone', { wantsHtml: false, picture: { ...picture, isAsIs: true } }),
    drawHostile('list', { picture: { ...picture, mark: { selector: '#news' } }, wantsCheck: true }),
    drawHostile('gone'),
  ])
  expect(error, 'what its server answered is known').toMatchObject({ failed: 'http_error', status: 404 })
  expect(gone).toMatchObject({ picture: { type: 'image/jpeg' } })
  const access = expect.arrayContaining([expect.objectContaining({ rule: 'html-has-lang', level: 'A' })])
  expect(list).toMatchObject({
    picture: { isMarked: true },
    check: { access, load: { loadMs: expect.any(Number) } },
  })
})

it('a page that shows numbers of persons again when they are covered is not pictured', async () => {
  const answer = await drawHostile('restores', { picture: { mark: null, isWhole: true, today: TODAY } })
  expect(failed(answer)).toBe('personal')
})

it('a roster that is written anew while its picture is taken is not pictured, nor is one in a root that scripts closed', async () => {
  const picture = { mark: null, isWhole: true, today: TODAY }
  const pictured = await Promise.all(
    ['redrawn', 'closed', 'list'].map((name) => drawHostile(name, { picture })),
  )
  expect(pictured.map(failed)).toEqual(['personal', 'personal', null])
})

it('a page with more pages within it than are looked through is not pictured, and is read', async () => {
  const picture = { mark: null, isWhole: true, today: TODAY }
  const answers = [await drawHostile('manyFrames', { picture }), await drawHostile('manyFrames')]
  expect(answers.map(failed)).toEqual(['too_much', null])
})

it('a list that its server is slow with is waited for', async () => {
  expect(htmlOf(await early.slow)).toContain('2026-03-01')
})

it('a list that comes late into a page within the page is waited for until it stands there', async () => {
  expect(htmlOf(await drawHostile('framedSlow'))).toContain('2026-03-01')
})

it('of a page that grows each time somebody comes to its end, the last list is read, too', async () => {
  const html = htmlOf(await drawHostile('grows'))
  const url = 'http://a.localhost/'
  expect(readPage({ bytes: Buffer.from(html), url, kind: 'home', ref: '2026-10-01' }).newest).toBe(
    '2026-06-06',
  )
})

it('home pages that a script makes, of each of five kinds, are dated as their visitors see them', async () => {
  expect(await dated).toEqual([])
})

it('the process that draws may be killed in the middle: its page is broken off, and the next is drawn', async () => {
  const [answer] = await Promise.all([drawHostile('list'), drawing.close()])
  expect(failed(answer)).toBe('broken_off')
  expect(htmlOf(await drawHostile('list'))).toContain('2026-03-01')
})
