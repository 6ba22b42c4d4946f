import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { PASSWORD } from '../../support/people.ts'
import { startProduct, stopProducts, temporaryFolder } from '../../support/product/product.ts'
import { buildCity } from '../../support/registers/city.ts'
import { patient } from '../../support/run/patience.ts'
import { launchBrowser } from '../launch.ts'
import { complaintsOf, openAs, SIZES, settle } from '../pages.ts'

let browser: Browser
/** A city that the last test has fall silent: it starts while the others look at the demo. */
let quiet: ReturnType<typeof startQuiet>
beforeAll(async () => {
  browser = await launchBrowser()
  quiet = startQuiet()
  quiet.catch(() => {})
})
afterAll(async () => {
  await quiet?.catch(() => {})
  await browser?.close()
  await stopProducts()
})

async function startQuiet() {
  const dataDir = temporaryFolder()
  const city = await buildCity({ databaseUrl: undefined, dataDir }, 10)
  const product = await startProduct({ dataDir, env: city.env })
  await product.ready()
  return { dataDir, city, product }
}

for (const name of ['1080p', '4k']) {
  test(`at ${name} all 640 sites are on the wall, and nothing has to be scrolled`, async () => {
    const page = await openAs(browser, inject('product'), 'viewer', SIZES[name])
    const complaints = complaintsOf(page)
    await page.goto('/wall')
    await page.locator('[data-testid=wall][data-seq]').waitFor()
    await settle(page)
    expect(await page.locator('[data-site]').count()).toBe(640)
    expect(await page.evaluate(overflow)).toEqual({ x: 0, y: 0, outside: [], cut: [] })
    expect(complaints).toEqual([])
    await page.context().close()
  })
}

/** Runs in the page: by how much it could be scrolled, tiles outside the screen, and headings that are cut. */
function overflow() {
  const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement
  const outside = [...document.querySelectorAll('[data-site]')].filter((tile) => {
    const box = tile.getBoundingClientRect()
    return box.left < 0 || box.top < 0 || box.right > clientWidth + 0.5 || box.bottom > clientHeight + 0.5
  })
  const cut = [...document.querySelectorAll<HTMLElement>('h1, h2, h3')].filter(
    (heading) =>
      heading.scrollWidth > heading.clientWidth + 1 && getComputedStyle(heading).overflowX !== 'visible',
  )
  return {
    x: scrollWidth - clientWidth,
    y: scrollHeight - clientHeight,
    outside: outside.map((tile) => tile.getAttribute('data-site')),
    cut: cut.map((heading) => heading.textContent),
  }
}

test('what the drawings of the wall show is there for ears as well, figure by figure', async () => {
  const page = await openAs(browser, inject('product'), 'viewer', SIZES['1080p'])
  await page.goto('/wall')
  const day = page.getByRole('table', { name: '24 小时' })
  await day.locator('tbody tr').first().waitFor({ state: 'attached' })
  expect(await day.locator('tbody tr').count()).toBeGreaterThanOrEqual(24)
  expect(await day.locator('thead th').allTextContents()).toEqual(['时间', '超限', '打不开', '不更新'])
  const month = page.getByRole('table', { name: '整改 30 天' })
  await month.locator('tbody tr').first().waitFor({ state: 'attached' })
  expect(await month.locator('tbody tr').count()).toBeGreaterThanOrEqual(29)
  await page.context().close()
})

test('before its data the wall is there, with no figure that nobody counted', async () => {
  const page = await openAs(browser, inject('product'), 'viewer', SIZES['1080p'])
  await page.route('**/socket.io/**', (route) => route.abort())
  await page.routeWebSocket('**/socket.io/**', (socket) => socket.close())
  await page.goto('/wall')
  await page.getByText('打不开').waitFor()
  const figures = await page.locator('.figure').allTextContents()
  expect(new Set(figures)).toEqual(new Set(['—']))
  expect(await page.evaluate(overflow)).toEqual({ x: 0, y: 0, outside: [], cut: [] })
  await page.context().close()
})

test('on a telephone the wall can be read by scrolling down only', async () => {
  const page = await openAs(browser, inject('product'), 'viewer', SIZES.phone)
  await page.goto('/wall')
  await page.locator('[data-testid=wall][data-seq]').waitFor()
  await settle(page)
  const { x, y } = await page.evaluate(overflow)
  expect(x).toBe(0)
  expect(y).toBeGreaterThan(0)
  await page.context().close()
})

/** What the first banner from now on says when it comes, however late somebody looks. */
const firstBanner = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const observer = new MutationObserver(() => {
          const text = document.querySelector('[role=alert]')?.textContent
          if (!text) return
          observer.disconnect()
          resolve(text)
        })
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
      }),
  )

test('a wall that hears nothing says so within ten seconds, and is well again by itself', async () => {
  const { dataDir, city, product: first } = await quiet
  const page = await openAs(browser, first, 'viewer', SIZES['1080p'], 'zh-CN', PASSWORD)
  await page.goto('/wall')
  await page.locator('[data-site]').first().waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  const [said] = await Promise.all([firstBanner(page), first.kill()])
  const [, seconds] = /已 (\d+) 秒 ?收不到数据/.exec(said) ?? []
  expect(Number(seconds), said).toBeGreaterThanOrEqual(10)
  expect(Number(seconds), said).toBeLessThanOrEqual(10 + patient(1))
  const second = await startProduct({ dataDir, env: city.env, port: first.port })
  await second.ready()
  await page.getByRole('alert').waitFor({ state: 'detached', timeout: patient(20_000) })
  await city.close()
})
