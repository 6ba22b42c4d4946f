import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PostgresServer } from '../../support/databases/postgres-server.ts'
import { migratedPostgres } from '../../support/databases/templates.ts'
import { PASSWORD } from '../../support/people.ts'
import { type Balancer, startBalancer } from '../../support/product/balancer.ts'
import { anotherBuild } from '../../support/product/other-build.ts'
import {
  type Product,
  type ProductOptions,
  startProduct,
  stopProducts,
} from '../../support/product/product.ts'
import { buildCity, type TestCity } from '../../support/registers/city.ts'
import { patient } from '../../support/run/patience.ts'
import { until } from '../../support/until.ts'
import { launchBrowser } from '../launch.ts'
import { openAs } from '../pages.ts'

/*
 * The server is another build when it is heard again: whoever sits before a page is asked, and nobody is otherwise. Both
 * builds run, and what stands before them leads to one of them.
 */

let browser: Browser
let postgres: PostgresServer
let city: TestCity
let first: Product
let second: Product
let balancer: Balancer
/** Where the page is led to. */
const ports: number[] = []
let page: Page
const other = anotherBuild()
const start = (options: ProductOptions = {}) =>
  startProduct({ env: { ...city.env, DATABASE_URL: postgres.url() }, ...options })

beforeAll(async () => {
  browser = await launchBrowser()
  postgres = await migratedPostgres()
  city = await buildCity({ databaseUrl: postgres.url(), dataDir: '' }, 5)
  first = await start()
  second = await start({ root: other.root, args: ['--role', 'web'] })
  await first.ready()
  ports.push(first.port)
  balancer = await startBalancer(ports)
  page = await openAs(browser, balancer, 'duty', undefined, 'zh-CN', PASSWORD)
})
afterAll(async () => {
  await browser?.close()
  await balancer?.close()
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

/** The server ends in order, and another of the same build takes its port. */
async function restart(): Promise<void> {
  await first.stop()
  await page.getByTestId('not-live').waitFor({ timeout: patient(30_000) })
  first = await start({ port: first.port })
  await first.ready()
  await page.getByTestId('not-live').waitFor({ state: 'detached', timeout: patient(30_000) })
}

/** The connection is cut, and who comes again is led to this one. */
async function leadTo(product: Product): Promise<void> {
  await product.ready()
  ports[0] = product.port
  balancer.cut()
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
  await leadTo(second)
  await offer().waitFor()
  expect(await isSamePage()).toBe(true)
  expect(await note().inputValue()).toBe('东站机房 22 点停电')
  await page
    .getByRole('button', { name: '以后再说' })
    .or(page.getByRole('button', { name: '稍后' }))
    .click()
  await offer().waitFor({ state: 'detached' })

  await leadTo(second)
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
  await leadTo(first)
  await offer().waitFor()
  await page.getByRole('heading', { name: '告警', level: 1 }).waitFor()
  // Half a minute of quiet, and a minute since it last reloaded.
  await page.clock.fastForward('00:20')
  expect(await isSamePage()).toBe(true)
  await page.clock.fastForward('00:50')
  await until('it reloads', async () => !(await isSamePage().catch(() => true)), 60_000)
  expect(new URL(page.url()).pathname).toBe('/alerts')
})
