import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { ROOT, startProduct } from '../support/product/product.ts'
import { until } from '../support/until.ts'
import { launchBrowser } from './launch.ts'
import { openAs, PAGES, settle, type Target } from './pages.ts'
import { type Look, looksOf, named, nameOf, ON_4K, SCREENS } from './pictures/axes.ts'
import { bringAbout, CITY_STATES, IN_A_STORM } from './pictures/city-states.ts'
import { contactSheets } from './pictures/contact-sheet.ts'
import { firstRun } from './pictures/first-run.ts'
import { opened, SCREEN_STATES } from './pictures/states.ts'

/*
 * Every page in every look and state that it can be in, and contact sheets of them. Words narrow it down, each to what is called
 * so: pages, sizes, languages, themes, states, `full` for whole pages instead of what a screen shows:
 * `npm run screenshots -- wall alerts 1366 zh dark peace storm`. `AS=unit` looks with another person's eyes.
 */

const LOCALES = { zh: 'zh-CN', en: 'en' } as const
const folder = process.env.FOLDER ?? join(ROOT, 'screenshots')
const asked = process.argv.slice(2)
const fullPage = asked.includes('full')
const person = process.env.AS ?? 'duty'
const looks = looksOf(asked)
const states = named([...CITY_STATES, ...SCREEN_STATES.map(({ name }) => name), 'first'], asked)
const names = named(
  PAGES.map(({ name }) => name),
  asked,
)
const targets = PAGES.filter(({ name }) => names.includes(name))

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
/** `ORIGIN=http://… npm run screenshots` takes a product that runs; otherwise one is started with the demo. */
const given = process.env.ORIGIN
const product = given ? null : await startProduct({ entry: 'server/start.mjs' })
const origin = given ?? product?.origin ?? ''
const browser = await launchBrowser()
const taken = new Map<string, string[]>()
/** Pages that could not be opened: said at the end, so that one of them does not cost all the others. */
const failed: string[] = []

async function take(
  page: Page,
  look: Look,
  state: string,
  name: string,
  open: () => Promise<unknown>,
): Promise<void> {
  const file = `${state}-${nameOf(look)}-${name.replace(' ', '-')}.png`
  try {
    await open()
    await page.screenshot({ path: join(folder, file), fullPage })
    const sheet = `${state}-${nameOf(look)}`
    taken.set(sheet, [...(taken.get(sheet) ?? []), file])
  } catch (error) {
    failed.push(`${file}: ${String(error).split('\n')[0]}`)
  }
}

async function opening(look: Look): Promise<Page> {
  const locale = LOCALES[look.language]
  const page = await openAs(browser, { origin }, person, SCREENS[look.size], locale)
  await page.addInitScript((chosen) => localStorage.setItem('siteward.preferences', JSON.stringify(chosen)), {
    locale,
    theme: look.theme,
  })
  return page
}

const fits = ({ size }: Look, { name }: Target) => size !== '4k' || ON_4K.includes(name)

for (const state of CITY_STATES.filter((one) => states.includes(one))) {
  if (product) await product.ready(120_000)
  await bringAbout(browser, origin, state)
  for (const look of looks) {
    const page = await opening(look)
    await until('sites were visited', async () => (await page.request.get('/readyz')).ok(), 120_000)
    for (const target of targets) {
      if (!fits(look, target) || (state !== 'peace' && !IN_A_STORM.includes(target.name))) continue
      await take(page, look, state, target.name, async () => opened(page, await target.path(page)))
    }
    await page.context().close()
    if (state === 'peace' && asked.length === 0) await takeSignIn(look)
  }
}

async function takeSignIn(look: Look): Promise<void> {
  const stranger = await browser.newPage({ viewport: SCREENS[look.size], baseURL: origin })
  await take(stranger, look, 'peace', 'sign-in', async () => {
    await stranger.goto(`/sign-in?lang=${LOCALES[look.language]}`)
    await settle(stranger)
  })
  await stranger.close()
}

for (const state of SCREEN_STATES.filter(({ name }) => states.includes(name))) {
  for (const look of looks) {
    for (const target of targets) {
      if (!fits(look, target) || !state.pages.includes(target.name)) continue
      const page = await opening(look)
      await take(page, look, state.name, target.name, async () => state.open(page, await target.path(page)))
      await page.context().close()
    }
  }
}
await product?.stop()
if (states.includes('first')) {
  await firstRun(browser, looks, (page, look, name, open) => take(page, look, 'first', name, open))
}

for (const [sheet, files] of taken) {
  await contactSheets(browser, folder, sheet, files, sheet.includes('phone') ? 'tall' : 'wide')
}
await browser.close()
for (const line of failed) console.log(`Not taken: ${line}`)
console.log(`Screenshots are in ${folder}`)
