import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from '../launch.ts'
import { openAs, settle } from '../pages.ts'

/* A name is what a line is about: it is whole wherever it stands, and what is typed in its place is one, or is refused. */

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

describe.each(['zh-CN', 'en'])('in %s', (language) => {
  test.each([1280, 1100, 960, 390])('no name of a site is cut or covered at %i px', async (width) => {
    const page = await openAs(browser, inject('product'), 'duty', { width, height: 800 }, language)
    await page.goto(`/sites?lang=${language}`)
    await page.locator('tr[data-row] td.name').first().waitFor()
    await settle(page)
    const seen = await page.locator('tr[data-row] td.name .two-lines').evaluateAll((all) =>
      all.map((name) => {
        const link = name.querySelector('a') as HTMLElement
        const [first] = link.getClientRects()
        const on = first && document.elementFromPoint(first.left + 6, first.top + first.height / 2)
        return {
          name: link.innerText,
          isWhole: name.scrollHeight <= name.clientHeight + 1 && name.scrollWidth <= name.clientWidth + 1,
          isSeen: !first || first.bottom > innerHeight || on === link,
        }
      }),
    )
    expect(seen.length).toBeGreaterThan(5)
    expect(seen.filter(({ isWhole, isSeen }) => !(isWhole && isSeen))).toEqual([])
    await page.context().close()
  })
})

test('a time zone that there is none of is refused in words; a whole name is taken without the list', async () => {
  const page = await openAs(browser, inject('product'), 'admin')
  await page.goto('/settings')
  const zone = page.getByRole('combobox', { name: '时区' })
  await zone.fill('Mars/Olympus')
  // Somebody saves them meanwhile, and the page reads them again: what is being typed stays.
  const again = page.waitForResponse(
    (answer) => answer.request().method() === 'GET' && answer.url().endsWith('/api/settings'),
  )
  const stored = await page.request.get('/api/settings')
  expect((await page.request.post('/api/settings', { data: await stored.json() })).ok()).toBe(true)
  await (await again).finished()
  await settle(page)
  await zone.press('Tab')
  await page.getByText('没有“Mars/Olympus”，请从列表中选择').waitFor()
  expect(await zone.inputValue(), 'nothing is put back in silence').toBe('Mars/Olympus')
  expect(await zone.evaluate((field: HTMLInputElement) => field.checkValidity())).toBe(false)
  await zone.focus()
  await zone.press('Escape')
  expect(await zone.inputValue()).toBe('Asia/Shanghai')
  await page.getByText('没有“Mars/Olympus”').waitFor({ state: 'detached' })
  await zone.click()
  await page.getByRole('option').first().waitFor()
  await zone.fill('hong')
  await zone.press('Enter')
  await page.waitForFunction(
    () => (document.querySelector('[role=combobox]') as HTMLInputElement).value === 'Asia/Hong_Kong',
  )
  await zone.fill('asia/urumqi')
  await zone.press('Tab')
  await page.waitForFunction(
    () => (document.querySelector('[role=combobox]') as HTMLInputElement).value === 'Asia/Urumqi',
  )
  await page.context().close()
})
