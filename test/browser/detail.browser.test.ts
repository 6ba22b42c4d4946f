import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from './launch.ts'
import { openAs, settle } from './pages.ts'

/*
 * Pages about one thing on the clerk's laptop: the first screen says what is wrong, since when, by which rule, what to
 * do, who has it and whom to ring; everything else is a tab away, and the tab keeps its place.
 */

const LAPTOP = { width: 1366, height: 768 }
let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
  page = await openAs(browser, inject('product'), 'duty', LAPTOP)
})
afterAll(() => browser?.close())

interface Item {
  readonly id: number
  readonly siteId: number | null
  readonly siteName?: string
}
async function first(path: string): Promise<Item> {
  const { items } = (await (await page.request.get(path)).json()) as { items: Item[] }
  const found = items.find((one) => one.siteId !== null)
  if (!found) throw new Error(`${path} has none`)
  return found
}

/** Texts of the page of which all is in sight without scrolling. */
const inSight = () =>
  page.evaluate(() =>
    [...document.querySelectorAll('main :is(h1, h2, dt, dd a[href^="tel:"], button.primary)')]
      .filter((one) => {
        const { top, bottom, height } = one.getBoundingClientRect()
        return height > 0 && top >= 0 && bottom <= innerHeight
      })
      .map((one) => (one.matches('a') ? 'tel' : (one.textContent ?? '').trim())),
  )

describe('the first screen', () => {
  test('of an alert', async () => {
    const alert = await first('/api/alerts?rule=DOWN&status=open&limit=20')
    await page.goto(`/alerts/${alert.id}`)
    await page.locator('dd a[href^="tel:"]').first().waitFor()
    const seen = await inSight()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(alert.siteName)
    for (const word of ['何事', '发现时间', '依据', '谁在办', '怎么办', '联系谁', 'tel']) {
      expect(seen, word).toContain(word)
    }
  })

  test('of a site that is down', async () => {
    const site = await first('/api/alerts?rule=V1&limit=20')
    await page.goto(`/sites/${site.siteId}`)
    await page.locator('dd a[href^="tel:"]').first().waitFor()
    const seen = await inSight()
    for (const word of ['何事', '起于', '依据', '怎么办', '告警', '整改', '联系谁', 'tel']) {
      expect(seen, word).toContain(word)
    }
  })

  test('of a rectification, with one thing to do that comes next', async () => {
    const rectification = await first('/api/rectifications?limit=1')
    await page.goto(`/rectifications/${rectification.id}`)
    await page.locator('dd a[href^="tel:"]').first().waitFor()
    const seen = await inSight()
    for (const word of ['问题', '期限', '主办单位', '承办人', '怎么办', '联系谁', 'tel']) {
      expect(seen, word).toContain(word)
    }
    expect(await page.locator('.answers button.primary').count()).toBeLessThanOrEqual(1)
  })
})

test('tabs are in the address, follow the arrows, and are found again as they were left', async () => {
  const site = await first('/api/alerts?rule=V1&limit=20')
  await page.goto(`/sites/${site.siteId}`)
  await settle(page)
  const tab = (name: string) => page.getByRole('tab', { name })
  await tab('访问').press('ArrowRight')
  await page.waitForURL(/tab=freshness/)
  expect(await tab('更新').evaluate((one) => one === document.activeElement)).toBe(true)
  await page.keyboard.press('End')
  await page.waitForURL(/tab=log/)
  await page.keyboard.press('Home')
  await page.waitForURL(/tab=visits/)
  await page.getByRole('button', { name: '7 天' }).click()
  await settle(page)
  await page.evaluate(() => scrollTo(0, 300))
  const left = await page.evaluate(() => scrollY)
  expect(left).toBeGreaterThan(100)
  await tab('栏目').click()
  await settle(page)
  await tab('访问').click()
  expect(await page.getByRole('button', { name: '7 天' }).getAttribute('aria-pressed')).toBe('true')
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(left)
  await page.reload()
  await settle(page)
  expect(await tab('访问').getAttribute('aria-selected')).toBe('true')
})
