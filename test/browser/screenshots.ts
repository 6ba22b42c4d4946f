import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, startProduct } from '../support/product/product.ts'
import { until } from '../support/until.ts'
import { launchBrowser } from './launch.ts'
import { openAs, PAGES, SIZES, settle } from './pages.ts'

const LOCALES = { zh: 'zh-CN', en: 'en' }
const folder = join(ROOT, 'screenshots')

/** `ORIGIN=http://… npm run screenshots` takes a product that runs; otherwise one is started with the demo. */
const given = process.env.ORIGIN
const product = given ? null : await startProduct({ entry: 'server/start.mjs' })
const origin = given ?? product?.origin ?? ''
if (product) await product.ready(120_000)
const browser = await launchBrowser()
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

/** Names of arguments narrow it down: `node test/browser/screenshots.mjs wall alerts`. */
const wanted = process.argv.slice(2)
const targets = PAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))

for (const [language, locale] of Object.entries(LOCALES)) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    const page = await openAs(browser, { origin }, 'duty', viewport, locale)
    // The product is Chinese first, whatever the browser's language; a choice is remembered.
    await page.goto(`/?lang=${locale}`)
    if (product) await until('sites were visited', async () => (await page.request.get('/readyz')).ok())
    for (const target of targets) {
      await page.goto(await target.path(page))
      await settle(page)
      await page.screenshot({ path: join(folder, `${target.name}-${size}-${language}.png`) })
    }
    const stranger = await browser.newPage({ viewport, locale, baseURL: origin })
    await stranger.goto(`/sign-in?lang=${locale}`)
    await settle(stranger)
    await stranger.screenshot({ path: join(folder, `sign-in-${size}-${language}.png`) })
    await stranger.close()
    await page.context().close()
  }
}
await browser.close()
await product?.stop()
console.log(`Screenshots are in ${folder}`)
