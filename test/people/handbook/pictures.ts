import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { LOCALES } from '../../../shared/base/words/locales.ts'
import { launchBrowser } from '../../browser/launch.ts'
import { openAs, PAGES, type Size, settle } from '../../browser/pages.ts'
import { ROOT, startProduct } from '../../support/product/product.ts'
import { until } from '../../support/until.ts'

/** A picture of the handbook: the page as that person sees it. */
interface Picture {
  readonly file: string
  readonly as: string
  /** By its name in the list of pages; or as it is found. */
  readonly at: string | ((page: Page) => Promise<string>)
  readonly size?: Size
  /** What is opened on it. */
  readonly open?: (page: Page) => Promise<unknown>
}

const DESK: Size = { width: 1366, height: 768 }
const PHONE: Size = { width: 390, height: 700 }

/** A rectification of the person that is not closed. */
async function openRectification(page: Page): Promise<string> {
  const answer = await page.request.get('/api/rectifications?stage=open&limit=1')
  const { items } = (await answer.json()) as { items: { id: number }[] }
  const [first] = items
  if (!first) throw new Error('nothing is to be mended by this unit')
  return `/rectifications/${first.id}`
}

const PICTURES: readonly Picture[] = [
  {
    file: 'alerts',
    as: 'duty',
    at: 'alerts',
    open: (page) => page.locator('tr[data-row] a.row-link').nth(2).click(),
  },
  { file: 'alert', as: 'vendor', at: 'alert' },
  { file: 'district', as: 'tianhe', at: 'overview' },
  { file: 'unit', as: 'unit', at: openRectification, size: PHONE },
  { file: 'imports', as: 'admin', at: 'imports' },
  { file: 'users', as: 'admin', at: 'users' },
  { file: 'wall', as: 'viewer', at: 'wall' },
]

/** JPEG: a screen of text and little else stays below 150 KB. */
const QUALITY = 56

const given = process.env.ORIGIN
const product = given ? null : await startProduct({ entry: 'server/start.mjs' })
const origin = given ?? product?.origin ?? ''
if (product) await product.ready(120_000)
const browser = await launchBrowser()
for (const locale of LOCALES) {
  for (const { file, as, at, size = DESK, open } of PICTURES) {
    const page = await openAs(browser, { origin }, as, size, locale)
    await page.addInitScript((language) => {
      localStorage.setItem('siteward.preferences', JSON.stringify({ locale: language, theme: 'light' }))
    }, locale)
    const listed = PAGES.find(({ name }) => name === at)
    await until('sites were visited', async () => (await page.request.get('/readyz')).ok())
    await page.goto(typeof at === 'function' ? await at(page) : ((await listed?.path(page)) ?? '/'))
    await settle(page)
    await open?.(page)
    await settle(page)
    const path = join(ROOT, 'shared/locales', locale, 'handbook', `${file}.jpg`)
    await page.screenshot({ path, type: 'jpeg', quality: QUALITY })
    await page.context().close()
  }
}
await browser.close()
await product?.stop()
console.log('The pictures of the handbook lie beside its texts.')
