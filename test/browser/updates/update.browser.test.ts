import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { launchBrowser } from '../launch.ts'
import { openAs } from '../pages.ts'

/* An update puts other scripts in place while pages of the old ones are open. */

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  page = await openAs(browser, inject('product'), 'duty')
})
afterEach(() => page.context().close())

async function open(path: string): Promise<void> {
  await page.goto(path)
  await page.getByTestId('not-live').waitFor({ state: 'detached' })
  await page.evaluate(() => Object.assign(window, { samePage: true }))
}
const isSamePage = () => page.evaluate(() => 'samePage' in window)

test('a page whose script is gone is loaded anew, at the address that was asked for', async () => {
  await open('/')
  let isGone = true
  await page.route('**/assets/PausesPage-*.js', (route) => {
    if (!isGone) return route.continue()
    isGone = false
    return route.fulfill({ status: 404 })
  })
  await page.getByRole('navigation').getByRole('link', { name: '停测报备' }).click()
  await page.getByRole('heading', { name: '停测报备', level: 1 }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/pauses')
  expect(await isSamePage()).toBe(false)
})

test('whoever is writing is asked first, and loses nothing', async () => {
  await open('/alerts')
  const search = page.getByRole('searchbox').first()
  await search.fill('石牌街道')
  await page.evaluate(() => window.dispatchEvent(new Event('vite:preloadError')))
  await page.getByText('重新载入').first().waitFor()
  expect(await isSamePage()).toBe(true)
  expect(await search.inputValue()).toBe('石牌街道')
})
