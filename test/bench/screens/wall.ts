import type { Browser, CDPSession, Page } from 'playwright-core'
import { launchBrowser } from '../../browser/launch.ts'
import { openAs } from '../../browser/pages.ts'
import type { Product } from '../../support/product/product.ts'
import { withDatabase } from '../../support/registers/city.ts'
import type { Session } from '../../support/session.ts'
import { atMost, type Figure, percentile, told } from '../figure.ts'
import { visits } from '../visits.ts'

const WINDOW_MS = 20_000
const COMMANDS = 150

/** The wall in Chromium: what it loads, how busy it is, and how soon a stored fact is seen. */
export async function benchWall(product: Product, databaseUrl: string): Promise<Figure[]> {
  const browser = await launchBrowser()
  try {
    const { page, scripts } = await openWall(browser, product)
    await page.waitForTimeout(5_000)
    const script = await transferred(scripts)
    return [
      atMost('scripts that the wall loads, brotli', script / 1000, 120, 'kB', 1),
      ...(await busyness(page, product)),
      ...(await painting(page, product, databaseUrl)),
    ]
  } finally {
    await browser.close()
  }
}

async function openWall(browser: Browser, product: Product): Promise<{ page: Page; scripts: Set<string> }> {
  const scripts = new Set<string>()
  const page = await openAs(browser, product, 'duty', { width: 1920, height: 1080 })
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.add(response.url())
  })
  await page.goto(`${product.origin}/wall`)
  await page.locator('[data-testid=wall][data-seq]').waitFor({ timeout: 30_000 })
  return { page, scripts }
}

/** Bytes of the scripts as a browser over TLS gets them, which is with brotli. */
async function transferred(urls: Iterable<string>): Promise<number> {
  const { get } = await import('node:http')
  const size = (url: string) =>
    new Promise<number>((resolve, reject) => {
      get(url, { headers: { 'accept-encoding': 'br' } }, (answer) => {
        let bytes = 0
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length
        })
        answer.on('end', () => resolve(bytes))
      }).on('error', reject)
    })
  const sizes = await Promise.all([...urls].map(size))
  return sizes.reduce((sum, one) => sum + one, 0)
}

async function busyness(page: Page, product: Product): Promise<Figure[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'timeTicks' })
  const before = await taskSeconds(session)
  const visited = await visits(product)
  const began = performance.now()
  await page.waitForTimeout(WINDOW_MS)
  const seconds = (performance.now() - began) / 1000
  const busy = ((await taskSeconds(session)) - before) / seconds
  const rate = ((await visits(product)) - visited) / seconds
  return [
    told('visits while the wall was measured', rate, '/s', 1),
    atMost('main thread of the wall busy', busy * 100, 2, '%', 1),
  ]
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
}

/** Comments on alerts, a few a second; PostgreSQL says when each was committed, the page when it was painted. */
async function painting(page: Page, product: Product, databaseUrl: string): Promise<Figure[]> {
  await page.evaluate(noteFrames)
  const duty = await product.signIn('duty')
  const first = await lastSeq(databaseUrl)
  await commandMany(duty)
  await page.waitForTimeout(1_000)
  const frames = await page.evaluate(() => (window as unknown as { frames: [number, number][] }).frames)
  const delays = (await commits(databaseUrl, first)).flatMap(({ seq, at }) => {
    const frame = frames.find(([shown]) => shown >= seq)
    return frame ? [frame[1] - at] : []
  })
  return [
    told('facts whose painting was seen', delays.length, ''),
    atMost('fact committed to painted, median', percentile(delays, 0.5), 100, 'ms'),
    atMost('fact committed to painted, p99', percentile(delays, 0.99), 150, 'ms'),
  ]
}

/** Runs in the page: notes after which frame each number of the board was on the screen. */
function noteFrames(): void {
  const frames: [number, number][] = []
  Object.assign(window, { frames })
  const wall = document.querySelector<HTMLElement>('[data-testid=wall]')
  if (!wall) throw new Error('there is no wall')
  const observer = new MutationObserver(() => {
    const seq = Number(wall.dataset.seq)
    requestAnimationFrame(() => {
      // A message posted in a frame is handled after that frame was painted.
      const channel = new MessageChannel()
      channel.port1.onmessage = () => frames.push([seq, performance.timeOrigin + performance.now()])
      channel.port2.postMessage(null)
    })
  })
  observer.observe(wall, { attributeFilter: ['data-seq'] })
}

async function commandMany(duty: Session): Promise<void> {
  const { items } = await duty.call('alerts', { query: { limit: 100 } })
  for (let index = 0; index < COMMANDS; index++) {
    const alert = items[index % items.length]
    if (!alert) throw new Error('the demo has no live alert')
    await duty
      .call('commentAlert', { params: { id: alert.id }, body: { text: `测量 ${index}` } })
      .catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 60 + ((index * 37) % 50)))
  }
}

function lastSeq(databaseUrl: string): Promise<number> {
  return withDatabase(databaseUrl, async (db) => {
    const row = await db.selectFrom('fact_counter').select('seq').executeTakeFirstOrThrow()
    return row.seq
  })
}

/** When PostgreSQL committed each fact, epoch ms; it must run with `track_commit_timestamp`. */
function commits(databaseUrl: string, after: number): Promise<{ seq: number; at: number }[]> {
  return withDatabase(databaseUrl, async (db) => {
    const { sql } = await import('kysely')
    const result = await sql<{ seq: number; at: number }>`
      select seq, (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000)::float8 as at
      from fact where seq > ${after} order by seq
    `.execute(db)
    return result.rows
  })
}
