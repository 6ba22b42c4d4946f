import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Product, ROOT, startProduct, stopProducts } from '../../support/product/product.ts'
import { treeFor } from '../../support/registers/guangzhou.ts'
import { foshan, registerFile } from '../../support/registers/registers.ts'
import { patient } from '../../support/run/patience.ts'
import { signIn } from '../../support/session.ts'
import { launchBrowser } from '../launch.ts'
import { complaintsOf, openAs } from '../pages.ts'

/* Another city's office: its register in GBK, loaded as it would load it, and its own name on every screen. */

const PASSWORD = 'nan-hai-1-correct-horse'
const folder = mkdtempSync(join(tmpdir(), 'siteward-foshan-'))
const env = { DEMO: 'off', DATA_DIR: folder, ALLOW_ADDRESSES: '127.0.0.0/8', HOSTS: '*.gov.cn=127.0.0.1' }
let browser: Browser
let product: Product
let page: Page
let complaints: string[]

beforeAll(async () => {
  browser = await launchBrowser()
  const file = join(folder, 'foshan.csv')
  writeFileSync(file, registerFile(foshan(await treeFor('440600')), 'gbk'))
  const start = join(ROOT, 'server/start.mjs')
  const { stdout } = await promisify(execFile)(process.execPath, [start, '--run', 'import', '--', file], {
    env: { ...env, PATH: process.env.PATH },
  })
  expect(stdout).toContain('300 sites added')
  const [, first = ''] = /password (\S+)/.exec(stdout) ?? []
  product = await startProduct({ dataDir: folder, env })
  await product.ready()
  const admin = await signIn(product.origin, 'admin', first)
  await admin.call('changePassword', { body: { current: first, next: PASSWORD } })
  page = await openAs(browser, product, 'admin', { width: 1920, height: 1080 }, 'zh-CN', PASSWORD)
  complaints = complaintsOf(page)
}, patient(180_000))
afterAll(async () => {
  await browser?.close()
  await stopProducts()
  rmSync(folder, { recursive: true, force: true })
})

const DISTRICTS = ['禅城区', '南海区', '顺德区', '三水区', '高明区']
const seen = (text: string) => page.getByText(text, { exact: false }).first().waitFor()

describe('Foshan', () => {
  test('has its own name and districts on the wall', async () => {
    await page.goto('/wall')
    await page.getByRole('heading', { name: '佛山市政府网站监测' }).waitFor()
    for (const name of ['市门户', '市直部门', ...DISTRICTS]) await seen(name)
    expect(await page.title()).toBe('大屏 · 佛山市 · Siteward')
    expect(await page.locator('body').textContent()).not.toContain('广州市')
    expect((await page.screenshot()).length).toBeGreaterThan(10_000)
  })

  test('at the desk, in its table, its filters and its navigation', async () => {
    await page.goto('/')
    await page.getByRole('navigation').getByText('佛山市').waitFor()
    for (const name of DISTRICTS) await page.getByRole('link', { name, exact: true }).waitFor()
    await page.goto('/sites?district=440604')
    await seen('佛山市禅城区人民政府门户网站')
    const choices = await page.locator('select').first().locator('option').allTextContents()
    for (const name of DISTRICTS) expect(choices.map((one) => one.trim())).toContain(name)
    expect(await page.title()).toBe('网站 · 佛山市 · Siteward')
  })

  test('in the replay of its past, in English too', async () => {
    await page.goto(`/replay?at=${new Date().toISOString()}`)
    await page.locator('header').getByText('佛山市').waitFor()
    for (const name of DISTRICTS) await seen(name)
    await page.getByRole('button', { name: 'English' }).click()
    await page.locator('header').getByText('Foshan').waitFor()
    for (const name of ['Chancheng', 'Nanhai', 'Shunde', 'Sanshui', 'Gaoming']) await seen(name)
    expect((await page.screenshot()).length).toBeGreaterThan(10_000)
  })

  test('and what a second file leaves open is answered on a page', async () => {
    const lines = foshan(await treeFor('440600')).slice(0, 296)
    const zone = { code: '4406920001', name: '佛山高新区', url: 'http://zone.gov.cn/', unit: '高新区管委会' }
    await page.goto('/imports')
    const bytes = registerFile([...lines, zone])
    await page.setInputFiles('input[type=file]', { name: '名录.csv', mimeType: 'text/csv', buffer: bytes })
    await seen('4 sites of the register are not in the file')
    await page.getByLabel('The code 440692 belongs to no known division').selectOption('accept')
    await page.getByLabel('4 sites of the register').selectOption('keep')
    await page.getByRole('button', { name: /^Load/ }).click()
    await seen('Loaded: 1 new, 0 changed, 296 the same.')
    await page.goto('/divisions')
    await seen('440692')
    // Which one took its place is chosen by name, with the keys, among namesakes told apart by what they lie in.
    await page.goto('/divisions/440606')
    await page.getByRole('button', { name: 'Change', exact: true }).first().click()
    const field = page.getByRole('combobox', { name: 'Followed by' })
    await field.fill('南海区')
    await page.getByRole('option', { name: /Nanhai 440605.*Foshan, Guangdong/ }).waitFor()
    await field.press('Enter')
    expect(await field.inputValue()).toBe('Nanhai 440605')
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(complaints).toEqual([])
  })
})
