import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { DEMO_PASSWORD } from '../../support/product/product.ts'
import { launchBrowser } from '../launch.ts'
import { complaintsOf } from '../pages.ts'

let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  const { origin } = inject('product')
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'zh-CN',
    viewport: { width: 1280, height: 800 },
  })
  page = await context.newPage()
  complaints = complaintsOf(page)
  return () => context.close()
})

async function fillIn(username: string, password: string): Promise<void> {
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

test('whoever has not signed in is led to the sign-in, and then to where they were going', async () => {
  await page.goto('/alerts')
  await page.getByLabel('用户名').waitFor()
  await fillIn('duty', DEMO_PASSWORD)
  await page.waitForURL('**/alerts')
  await page.getByRole('heading', { name: '告警', level: 1 }).waitFor()
  expect(complaints).toEqual([])
})

test.each([
  ['/sign-in', 0],
  ['/Sign-In/', 0],
  ['/alerts', 1],
])('%s asks who sits here %i times, and keeps no answer for later', async (path, times) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(path)
  await page.getByLabel('用户名').waitFor()
  expect(asked.filter((one) => one === '/api/session')).toHaveLength(times)
  expect(await page.evaluate(() => (globalThis as { early?: Map<string, unknown> }).early?.size)).toBe(0)
})

test('a wrong password is refused with a sentence, and nothing is given away', async () => {
  await page.goto('/sign-in')
  await fillIn('duty', 'not-the-password')
  const refusal = await page.getByRole('alert').textContent()
  await fillIn('nobody-of-that-name', 'not-the-password')
  await page.waitForTimeout(300)
  expect(await page.getByRole('alert').textContent()).toBe(refusal)
  expect(refusal).toMatch(/[\u4e00-\u9fff]/)
  expect(page.url()).toContain('/sign-in')
})

test('an address of another site as "next" leads nowhere', async () => {
  await page.goto('/sign-in?next=https://example.com/')
  await fillIn('duty', DEMO_PASSWORD)
  await page.getByRole('navigation', { name: '主导航' }).waitFor()
  expect(new URL(page.url()).origin).toBe(inject('product').origin)
})

test('the language is switched, and is still so after a reload', async () => {
  await page.goto('/sign-in')
  await fillIn('duty', DEMO_PASSWORD)
  await page.getByRole('link', { name: '整改', exact: false }).first().waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('link', { name: /^Alerts( \d+)?$/ }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await page.reload()
  await page.getByRole('link', { name: /^Alerts( \d+)?$/ }).waitFor()
  await page.getByRole('button', { name: '中文' }).click()
  await page.getByRole('link', { name: /^告警( \d+)?$/ }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
  expect(complaints).toEqual([])
})

test('whoever signs out is out, also in their other window', async () => {
  await page.goto('/sign-in')
  await fillIn('viewer', DEMO_PASSWORD)
  await page.getByRole('navigation', { name: '主导航' }).waitFor()
  const other = await page.context().newPage()
  await other.goto('/sites')
  await other.getByRole('navigation', { name: '主导航' }).waitFor()
  await page.getByRole('button', { name: '退出' }).click()
  await page.getByLabel('用户名').waitFor()
  await other.reload()
  await other.getByLabel('用户名').waitFor()
})
