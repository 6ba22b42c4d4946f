import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from './launch.ts'
import { violations } from './looks/axe.ts'
import { complaintsOf, openAs, prefer, SIZES, type Size, settle } from './pages.ts'

/*
 * Nothing keeps anybody out. Every page is looked at by axe where it is opened anyway: in Chinese and dark for the officer on
 * duty by `every-button.browser.test.ts`, in English and light for the administrator by `layout.browser.test.ts`. Colours do
 * not depend on words, nor words on colours: two of the four say what all four would. Here is what lies beside the pages.
 */

const READERS = [
  { user: 'duty', locale: 'zh-CN', theme: 'dark' },
  { user: 'admin', locale: 'en', theme: 'light' },
] as const

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** A window of somebody who has set his language and his theme. */
async function reading({ user, ...own }: (typeof READERS)[number], size?: Size): Promise<Page> {
  const page = await openAs(browser, inject('product'), user, size)
  await prefer(page, own)
  return page
}

test.each(READERS)('a page that is not his, and one that does not exist: $user', async (reader) => {
  const page = await reading(reader)
  const complaints = complaintsOf(page)
  for (const path of ['/nowhere', '/sites/99999999']) {
    await page.goto(path)
    await settle(page)
    expect(await violations(page), path).toEqual([])
  }
  expect(complaints).toEqual([])
  await page.context().close()
})

test('on a telephone, where strips scroll and pages are refused', async () => {
  const page = await reading(READERS[0], SIZES.phone)
  for (const path of ['/alerts', '/duty', '/users', '/rectifications']) {
    await page.goto(path)
    await settle(page)
    expect(await violations(page), path).toEqual([])
  }
  await page.context().close()
})

test('whoever has no mouse stays in the list: every step is told, and Escape loses nothing', async () => {
  const page = await reading(READERS[0], SIZES['1080p'])
  const focused = () =>
    page.evaluate(() => {
      const one = document.activeElement
      return {
        isRow: one?.matches('tr[data-row]') ?? false,
        isIn: one?.closest('.list') !== null,
        // Not what ticks in it.
        says: one?.textContent?.replace(/\d+/g, ''),
      }
    })
  for (const path of ['/alerts', '/sites', '/rectifications']) {
    await page.goto(path)
    await page.locator('tr[data-row]').first().waitFor()
    const told: (string | null | undefined)[] = []
    for (const key of ['j', 'j', 'k']) {
      await page.keyboard.press(key)
      await page.waitForFunction(() => document.activeElement?.matches('tr.cursor'))
      told.push((await focused()).says)
    }
    expect(told[2], path).toBe(told[0])
    expect(told[1], path).not.toBe(told[0])
    await page.keyboard.press('Escape')
    expect((await focused()).isIn, path).toBe(true)
  }
  // What is open beside the list is left for its line.
  await page.goto('/alerts')
  await page.locator('tr[data-row]').first().waitFor()
  for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key)
  const drawer = page.getByRole('complementary')
  await drawer.waitFor()
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })
  expect((await focused()).isRow).toBe(true)
  await page.context().close()
})
