import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PostgresServer } from '../../support/databases/postgres-server.ts'
import { migratedPostgres } from '../../support/databases/templates.ts'
import { PASSWORD } from '../../support/people.ts'
import { type Product, startProduct, stopProducts } from '../../support/product/product.ts'
import { buildCity, type TestCity, withDatabase } from '../../support/registers/city.ts'
import { patient } from '../../support/run/patience.ts'
import { until } from '../../support/until.ts'
import { launchBrowser } from '../launch.ts'
import { complaintsOf, openAs } from '../pages.ts'
import { type Rolled, rollingRestart } from './rolling.ts'

/* An update from the side of those who sit before the screens: the product ends in order, and another comes. */

let browser: Browser
let postgres: PostgresServer
let city: TestCity
let product: Product
let page: Page
let complaints: string[]
/** What the last test looks at takes its course meanwhile: most of either is waiting. */
let rolling: Promise<Rolled>

const start = (port?: number) =>
  startProduct({
    env: { ...city.env, DATABASE_URL: postgres.url() },
    ...(port !== undefined && { port }),
  })

beforeAll(async () => {
  browser = await launchBrowser()
  rolling = rollingRestart(browser, 5)
  rolling.catch(() => {})
  postgres = await migratedPostgres()
  city = await buildCity({ databaseUrl: postgres.url(), dataDir: '' }, 10)
  product = await start()
  await product.ready()
  page = await openAs(browser, product, 'duty', undefined, 'zh-CN', PASSWORD)
  complaints = complaintsOf(page)
})
afterAll(async () => {
  await rolling?.catch(() => {})
  await browser?.close()
  await stopProducts()
  await city?.close()
  await postgres?.remove()
})

const band = () => page.getByTestId('not-live')
const note = () => page.locator('textarea').first()

test('while the product is away the page keeps all it has, and says of when it is', async () => {
  await page.goto('/duty')
  await note().fill('东站机房 22 点停电，明早复核')
  // A page can be written in before the picture of the city has come.
  await page.locator('.live > b').waitFor()
  await page.evaluate(() => Object.assign(window, { samePage: true }))
  await product.stop()
  await band().waitFor({ timeout: patient(15_000) })
  expect(await band().textContent()).toMatch(/画面停在 \d\d:\d\d:\d\d，不是最新情况/)
  expect(await note().inputValue()).toBe('东站机房 22 点停电，明早复核')
  expect(await page.locator('header .who').textContent()).toContain('王敏')
  expect(await page.getByRole('navigation').getByRole('link', { name: '操作记录' }).count()).toBe(1)
})

test('nothing can be done on the strength of a picture that is of the past', async () => {
  const button = page.getByRole('button', { name: /^交班/ })
  expect(await button.getAttribute('aria-disabled')).toBe('true')
  expect(await button.getAttribute('title')).toContain('连接中断')
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/api/')) asked.push(request.url())
  })
  await button.click({ force: true })
  expect(asked).toEqual([])
})

test('a page whose script is not loaded yet does not open, and the one that is open stays', async () => {
  await page.getByRole('navigation').getByRole('link', { name: '权限一览' }).click()
  await page.getByText('现在打不开：连接不上服务器').waitFor()
  expect(await note().inputValue()).toBe('东站机房 22 点停电，明早复核')
})

test('it is alive again without a reload, and what was written can be sent', async () => {
  product = await start(product.port)
  await product.ready()
  await band().waitFor({ state: 'detached', timeout: patient(20_000) })
  expect(await page.evaluate(() => 'samePage' in window)).toBe(true)
  await page.getByRole('button', { name: /^交班/ }).click()
  await page.locator('li', { hasText: '东站机房 22 点停电' }).waitFor()
  expect(await note().inputValue()).toBe('')
  await page.getByRole('navigation').getByRole('link', { name: '权限一览' }).click()
  await page.getByRole('heading', { name: '权限一览', level: 1 }).waitFor()
})

test('what was not sent outlives a reload, and an end of the session for the same person only', async () => {
  await page.goto('/duty')
  await note().fill('未写完')
  await page.reload()
  await until('it is there again', async () => (await note().inputValue()) === '未写完')
  await page.getByText('已恢复上次未发送的内容').waitFor()

  await withDatabase(postgres.url(), (db) => db.deleteFrom('session').execute())
  await product.stop()
  product = await start(product.port)
  await page.waitForURL(/\/sign-in/, { timeout: patient(60_000) })
  await signIn('duty')
  await until('it is hers still', async () => (await note().inputValue()) === '未写完')

  await page.getByRole('button', { name: '退出' }).click()
  await page.waitForURL(/\/sign-in/)
  await page.goto('/sign-in?next=/duty')
  await signIn('colleague')
  await note().waitFor()
  expect(await note().inputValue(), 'nobody reads what another person wrote').toBe('')
  // The browser itself says of each try that nobody listens.
  expect(complaints.filter((text) => !text.startsWith('WebSocket connection'))).toEqual([])
})

async function signIn(username: string): Promise<void> {
  await page.locator('input[name=username]').fill(username)
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL(/\/duty/)
}

test('a rolling restart under browsers with drafts takes no draft and shows no untrue number', async () => {
  const rolled = await rolling
  expect(rolled.lost).toBe(0)
  expect(rolled.untrue).toEqual([])
  // Three seconds are wanted and measured by `npm run test:hostile`; a busy machine gets more here.
  expect(rolled.silentS).toBeLessThan(10)
})
