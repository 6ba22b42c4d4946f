import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../launch.ts'
import { complaintsOf, drawn, openAs } from '../pages.ts'

/* Three lists have views; what is true of them is tried on sites and rectifications, which got them last. */

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

const bar = (page: Page) => page.getByRole('navigation', { name: '视图' })
const named = async (page: Page) =>
  (await bar(page).getByRole('link').allInnerTexts()).map((text) => text.trim())
const current = (page: Page) => bar(page).locator('a[aria-current]').innerText()

test('a selection of sites is saved under a name, is there again by a press or by the palette, and is deleted', async () => {
  const page = await openAs(browser, inject('product'), 'tianhe')
  const complaints = complaintsOf(page)
  await page.goto('/sites?state=dormant&sort=newest')
  await page.getByRole('button', { name: '保存视图' }).click()
  await page.getByLabel('名称', { exact: true }).fill('先催这些')
  await page.getByRole('button', { name: '保存视图' }).last().click()
  await bar(page).getByRole('link', { name: '先催这些' }).waitFor()
  expect(await current(page)).toBe('先催这些')

  await bar(page).getByRole('link', { name: '全部' }).click()
  await page.waitForURL(/\/sites$/)
  await page.goto('/rectifications')
  await bar(page).getByRole('link', { name: '通报逾期' }).waitFor()
  expect(await named(page), 'it is of another list').not.toContain('先催这些')
  // On a slow line the program of the palette comes late, and the saved views later: nobody who types waits for either.
  let isTyped = () => {}
  const typed = new Promise<void>((resolve) => (isTyped = resolve))
  await page.route(/PaletteDialog.*\.js|\/api\/views$/, async (route) => {
    await typed
    await route.continue()
  })
  await page.goto('/rectifications')
  await page.locator('tr[data-row]').first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('es')
  expect(await page.getByRole('dialog').count(), 'no step of the page is taken').toBe(1)
  await page.getByRole('dialog').getByRole('textbox').fill('先催这些')
  isTyped()
  // What the list asked for when it was opened comes after what was asked for later: it is not shown any more.
  let isDeleted = () => {}
  const deleted = new Promise<void>((resolve) => (isDeleted = resolve))
  let overtaken: Promise<void> | undefined
  await page.route(/\/api\/views$/, async (route) => {
    if (overtaken) return route.continue()
    const late = route.fetch().then(async (response) => {
      await deleted
      await route.fulfill({ response })
      await (await route.request().response())?.finished()
    })
    overtaken = late
    await late
  })
  await page.getByRole('option', { name: /先催这些/ }).click()
  await page.waitForURL(/\/sites\?state=dormant&sort=newest$/)
  await page.getByRole('button', { name: '删除视图' }).click()
  await bar(page).getByRole('link', { name: '先催这些' }).waitFor({ state: 'detached' })
  isDeleted()
  expect(overtaken, 'the list asked when it was opened').toBeDefined()
  await overtaken
  await drawn(page)
  expect(await named(page)).not.toContain('先催这些')
  expect(complaints).toEqual([])
  await page.context().close()
})

test.each([
  ['duty', ['全部', '监测发现', '通报要求', '热线反映']],
  ['tianhe', ['全部', '监测发现', '检查发现']],
  ['viewer', ['全部', '监测发现']],
] as const)(
  '%s finds the views of rectifications that are of use there, and the shared ones',
  async (who, wanted) => {
    const page = await openAs(browser, inject('product'), who)
    await page.goto('/rectifications')
    await bar(page).getByRole('link', { name: '通报逾期' }).waitFor()
    expect((await named(page)).slice(0, wanted.length)).toEqual(wanted)
    expect(await named(page), 'an own one of another person').not.toContain(
      who === 'tianhe' ? '晨会' : '复发临期',
    )
    await page.context().close()
  },
)
