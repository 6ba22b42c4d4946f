import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import type { Router } from 'vue-router'
import { HOUR } from '../../shared/base/time.ts'
import type { Product } from '../support/product/product.ts'
import { DEMO_PASSWORD } from '../support/product/product.ts'
import { patient } from '../support/run/patience.ts'
import { until } from '../support/until.ts'

const PAGES_DIR = fileURLToPath(new URL('../../web/pages', import.meta.url))
/** How long something that is pressed may take to be there, ms. */
const ACTION_MS = 30_000

export interface Size {
  readonly width: number
  readonly height: number
}

/** Where nothing else is said. */
export const LAPTOP: Size = { width: 1440, height: 900 }
export const PHONE: Size = { width: 390, height: 844 }
/** The screens that the pages are made for: a desk or a wall, a 4K wall, a telephone. */
export const SIZES: Record<string, Size> = {
  '1080p': { width: 1920, height: 1080 },
  '4k': { width: 3840, height: 2160 },
  phone: PHONE,
}

/**
 * A window of its own, signed in through the API so that only the test of signing in spends time on it.
 */
export async function openAs(
  browser: Browser,
  product: Pick<Product, 'origin'>,
  username: string,
  size: Size = LAPTOP,
  locale = 'zh-CN',
  password = DEMO_PASSWORD,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: size,
    locale,
    timezoneId: 'Asia/Shanghai',
    baseURL: product.origin,
  })
  context.setDefaultTimeout(patient(ACTION_MS))
  const answer = await context.request.post('/api/session', { data: { username, password } })
  if (!answer.ok()) throw new Error(`${username} cannot sign in: ${answer.status()} ${await answer.text()}`)
  return context.newPage()
}

/** Whoever has this window has set his language and his theme. */
export const prefer = (page: Page, own: { readonly locale: string; readonly theme: string }) =>
  page.addInitScript((text) => {
    // What is shown in a frame may keep nothing.
    if (self === top) localStorage.setItem('siteward.preferences', text)
  }, JSON.stringify(own))

/** Collects what a page complains of: exceptions, and errors on its console. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // The browser itself reports each refused request; what matters of those is on the screen.
    const isRefusal = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text())
  })
  return complaints
}

/** A page of the product, found as a person would find it. */
export interface Target {
  readonly name: string
  readonly path: (page: Page) => string | Promise<string>
}

const anHourAgo = () => new Date(Date.now() - HOUR).toISOString()

/** Every page that the router lists. Those about one thing take the first of its kind that the demo has. */
const LISTED: readonly Target[] = [
  { name: 'overview', path: () => '/' },
  { name: 'wall', path: () => '/wall' },
  { name: 'alerts', path: () => '/alerts' },
  { name: 'alert', path: async (page) => `/alerts/${await firstId(page, '/api/alerts')}` },
  { name: 'sites', path: () => '/sites' },
  { name: 'site', path: async (page) => `/sites/${await firstId(page, '/api/sites')}` },
  { name: 'evidence', path: async (page) => `/evidence/${await firstEvidence(page)}` },
  { name: 'district', path: () => '/districts/440106' },
  { name: 'pauses', path: () => '/pauses' },
  { name: 'rectifications', path: () => '/rectifications' },
  {
    name: 'rectification',
    path: async (page) => `/rectifications/${await firstId(page, '/api/rectifications')}`,
  },
  {
    name: 'rectification-sheet',
    path: async (page) => `/rectifications/${await firstId(page, '/api/rectifications')}/sheet`,
  },
  { name: 'offenders', path: () => '/rectifications/offenders' },
  { name: 'replay', path: () => '/replay' },
  { name: 'overview then', path: () => `/?at=${anHourAgo()}` },
  { name: 'alerts then', path: () => `/alerts?at=${anHourAgo()}` },
  {
    name: 'site then',
    path: async (page) => `/sites/${await firstId(page, '/api/sites')}?at=${anHourAgo()}`,
  },
  {
    name: 'alert then',
    path: async (page) => `/alerts/${await firstId(page, '/api/alerts')}?at=${new Date().toISOString()}`,
  },
  {
    name: 'rectification then',
    path: async (page) =>
      `/rectifications/${await firstId(page, '/api/rectifications')}?at=${new Date().toISOString()}`,
  },
  { name: 'wall-links', path: () => '/wall-links' },
  { name: 'duty', path: () => '/duty' },
  { name: 'escalation', path: () => '/escalation' },
  { name: 'notifications', path: () => '/notifications' },
  { name: 'units', path: () => '/units' },
  { name: 'unit', path: async (page) => `/units/${await firstId(page, '/api/units')}` },
  { name: 'calendar', path: () => '/calendar' },
  { name: 'settings', path: () => '/settings' },
  { name: 'imports', path: () => '/imports' },
  { name: 'divisions', path: () => '/divisions' },
  { name: 'users', path: () => '/users' },
  { name: 'aside', path: () => '/aside' },
  { name: 'audit', path: () => '/audit' },
  { name: 'account', path: () => '/account' },
  { name: 'rights', path: () => '/rights' },
  { name: 'fleet', path: () => '/fleet' },
  { name: 'password', path: () => '/password' },
]

/** Pages that nouns bring from folders of their own. */
export const BROUGHT: readonly Target[] = readdirSync(PAGES_DIR, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('/pages.ts'))
  .flatMap((file) => [
    ...readFileSync(join(PAGES_DIR, file), 'utf8').matchAll(/\bpath: '([^']+)',\s+name: '([\w-]+)'/g),
  ])
  .map(([, path = '', name = '']) => ({ name, path: (page) => filledIn(path, page) }))

/** `/rounds/:id(…)` with the first of its kind: pages about one thing lie below the list of its kind. */
async function filledIn(path: string, page: Page): Promise<string> {
  if (path.includes('/:code')) return path.replace(':code', await firstEdition(page))
  const [list = '', rest = ''] = path.split(/\/:id(?:\([^)]*\))?/)
  // What is listed to some alone has a first one all the same, which whoever runs the installation may open.
  return path === list ? path : `${list}/${await firstId(page, `/api${list}`).catch(() => 1)}${rest}`
}

/** Every page. */
export const PAGES: readonly Target[] = [...LISTED, ...BROUGHT]

/** Parts of a page that have an address of their own. */
export const SECTIONS: readonly Target[] = ['subscriptions', 'channels', 'deliveries'].map((name) => ({
  name,
  path: () => `/notifications/${name}`,
}))

async function firstEdition(page: Page): Promise<string> {
  const [first] = (await (await page.request.get('/api/editions')).json()) as { code: string }[]
  return first?.code ?? ''
}

async function firstId(page: Page, path: string): Promise<number> {
  const answer = await page.request.get(`${path}?limit=1`)
  const { items } = (await answer.json()) as { items: { id: number }[] }
  const [first] = items
  if (!first) throw new Error(`${path} has none`)
  return first.id
}

/** A page that the monitor keeps of one of the first sites: within a turn after the start. */
function firstEvidence(page: Page): Promise<number> {
  const sites = async () => {
    const { items } = (await (await page.request.get('/api/sites?limit=5')).json()) as {
      items: { id: number }[]
    }
    return items
  }
  return until(
    'a page is kept as evidence',
    async () => {
      const kept = (await sites()).map(async ({ id }) => {
        const answer = await page.request.get(`/api/sites/${id}/evidence`)
        return ((await answer.json()) as { id: number }[])[0]?.id
      })
      return (await Promise.all(kept)).find((id) => id !== undefined)
    },
    40_000,
  )
}

/** How long nothing must appear before a page is what it will be, and how long that is waited for at most. */
const QUIET_MS = 120
const MOST_MS = 10_000

type Root = Element & { __vue_app__: { config: { globalProperties: { $router: Router } } } }

/**
 * Leads to another page as a link within the product does, the program going on, and waits until it is there: its program
 * is loaded, and where it leads on to another page that one is.
 */
export async function followLink(page: Page, address: string): Promise<void> {
  await page.evaluate(
    async ({ to, quietMs, mostMs }) => {
      const begun = performance.now()
      let lastMs = begun
      let isLed = false
      const observer = new MutationObserver(() => {
        lastMs = performance.now()
      })
      observer.observe(document.body, { subtree: true, childList: true })
      const { $router } = (document.querySelector('#app') as Root).__vue_app__.config.globalProperties
      const forget = $router.afterEach(() => {
        isLed = true
        lastMs = performance.now()
      })
      history.pushState(null, '', to)
      dispatchEvent(new PopStateEvent('popstate'))
      const isLoading = () => document.querySelector('main [data-testid="loading"]') !== null
      const isMoving = () => !isLed || isLoading() || performance.now() - lastMs < quietMs
      while (performance.now() < begun + mostMs && isMoving()) {
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      forget()
      observer.disconnect()
    },
    { to: address, quietMs: QUIET_MS, mostMs: MOST_MS },
  )
}

/** Waits until what a page has come to know is drawn. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
  })

/** Draws a page for another screen, and waits until it is drawn. */
export async function sized(page: Page, size: Size): Promise<void> {
  await page.setViewportSize(size)
  await drawn(page)
}

/** Waits until the page has its data and its fonts and draws nothing more of its own accord. */
export async function settle(page: Page): Promise<void> {
  await page.locator('main').first().waitFor()
  // Half a second without a request; the socket is no request.
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => document.fonts.ready.then(() => {}))
  await drawn(page)
}
