import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import REFUSALS from '../../shared/locales/zh-CN/refusals.json'
import { launchBrowser } from './launch.ts'
import { openAs, settle } from './pages.ts'

const web = fileURLToPath(new URL('../../dist/web/', import.meta.url))

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** The scripts of this build, from its page on: those of earlier builds stay beside them for open browsers. */
function scriptsOf(text: string, found = new Map<string, string>()): Map<string, string> {
  for (const [name = ''] of text.matchAll(/[\w-]+\.js\b/g)) {
    const file = `${web}assets/${name}`
    if (found.has(name) || !existsSync(file)) continue
    found.set(name, readFileSync(file, 'utf8'))
    scriptsOf(found.get(name) ?? '', found)
  }
  return found
}

/** The files of a kind that a browser without any of them fetches for a page, by name. */
async function fetchedFor(
  path: string,
  settled: (page: Page) => Promise<unknown>,
  ending = '.js',
): Promise<string[]> {
  const page = await openAs(browser, inject('product'), 'duty')
  const names = new Set<string>()
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.endsWith(ending)) names.add(pathname)
  })
  await page.goto(path)
  await settled(page)
  await settle(page)
  await page.context().close()
  return [...names]
}

/** kB as sent to browsers over TLS, which is with brotli; small files are sent as they are. */
function weightOf(names: readonly string[]): number {
  const files = names.map((name) => (existsSync(`${web}${name}.br`) ? `${web}${name}.br` : `${web}${name}`))
  return files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000
}

/** Those that carry the handbook of the working group. */
const withHandbook = (names: readonly string[]) =>
  names.filter((name) => readFileSync(`${web}${name}`, 'utf8').includes('普查工作小组手册'))

test('the built pages hold no schemas and nothing to parse with: zod stays on the server', () => {
  const scripts = scriptsOf(readFileSync(`${web}index.html`, 'utf8'))
  expect(scripts.size).toBeGreaterThan(20)
  const withZod = [...scripts].filter(([, text]) => /ZodError|_zod\b|invalid_union/.test(text))
  expect(withZod.map(([name]) => name)).toEqual([])
})

/** Scripts that a page asks for, at most. */
const FILES = 10

test('the wall loads at most 120 kB of script, in a handful of files', async () => {
  const names = await fetchedFor('/wall', (page) => page.locator('[data-site]').first().waitFor())
  expect(names.length).toBeLessThanOrEqual(FILES)
  expect(weightOf(names)).toBeLessThanOrEqual(120)
})

test('the overview, with its chart, loads at most 220 kB of script', async () => {
  const names = await fetchedFor('/', (page) => page.locator('.chart-box svg[width]').waitFor())
  expect(names.length).toBeLessThanOrEqual(FILES)
  expect(weightOf(names)).toBeLessThanOrEqual(220)
  expect(withHandbook(names), 'fetched by who opens it').toEqual([])
})

test('the alert desk loads at most 200 kB of script, and the words of one language', async () => {
  const names = await fetchedFor('/alerts', (page) => page.locator('tr[data-row]').first().waitFor())
  expect(names.length).toBeLessThanOrEqual(FILES)
  expect(weightOf(names)).toBeLessThanOrEqual(200)
  const has = (word: string) =>
    names.filter((name) => readFileSync(`${web}${name}`, 'utf8').includes(word)).length
  expect(has('输入名称、编码或拼音')).toBe(1)
  expect(has('Type a name, code or pinyin')).toBe(0)
  expect(withHandbook(names)).toEqual([])
  expect(has(REFUSALS['notifications.groupRobotDistrictWorkingGroup'])).toBe(0)
})

test('a computer without Chinese of its own loads at most 200 kB of type for the overview, wherever its names are from', async () => {
  const names = await fetchedFor('/', (page) => page.evaluate(() => document.fonts.ready), '.woff2')
  expect(names.reduce((sum, name) => sum + statSync(`${web}${name}`).size, 0) / 1000).toBeLessThanOrEqual(200)
})
