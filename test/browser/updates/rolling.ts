import type { Browser, BrowserContext, Page } from 'playwright-core'
import { migratedPostgres } from '../../support/databases/templates.ts'
import { PASSWORD } from '../../support/people.ts'
import { startBalancer } from '../../support/product/balancer.ts'
import { startProduct } from '../../support/product/product.ts'
import { buildCity } from '../../support/registers/city.ts'
import { until } from '../../support/until.ts'
import { openAs, settle } from '../pages.ts'

const SITES = 20
/** They write hand-overs; no person has more windows than an office would. */
const WRITERS = ['duty', 'colleague', 'tianhe', 'haizhu']
const DRAFT = '交接草稿，未提交'

/** What the people before the browsers went through. */
export interface Rolled {
  readonly browsers: number
  /** Browsers whose unsent text was no longer in its field at the end. */
  readonly lost: number
  /** What was seen that was not so: a count other than that of the register, nobody's name, a page loaded anew. */
  readonly untrue: readonly string[]
  /** The longest that any screen went without news, s. */
  readonly silentS: number
}

/** What a page has seen of itself since `watchPage`. */
interface Seen {
  silentS: number
  untrue: string[]
}

/** Runs in the page: looks at it every 50 ms, as no person could. */
function watchPage(sites: number): void {
  const seen: Seen = { silentS: 0, untrue: [] }
  Object.assign(window, { seen })
  const textOf = (selector: string) => document.querySelector(selector)?.textContent?.trim()
  const note = (what: string) => {
    if (!seen.untrue.includes(what)) seen.untrue.push(what)
  }
  const silence = () => {
    const text = textOf('.live > b') ?? textOf('header .age b') ?? textOf('[data-testid=not-live] span')
    const [, n = '0', unit] = /(\d+) ?(秒|分)/.exec(text ?? '') ?? []
    return Number(n) * (unit === '分' ? 60 : 1)
  }
  setInterval(() => {
    seen.silentS = Math.max(seen.silentS, silence())
    const isWall = document.querySelector('[data-testid=wall]') !== null
    if (!isWall && !textOf('header .who')) note('nobody is signed in')
    const total = textOf('.counts .total b')
    if (total !== undefined && total !== '—' && Number(total) !== sites) note(`${total} sites`)
    const tiles = document.querySelectorAll('[data-site]').length
    if (isWall && tiles !== sites) note(`${tiles} tiles`)
  }, 50)
}

async function signedIn(browser: Browser, origin: string, username: string): Promise<BrowserContext> {
  const page = await openAs(browser, { origin }, username, undefined, 'zh-CN', PASSWORD)
  await page.close()
  return page.context()
}

/**
 * Two web processes and a monitor on one PostgreSQL, and `count` browsers with something unsent; one process after
 * the other is ended in order and started again, as an update does it.
 */
export async function rollingRestart(
  browser: Browser,
  count: number,
  say: (text: string) => void = () => {},
): Promise<Rolled> {
  const postgres = await migratedPostgres()
  const city = await buildCity({ databaseUrl: postgres.url(), dataDir: '' }, SITES)
  const env = { ...city.env, DATABASE_URL: postgres.url() }
  const startWeb = (port?: number) =>
    startProduct({ env, args: ['--role', 'web'], ...(port !== undefined && { port }) })
  const webs = [await startWeb(), await startWeb()]
  const monitor = await startProduct({ env, args: ['--role', 'monitor'] })
  for (const web of webs) await web.ready()
  const balancer = await startBalancer(webs.map(({ port }) => port))
  const contexts: BrowserContext[] = []
  const writers: Page[] = []
  const lookers: Page[] = []
  try {
    for (let n = 0; n < count; n += 1) {
      const context = await signedIn(browser, balancer.origin, WRITERS[n % WRITERS.length] ?? '')
      contexts.push(context)
      writers.push(await openWriter(context, n))
      if (n % 10 === 0) lookers.push(await openLooker(context, '/'), await openLooker(context, '/wall'))
      if (n % 10 === 9) say(`${n + 1} browsers write`)
    }
    const pages = [...writers, ...lookers]
    for (const page of pages) {
      // Run by tsx, functions keep their names by a helper that pages do not have.
      await page.evaluate('globalThis.__name ??= (named) => named')
      await page.evaluate(watchPage, SITES)
    }
    for (const [index, web] of webs.entries()) {
      await web.stop()
      const next = await startWeb(web.port)
      await next.ready()
      webs[index] = next
      await pause(3_000)
      say(`process ${index + 1} of ${webs.length} is another by now`)
    }
    const seen = await Promise.all(
      pages.map((page) => page.evaluate(() => (window as unknown as { seen?: Seen }).seen)),
    )
    let lost = 0
    for (const [n, page] of writers.entries()) {
      const text = await page
        .locator('textarea')
        .first()
        .inputValue({ timeout: 5_000 })
        .catch(() => '')
      if (text !== `${DRAFT} ${n}`) lost += 1
    }
    return {
      browsers: count,
      lost,
      untrue: seen.flatMap((one) => one?.untrue ?? ['a page was loaded anew']),
      silentS: Math.max(...seen.map((one) => one?.silentS ?? Number.POSITIVE_INFINITY)),
    }
  } finally {
    await Promise.all(contexts.map((context) => context.close()))
    await balancer.close()
    for (const one of [...webs, monitor]) await one.kill()
    await city.close()
    await postgres.remove()
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function openWriter(context: BrowserContext, n: number): Promise<Page> {
  const page = await context.newPage()
  await page.goto('/duty')
  await page.locator('textarea').first().fill(`${DRAFT} ${n}`)
  await until('it hears', () => page.locator('.live > b').textContent())
  return page
}

async function openLooker(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(path)
  await page.locator('.counts .total b, [data-site]').first().waitFor()
  await settle(page)
  return page
}
