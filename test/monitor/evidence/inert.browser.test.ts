import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { INERT_POLICY, inertPage } from '../../../server/monitor/evidence/inert.ts'
import { launchBrowser } from '../../browser/launch.ts'
import { hostilePage } from './hostile.ts'

/** Long enough for what a page starts when it is loaded: refreshes, timers, late pictures. */
const LOOK_MS = 1_500
const TODAY = '2026-03-10'

let browser: Browser
let trap: Server
let home: Server
let reached: string[] = []
let trapOrigin: string
let homeOrigin: string
/** What the page under test is, and how it is sent. */
let kept: { html: string; headers: Record<string, string> }

const listen = (server: Server) =>
  new Promise<string>((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    ),
  )
const html = { 'content-type': 'text/html; charset=utf-8' }

beforeAll(async () => {
  trap = createServer((req, res) => {
    reached.push(req.url ?? '')
    res.writeHead(200, { 'access-control-allow-origin': '*' }).end()
  })
  home = createServer((req, res) => {
    if (req.url === '/kept') res.writeHead(200, { ...html, ...kept.headers }).end(kept.html)
    else if (req.url?.startsWith('/framed'))
      res.writeHead(200, html).end('<body><iframe sandbox src="/kept" width="800" height="600"></iframe>')
    else if (req.url?.startsWith('/open'))
      res.writeHead(200, html).end('<body><iframe src="/kept" width="800" height="600"></iframe>')
    else res.writeHead(404).end()
  })
  trapOrigin = await listen(trap)
  homeOrigin = await listen(home)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  trap?.close()
  home?.close()
})
beforeEach(() => {
  reached = []
})

/** Opens a page in a fresh browser context. @returns every address asked for, and whether something ran. */
async function open(path: string): Promise<{ asked: string[]; ran: boolean; text: string }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const asked: string[] = []
  let ran = false
  context.on('request', (request) => asked.push(request.url()))
  page.on('dialog', (dialog) => {
    ran = true
    void dialog.dismiss()
  })
  await page.goto(`${homeOrigin}${path}`, { waitUntil: 'load' })
  const frame = page.frames().at(1) ?? page.mainFrame()
  await frame
    .locator('h1, mark')
    .first()
    .hover({ timeout: 3_000 })
    .catch(() => {})
  await frame
    .locator('h1, mark')
    .first()
    .click({ timeout: 3_000 })
    .catch(() => {})
  await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  const text = await frame
    .locator('body')
    .innerText()
    .catch(() => '')
  await context.close()
  return { asked: asked.filter((url) => !url.startsWith(homeOrigin)), ran, text }
}

test('the hostile page, left as it is, reaches its trap: the test would notice', async () => {
  kept = { html: hostilePage(trapOrigin), headers: {} }
  const { asked } = await open('/open')
  expect(asked.length).toBeGreaterThan(10)
  expect(reached.length).toBeGreaterThan(10)
})

test('as it is shown on the desk nothing leaves, nothing runs, and its words are there', async () => {
  kept = {
    html: atOnce(inertPage(hostilePage(trapOrigin), null, TODAY)),
    headers: { 'content-security-policy': INERT_POLICY },
  }
  for (const path of ['/framed', '/kept']) {
    const { asked, ran, text } = await open(path)
    expect(asked, path).toEqual([])
    expect(ran).toBe(false)
    expect(text).toContain('正文')
  }
  expect(reached).toEqual([])
})

test('cleaning alone would do', async () => {
  kept = { html: atOnce(inertPage(hostilePage(trapOrigin), null, TODAY)), headers: {} }
  const { asked, ran } = await open('/open')
  expect(asked).toEqual([])
  expect(ran).toBe(false)
  expect(reached).toEqual([])
})

test('and so would the policy alone, but for what a page may always do: go somewhere else by itself', async () => {
  kept = { html: hostilePage(trapOrigin), headers: { 'content-security-policy': INERT_POLICY } }
  await open('/framed')
  expect(reached.filter((path) => path !== '/refresh')).toEqual([])
})

test('what the verdict rests on is marked and in sight', async () => {
  const filler = '<p>其他内容</p>'.repeat(300)
  const source = `<body>${filler}<li><a href="/1.html">通知</a><span>2026-03-09</span></li></body>`
  const evidence = {
    date: '2026-03-09',
    text: '通知',
    href: '/1.html',
    where: 'list',
    raw: '2026-03-09',
    form: 'ymd',
    why: 'item_date',
    offset: source.indexOf('2026'),
  }
  kept = {
    html: atOnce(inertPage(source, evidence, TODAY)),
    headers: { 'content-security-policy': INERT_POLICY },
  }
  const page = await browser.newPage()
  await page.goto(`${homeOrigin}/kept#siteward-evidence`)
  const mark = page.locator('#siteward-evidence')
  expect(await mark.innerText()).toBe('2026-03-09')
  const box = await mark.boundingBox()
  expect(box && box.y > 0 && box.y < 720, 'scrolled to').toBe(true)
  await page.close()
})
