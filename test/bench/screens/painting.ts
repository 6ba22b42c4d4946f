import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../../browser/launch.ts'
import { openAs } from '../../browser/pages.ts'
import { PASSWORD } from '../../support/people.ts'
import { type Product, startProduct, stopProducts, temporaryFolder } from '../../support/product/product.ts'
import { buildCity } from '../../support/registers/city.ts'
import { status } from '../../support/registers/sites.ts'
import { until } from '../../support/until.ts'
import { atMost, type Figure, percentile, told } from '../figure.ts'

const TIMES = 5
/** A telephone's or an old laptop's processor. */
const SLOWED = 4
const SITES = 80
const FALLEN = 64
const PLATFORM = 'platform'
const FONT_BYTES = 200

/** What each page must show before it counts as painted, and in how many ms, at full speed and slowed. */
const SHOWN = [
  { name: 'wall: 640 tiles', path: '/wall', selector: '[data-site]', least: 640, ms: [450, 1600] },
  { name: 'overview: rows', path: '/', selector: 'main ol > li', least: 1, ms: [500, 1600] },
  { name: 'alerts: rows', path: '/alerts', selector: 'tr[data-row]', least: 5, ms: [500, 1600] },
] as const

/** From an empty cache to the first rows or tiles on the screen, and what had to be loaded for it. */
export async function benchScreens(product: Product): Promise<Figure[]> {
  const browser = await launchBrowser()
  try {
    const figures: Figure[] = []
    for (const shown of SHOWN) {
      for (const [at, rate] of [1, SLOWED].entries()) {
        const opened: Opened[] = []
        for (let n = 0; n < TIMES; n++) opened.push(await openOnce(browser, product, shown, rate))
        const median = percentile(
          opened.map(({ ms }) => ms),
          0.5,
        )
        figures.push(atMost(`${shown.name} painted, ${rate} ×`, median, shown.ms[at] ?? 0, 'ms'))
        const [first] = opened
        if (rate === 1 && first) {
          figures.push(atMost('… script requests', first.scripts, 10, ''))
          figures.push(atMost('… type loaded', first.fontBytes / 1000, FONT_BYTES, 'kB'))
        }
      }
    }
    return figures
  } finally {
    await browser.close()
  }
}

interface Opened {
  readonly ms: number
  readonly scripts: number
  readonly fontBytes: number
}

/** Opens a page from an empty cache, until `least` of what is looked for are painted. @param rate the processor is so many times slower */
export async function openOnce(
  browser: Browser,
  product: Product,
  { path, selector, least }: { readonly path: string; readonly selector: string; readonly least: number },
  rate: number,
  password?: string,
): Promise<Opened> {
  const page = await openAs(browser, product, 'duty', { width: 1440, height: 900 }, 'zh-CN', password)
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  await page.addInitScript(notePainted, [selector, least] as const)
  let [scripts, fontBytes] = [0, 0]
  page.on('response', async (response) => {
    const kind = response.request().resourceType()
    if (kind === 'script') scripts += 1
    if (kind === 'font') fontBytes += Number(response.headers()['content-length'] ?? 0)
  })
  await page.goto(path)
  await page.waitForFunction(() => 'painted' in window, null, { timeout: 60_000 })
  const ms = await page.evaluate(() => (window as unknown as { painted: number }).painted)
  await page.waitForTimeout(500)
  await page.context().close()
  return { ms, scripts, fontBytes }
}

/** Runs in the page: notes when so many of what is looked for have been painted, ms from the start of loading. */
function notePainted([selector, least]: readonly [string, number]): void {
  const timer = setInterval(() => {
    if (document.querySelectorAll(selector).length < least) return
    clearInterval(timer)
    requestAnimationFrame(() => {
      // A message posted in a frame is handled after that frame was painted.
      const channel = new MessageChannel()
      channel.port1.onmessage = () => Object.assign(window, { painted: performance.now() })
      channel.port2.postMessage(null)
    })
  }, 4)
}

/** Sixty-four of eighty sites fall at once: how much of wall and desk moves, and how long each is busy at a stretch. */
export async function benchStorm(): Promise<Figure[]> {
  const dataDir = temporaryFolder()
  const city = await buildCity({ databaseUrl: undefined, dataDir }, SITES, (at) =>
    at < FALLEN ? PLATFORM : null,
  )
  const browser = await launchBrowser()
  try {
    const product = await startProduct({ dataDir, env: city.env })
    await product.ready()
    const wall = await watched(browser, product, '/wall?night=off', '[data-site]')
    const desk = await watched(browser, product, '/alerts', 'main')
    await wall.waitForTimeout(3_000)
    const before = [await strainOf(wall), await strainOf(desk)] as const
    for (const label of city.labels.slice(0, FALLEN)) city.sites.set(label, status(503))
    const began = performance.now()
    await wall.getByRole('status').waitFor({ timeout: 60_000 })
    const said = performance.now() - began
    await until(
      'all are down',
      async () => (await wall.locator('[data-site].down').count()) >= FALLEN,
      90_000,
    )
    await wall.waitForTimeout(2_000)
    const strains = [await strainOf(wall), await strainOf(desk)] as const
    return [
      told(
        `${FALLEN} sites fall: until the wall's card says so, confirmation of each included`,
        said / 1000,
        's',
        1,
      ),
      ...(['wall', 'desk'] as const).flatMap((name, at) => {
        const [then, now] = [before[at], strains[at]]
        if (!then || !now) return []
        return [
          atMost(`… layout shift of the ${name}`, now.shift - then.shift, 0.1, '', 3),
          atMost(`… longest task of the ${name}`, now.longest, 100, 'ms'),
        ]
      }),
    ]
  } finally {
    await browser.close()
    await stopProducts()
    await city.close()
  }
}

async function watched(browser: Browser, product: Product, path: string, selector: string): Promise<Page> {
  const page = await openAs(browser, product, 'duty', { width: 1920, height: 1080 }, 'zh-CN', PASSWORD)
  await page.addInitScript(noteStrain)
  await page.goto(path)
  await page.locator(selector).first().waitFor({ timeout: 30_000 })
  await page.waitForTimeout(2_000)
  await page.evaluate(() => {
    ;(window as unknown as { strain: Strain }).strain.longest = 0
  })
  return page
}

interface Strain {
  shift: number
  /** ms */
  longest: number
}

/** Runs in the page: adds up how much of it moves, and keeps its longest task. */
function noteStrain(): void {
  const strain = { shift: 0, longest: 0 }
  Object.assign(window, { strain })
  for (const type of ['layout-shift', 'longtask']) {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (type === 'longtask') strain.longest = Math.max(strain.longest, entry.duration)
        else strain.shift += (entry as unknown as { value: number }).value
      }
    }).observe({ type })
  }
}

const strainOf = (page: Page): Promise<Strain> =>
  page.evaluate(() => ({ ...(window as unknown as { strain: Strain }).strain }))
