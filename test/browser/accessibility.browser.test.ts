import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from './launch.ts'
import { complaintsOf, followLink, openAs, PAGES, SIZES, type Size, settle } from './pages.ts'

/*
 * Every page twice: in Chinese and dark for the officer on duty, in English and light for the administrator. Colours do not
 * depend on words, nor words on colours: two of the four say what all four would.
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
async function reading({ user, locale, theme }: (typeof READERS)[number], size?: Size): Promise<Page> {
  const page = await openAs(browser, inject('product'), user, size)
  await page.goto('/password')
  await page.evaluate(
    (own) => localStorage.setItem('siteward.preferences', own),
    JSON.stringify({ locale, theme }),
  )
  return page
}

/** Whatever axe finds, of any weight, as "weight rule: how many, first element". */
async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  )
  return violations.map(
    ({ impact, id, nodes }) => `${impact} ${id}: ${nodes.length} ×, ${nodes[0]?.html.slice(0, 160)}`,
  )
}

describe.each(READERS)('nothing keeps anybody out, in $locale, $theme, as $user', (reader) => {
  let page: Page
  let complaints: string[]
  beforeAll(async () => {
    page = await reading(reader)
    complaints = complaintsOf(page)
  })
  afterAll(() => page?.context().close())

  // Led from page to page as by links: loading the program anew for each takes longer than looking. But for kept pages,
  // whose frame is never silent for a browser that has come by a link.
  test.each(PAGES)('$name', async ({ name, path }) => {
    const address = await path(page)
    if (name === 'evidence') await page.goto(address)
    else await followLink(page, address)
    await settle(page)
    expect(await violations(page)).toEqual([])
  })

  test('a page that is not his, and one that does not exist', async () => {
    for (const path of ['/nowhere', '/sites/99999999']) {
      await page.goto(path)
      await settle(page)
      expect(await violations(page)).toEqual([])
    }
  })

  test('and no page complained', () => {
    expect(complaints).toEqual([])
  })
})

test('on a telephone, where strips scroll and pages are refused', async () => {
  const page = await reading({ user: 'duty', locale: 'zh-CN', theme: 'dark' }, SIZES.phone)
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
