import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from './launch.ts'
import { openAs, settle } from './pages.ts'

/* A Chinese page under an English browser: days are written as the product writes them, typed quickly, or picked. */

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
  page = await openAs(browser, inject('product'), 'admin', { width: 1366, height: 768 }, 'en-US')
  await page.goto('/audit?lang=zh-CN')
  await settle(page)
})
afterAll(() => browser?.close())

const from = () => page.getByLabel('自', { exact: true })

test('eight figures are a day, and stand there as one', async () => {
  expect(await from().getAttribute('placeholder')).toBe('年-月-日')
  await from().fill('20261101')
  await from().press('Enter')
  await page.waitForURL(/from=2026-11-01/)
  expect(await from().inputValue()).toBe('2026-11-01')
})

test('a month is read in the language of the page, and gone through by keys', async () => {
  await from().press('ArrowDown')
  const month = page.getByRole('dialog', { name: '选择日期' })
  await month.getByText('2026年11月').waitFor()
  for (const key of ['ArrowRight', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
  await page.waitForURL(/from=2026-11-09/)
  expect(await from().evaluate((one) => one === document.activeElement)).toBe(true)
  await from().press('ArrowDown')
  await month.waitFor()
  await page.keyboard.press('Escape')
  await month.waitFor({ state: 'detached' })
})

test('what is no day keeps its form, and says why', async () => {
  await page.goto('/pauses')
  await page.getByRole('button', { name: '报备停测' }).click()
  const until = page.getByRole('dialog').getByPlaceholder('年-月-日 时:分').last()
  await until.fill('2026-13-40 08:30')
  expect(await until.evaluate((one: HTMLInputElement) => one.validationMessage)).toContain('2026-11-28 08:30')
  await until.fill('202712311830')
  await until.press('Tab')
  expect(await until.inputValue()).toBe('2027-12-31 18:30')
  expect(await until.evaluate((one: HTMLInputElement) => one.validity.valid)).toBe(true)
})
