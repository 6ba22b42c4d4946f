import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { PASSWORD } from '../../support/people.ts'
import { startProduct, stopProducts, temporaryFolder } from '../../support/product/product.ts'
import { buildCity, type TestCity } from '../../support/registers/city.ts'
import { status } from '../../support/registers/sites.ts'
import { patient } from '../../support/run/patience.ts'
import { until } from '../../support/until.ts'
import { launchBrowser } from '../launch.ts'
import { complaintsOf, openAs, SIZES, settle } from '../pages.ts'
import { tilesInGrey } from './grey.ts'

/* The worst minute of the year, on a real city of eighty sites: the platform of sixty-four of them fails. */

const SITES = 80
const FALLEN = 64
const PLATFORM = '天河区政府网站集群'
let browser: Browser
let city: TestCity
let page: Page
/** An alert desk on whose list the mouse rests: its rows hold still. */
let desk: Page
let complaints: string[]

beforeAll(async () => {
  browser = await launchBrowser()
  const dataDir = temporaryFolder()
  city = await buildCity({ databaseUrl: undefined, dataDir }, SITES, (index) =>
    index < FALLEN ? PLATFORM : null,
  )
  const product = await startProduct({ dataDir, env: city.env })
  await product.ready()
  page = await openAs(browser, product, 'duty', SIZES['1080p'], 'zh-CN', PASSWORD)
  desk = await openAs(browser, product, 'duty', { width: 1366, height: 768 }, 'zh-CN', PASSWORD)
  await desk.goto('/alerts')
  await desk.getByText(/共 \d+ 条/).waitFor()
  await desk.locator('.list section').hover()
  complaints = complaintsOf(page)
  await page.addInitScript(countShifts)
  await page.goto('/wall?night=off')
  await page.locator('[data-site]').first().waitFor()
  await settle(page)
})
afterAll(async () => {
  await browser?.close()
  await stopProducts()
  await city?.close()
})

/** Runs in the page: adds up how much of it moves. */
function countShifts(): void {
  const shifts = { sum: 0 }
  Object.assign(window, { shifts })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shifts.sum += (entry as unknown as { value: number }).value
  }).observe({ type: 'layout-shift' })
}
const shifted = () => page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum)
const card = () => page.getByRole('status')
const downTiles = () => page.locator('[data-site].down').count()

test('a stranger reads how many, since when and why in one place, and the names as they come', {
  timeout: patient(180_000),
}, async () => {
  expect(await card().count()).toBe(0)
  const before = await shifted()
  for (const label of city.labels.slice(0, FALLEN)) city.sites.set(label, status(503))
  await card().waitFor({ timeout: patient(60_000) })
  await page.locator('[data-list=recent]').first().waitFor()
  await until('all of them are down', async () => (await downTiles()) >= FALLEN, 90_000)
  await until('the card counts them', async () =>
    (await card().locator('h2').innerText()).startsWith(`${FALLEN}`),
  )
  const text = await card().innerText()
  expect(text).toMatch(/个网站打不开/)
  expect(text).toMatch(/\d\d:\d\d 起/)
  expect(text).toMatch(/服务器错误/)
  expect(text).toContain(`共同平台 ${PLATFORM} ${FALLEN}`)
  expect(await page.locator('[data-list=recent]').count()).toBeGreaterThanOrEqual(3)
  expect(await page.locator('[data-site].new').count()).toBe(await downTiles())
  expect((await shifted()) - before, 'how much of the wall moved').toBeLessThan(0.1)
})

test('the desk says it at once, though its rows hold still, and begins with it wherever alerts are listed', async () => {
  const line = desk.locator('a.storm')
  expect(await line.innerText()).toContain(`${FALLEN} 个网站打不开`)
  expect(await line.innerText()).toContain(PLATFORM)
  const offer = desk.getByRole('button', { name: /新增 \d+ 条/ })
  await offer.click()
  const first = desk.locator('tr[data-row]').first()
  await first.filter({ hasText: PLATFORM }).waitFor()
  const severity = await first.locator('.severity').innerText()
  await desk.goto('/')
  const listed = desk.locator('ol li').first()
  expect(await listed.innerText()).toContain(PLATFORM)
  expect(await listed.innerText()).toContain(severity)
})

test('what nobody has cannot be overlooked: in grey, at a quarter of the size, it is the brightest', async () => {
  const viewer = await openAs(browser, inject('product'), 'viewer', SIZES['1080p'])
  await viewer.goto('/wall?night=off')
  await viewer.locator('[data-site].dead.open').first().waitFor()
  await settle(viewer)
  const tiles = await tilesInGrey(viewer)
  const is = (classes: string, name: string) => classes.split(' ').includes(name)
  const isWanted = (classes: string) => is(classes, 'open') && (is(classes, 'dead') || is(classes, 'down'))
  const wanted = tiles.filter(({ classes }) => isWanted(classes)).map(({ grey }) => grey)
  const others = tiles.filter(({ classes }) => !isWanted(classes)).map(({ grey }) => grey)
  expect(wanted.length).toBeGreaterThan(0)
  expect(others.length).toBeGreaterThan(5)
  expect(Math.min(...wanted)).toBeGreaterThan(Math.max(...others))
  await viewer.context().close()
})

test('nothing on the wall is smaller than can be read from five metres', async () => {
  const small = await page.evaluate(() => {
    const texts = document.createTreeWalker(document.querySelector('.wall') as Element, NodeFilter.SHOW_TEXT)
    const found = new Set<string>()
    while (texts.nextNode()) {
      const { parentElement: element, textContent } = texts.currentNode
      if (!element || !textContent?.trim() || element.closest('title, .sr-only')) continue
      if (Number.parseFloat(getComputedStyle(element).fontSize) < 26) found.add(textContent.trim())
    }
    return [...found]
  })
  expect(small).toEqual([])
  expect(complaints).toEqual([])
})

test('wherever the picture has wandered to, there is nothing to scroll', async () => {
  for (const translate of ['3px 3px', '-3px -3px']) {
    const over = await page.evaluate((to) => {
      const wall = document.querySelector<HTMLElement>('.wall')
      if (wall) wall.style.translate = to
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement
      return { x: scrollWidth - clientWidth, y: scrollHeight - clientHeight }
    }, translate)
    expect(over, translate).toEqual({ x: 0, y: 0 })
  }
})

test.each([
  ['16:9', { width: 1920, height: 1080 }],
  ['21:9', { width: 2560, height: 1080 }],
])('on a replay every district stands where it stands on the wall: %s', async (_, size) => {
  const viewer = await openAs(browser, inject('product'), 'viewer', size)
  const headings = async (path: string) => {
    await viewer.goto(path)
    await viewer.locator('[data-site]').first().waitFor()
    await settle(viewer)
    return viewer.locator('section.group h2').evaluateAll((all) =>
      all.map((one) => {
        const { left, top } = one.getBoundingClientRect()
        return { name: one.textContent, left, top }
      }),
    )
  }
  const wall = await headings('/wall')
  const replay = await headings('/replay')
  expect(wall.length).toBeGreaterThan(5)
  expect(replay.map(({ name }) => name)).toEqual(wall.map(({ name }) => name))
  for (const [i, { name, left, top }] of wall.entries()) {
    expect(Math.abs(left - replay[i]!.left), `${name} across`).toBeLessThanOrEqual(20)
    expect(Math.abs(top - replay[i]!.top), `${name} down`).toBeLessThanOrEqual(20)
  }
  await viewer.context().close()
})
