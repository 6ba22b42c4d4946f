import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../launch.ts'
import { complaintsOf, openAs, SIZES } from '../pages.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

const field = (page: Page) => page.getByRole('combobox', { name: '快速查找与操作' })
const chosen = (page: Page) => page.getByRole('dialog').getByRole('option', { selected: true })

test('one field finds what there is by pinyin, without the mouse, and leads to it or to the list', async () => {
  const page = await openAs(browser, inject('product'), 'duty')
  const complaints = complaintsOf(page)
  await page.goto('/duty')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('/')
  await field(page).fill('shi')
  await field(page).fill('shipaijiedao')
  const site = page.getByRole('group', { name: /^网站/ }).getByRole('option').first()
  await site.waitFor()
  expect(await site.locator('mark').innerText()).toBe('石牌街道')
  await page.keyboard.press('Escape')
  await field(page).waitFor({ state: 'detached' })

  await page.keyboard.press('Control+k')
  await field(page).fill('天河区')
  await page
    .getByRole('option', { name: /查看全部/ })
    .first()
    .waitFor()
  const all = page.getByRole('group', { name: /^网站/ }).getByRole('option', { name: /查看全部/ })
  while ((await chosen(page).innerText()) !== (await all.innerText())) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/sites\?q=/)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('on a telephone it is reached by a button; nothing typed, too little, nothing found and no answer have their words', async () => {
  const page = await openAs(browser, inject('product'), 'tianhe', SIZES.phone)
  await page.goto('/duty')
  await page.getByRole('button', { name: /^查找/ }).click()
  const says = (words: RegExp) =>
    page.getByRole('dialog').getByRole('status').filter({ hasText: words }).waitFor()
  await says(/可输入名称/)
  await field(page).fill('区')
  await says(/再输入一个字/)
  await field(page).fill('没有这样的')
  await says(/没有找到“没有这样的”/)
  await page.route('**/api/search*', (route) => route.abort())
  await field(page).fill('石牌')
  await says(/没有查成/)
  await page.unroute('**/api/search*')
  await page.getByRole('button', { name: '重试' }).click()
  await page.getByRole('option', { name: /石牌/ }).first().waitFor()
  await page.context().close()
})
