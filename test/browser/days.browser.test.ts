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

test('on a telephone a month that drops from a strip that is scrolled is whole, and its days can be pressed', async () => {
  const phone = await openAs(browser, inject('product'), 'admin', { width: 390, height: 844 })
  await phone.goto('/audit')
  await settle(phone)
  const field = phone.getByLabel('自', { exact: true })
  await field.scrollIntoViewIfNeeded()
  expect(await field.evaluate((one) => one.closest('[data-more]') !== null), 'the strip fades').toBe(true)
  await field.press('ArrowDown')
  const month = phone.getByRole('dialog', { name: '选择日期' })
  await month.waitFor()
  const covered = await month.locator('button:not(:disabled)').evaluateAll((all) =>
    all.filter((button) => {
      const { left, top, width, height } = button.getBoundingClientRect()
      const [x, y] = [left + width / 2, top + height / 2]
      return x < 0 || y < 0 || x > innerWidth || y > innerHeight || document.elementFromPoint(x, y) !== button
    }),
  )
  expect(covered).toEqual([])
  expect(
    await month.evaluate((one) => one.matches(':popover-open')),
    'no mask around the field reaches it',
  ).toBe(true)
  await phone.context().close()
})

test('the keys stop at the last day that may be picked, and the focus stays', async () => {
  await page.goto('/audit?lang=zh-CN&to=2026-11-10')
  await settle(page)
  await from().fill('20261109')
  await from().press('Enter')
  await from().press('ArrowDown')
  const month = page.getByRole('dialog', { name: '选择日期' })
  await month.waitFor()
  const focused = () =>
    month.evaluate((one) => one.contains(document.activeElement) && document.activeElement?.textContent)
  for (const key of ['PageDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key)
  expect((await focused())?.toString().trim()).toBe('10')
  await month.getByRole('button', { name: '下一月' }).click({ force: true })
  expect((await focused())?.toString().trim(), 'pressing takes the focus from nothing').toBe('10')
  await month.getByRole('button', { name: '上一月' }).click()
  await month.getByText('2026年10月').waitFor()
  await page.keyboard.press('PageUp')
  await month.getByText('2026年9月').waitFor()
  expect((await focused())?.toString().trim(), 'it goes with the day').toBe('10')
  await page.keyboard.press('Escape')
  await month.waitFor({ state: 'detached' })
})

test('what listens to the document does so only while something drops', async () => {
  const count = () =>
    page.evaluate(() => (globalThis as unknown as { listening: { scroll: number } }).listening.scroll)
  await page.addInitScript(() => {
    const listening = { scroll: 0 }
    Object.assign(globalThis, { listening })
    const add = globalThis.addEventListener
    globalThis.addEventListener = ((
      type: string,
      listener: EventListener,
      options?: AddEventListenerOptions,
    ) => {
      if (type === 'scroll') {
        listening.scroll += 1
        options?.signal?.addEventListener('abort', () => {
          listening.scroll -= 1
        })
      }
      add.call(globalThis, type, listener, options)
    }) as typeof add
  })
  await page.goto('/audit?lang=zh-CN')
  await settle(page)
  const before = await count()
  await from().press('ArrowDown')
  await page.getByRole('dialog', { name: '选择日期' }).waitFor()
  expect(await count()).toBe(before + 1)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: '选择日期' }).waitFor({ state: 'detached' })
  expect(await count()).toBe(before)
})

test('what a browser finds wrong with a field is said in the language of the page, and no longer than until one goes on', async () => {
  await page.goto('/password?lang=zh-CN')
  await settle(page)
  const field = page.locator('main input[required]').first()
  await page.locator('main button[type="submit"]').click()
  const said = () =>
    field.evaluate((one: HTMLInputElement) => [one.validationMessage, one.validity.customError])
  expect(await said()).toEqual(['请填写此项', true])
  // Filled by a password manager, which types nothing.
  await field.evaluate((one: HTMLInputElement) => {
    one.value = 'siteward-demo'
  })
  await page.keyboard.press('Tab')
  expect(await said()).toEqual(['', false])
})
