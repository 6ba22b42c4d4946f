import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from './launch.ts'
import { openAs, SIZES, settle } from './pages.ts'

/*
 * What a telephone must have in sight. That no page runs off to the side there, and nothing on it is too small for a finger,
 * is looked at where pages are opened anyway: by `every-button.browser.test.ts` for a district, by `layout.browser.test.ts`
 * for the administrator.
 */

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

describe('on a telephone', () => {
  test('the rectifications that the badge leads to are in sight, and not below a screen of figures', async () => {
    const page = await openAs(browser, inject('product'), 'duty', SIZES.phone)
    await page.goto('/rectifications')
    const first = page.locator('.list-table tbody tr:not(.space)').first()
    await first.waitFor()
    const top = await first.boundingBox()
    expect(top?.y).toBeLessThan(SIZES.phone?.height ?? 0)
    await page.context().close()
  })

  test('an alert is taken on in two taps, and the line of filters shows that there are more', async () => {
    const page = await openAs(browser, inject('product'), 'duty', SIZES.phone)
    await page.goto('/alerts?status=open')
    await page.locator('tr[data-row]').first().waitFor()
    expect(await page.locator('.filter-bar').getAttribute('data-more')).toBe('end')
    const answer = await page.request.get('/api/alerts?status=open&limit=1000')
    const before = ((await answer.json()) as { total: number }).total
    await page.locator('tr[data-row] td.actions').first().getByRole('button', { name: '确认' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '确认' }).click()
    await page.getByText('已确认', { exact: true }).last().waitFor()
    const after = await page.request.get('/api/alerts?status=open&limit=1000')
    expect(((await after.json()) as { total: number }).total).toBeLessThan(before + 1)
    await page.context().close()
  })

  test('who opens a page by its address has it in view among the pages', async () => {
    const page = await openAs(browser, inject('product'), 'admin', SIZES.phone)
    for (const path of ['/users', '/audit', '/settings']) {
      await page.goto(path)
      await settle(page)
      const here = await page.locator('nav .here').boundingBox()
      expect(here && here.x >= 0 && here.x + here.width <= 390, `${path}: ${JSON.stringify(here)}`).toBe(true)
    }
    await page.context().close()
  })
})
