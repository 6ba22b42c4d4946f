import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../support/databases/postgres-server.ts'
import { PASSWORD } from '../../support/people.ts'
import { anotherBuild } from '../../support/product/other-build.ts'
import { type Product, startProduct, stopProducts } from '../../support/product/product.ts'
import { buildCity, type TestCity } from '../../support/registers/city.ts'
import { until } from '../../support/until.ts'
import { launchBrowser } from '../launch.ts'
import { openAs } from '../pages.ts'

/* The server is another build when it comes back: whoever sits before a page is asked, and nobody is otherwise. */

let browser: Browser
let postgres: PostgresServer
let city: TestCity
let product: Product
let page: Page
const other = anotherBuild()

beforeAll(async () => {
  browser = await launchBrowser()
  postgres = await startPostgres()
  city = await buildCity({ databaseUrl: postgres.url(), dataDir: '' }, 5)
  product = await startProduct({ env: { ...city.env, DATABASE_URL: postgres.url() } })
  await product.ready()
  page = await openAs(browser, product, 'duty', undefined, 'zh-CN', PASSWORD)
})
afterAll(async () => {
  await browser?.close()
  await stopProducts()
  await city?.close()
  await postgres?.remove()
  other.remove()
})

const offer = () => page.getByRole('status').filter({ hasText: '重新载入' })
const note = () => page.locator('textarea').first()
const script = () =>
  page.evaluate(() => document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? '')
const isSamePage = () => page.evaluate(() => 'samePage' in window)

/** The server ends in order, and another takes its port: of the same build, or of the other. */
async function restart(root?: string): Promise<void> {
  await product.stop()
  await page.getByTestId('not-live').waitFor({ timeout: 30_000 })
  const env = { ...city.env, DATABASE_URL: postgres.url() }
  product = await startProduct({ env, port: product.port, ...(root !== undefined && { root }) })
  await product.ready()
  await page.getByTestId('not-live').waitFor({ state: 'detached', timeout: 30_000 })
}

test('a connection that was cut and a server that was away are no reason to ask', async () => {
  await page.goto('/duty')
  await note().fill('东站机房 22 点停电')
  await page.evaluate(() => Object.assign(window, { samePage: true }))
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname === '/')
  await restart()
  await (await asked).response()
  await page.waitForTimeout(1_000)
  expect(await offer().count()).toBe(0)
  expect(await isSamePage()).toBe(true)
})

test('another build is offered, and who is writing is left alone until she wants it', async () => {
  const before = await script()
  await restart(other.root)
  await offer().waitFor()
  expect(await isSamePage()).toBe(true)
  expect(await note().inputValue()).toBe('东站机房 22 点停电')
  await page
    .getByRole('button', { name: '以后再说' })
    .or(page.getByRole('button', { name: '稍后' }))
    .click()
  await offer().waitFor({ state: 'detached' })

  await restart(other.root)
  await offer().getByRole('button', { name: '重新载入' }).click()
  await until('it is the other build', async () => (await script().catch(() => before)) !== before)
  expect(await isSamePage()).toBe(false)
  await until('what was written is there', async () => (await note().inputValue()) === '东站机房 22 点停电')
  expect(await offer().count()).toBe(0)
})

test('a page that nobody touches reloads itself, at the address where it is', async () => {
  await page.clock.install()
  await page.goto('/alerts')
  await page.locator('.live > b').waitFor()
  await page.evaluate(() => Object.assign(window, { samePage: true }))
  // The first build again is another one to this page.
  await restart()
  await offer().waitFor()
  await page.getByRole('heading', { name: '告警', level: 1 }).waitFor()
  // Half a minute of quiet, and a minute since it last reloaded.
  await page.clock.fastForward('00:20')
  expect(await isSamePage()).toBe(true)
  await page.clock.fastForward('00:50')
  await until('it reloads', async () => !(await isSamePage().catch(() => true)), 60_000)
  expect(new URL(page.url()).pathname).toBe('/alerts')
})
