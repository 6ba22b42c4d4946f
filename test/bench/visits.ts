import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { withoutPast } from '../../server/demo/past/hours.ts'
import { startPostgres } from '../support/databases/postgres-server.ts'
import { memorySettings } from '../support/product/deployed.ts'
import { type Product, startProduct } from '../support/product/product.ts'
import { withDatabase } from '../support/registers/city.ts'
import { until } from '../support/until.ts'
import { atMost, type Figure, told } from './figure.ts'
import { cpuMs, memoryMb, treeCpuMs } from './process.ts'

/** Long enough for what is done twice a minute to be in it as often as it is done. */
const WINDOW_MS = 60_000
/** PostgreSQL clears up what the past has left, and the sheets of the last night, which a start catches up with, are kept. */
const SETTLE_MS = 90_000

/** How often the demo visits, s: 32 visits a second of 640 sites. */
export const DEMO_INTERVAL = '20'
const FILLED_MS = 300_000

/**
 * What a full check costs: visit, reading, verdict, record and push, against bare GETs of the same pages in the
 * same minute. The server's CPU includes everything else that it does meanwhile, but not what only a new demo does, whose past is being
 * filled in after the start, and not looking through sites page by page, which is measured by itself (`crawl`, `night`).
 */
export async function benchVisits(): Promise<Figure[]> {
  const postgres = await startPostgres(['track_commit_timestamp=on'])
  const product = await startProduct({
    env: { ...memorySettings(), DATABASE_URL: postgres.url(), DEMO_INTERVAL, WEEKLY_SCANS: '0' },
  })
  await product.ready(120_000)
  // The demo makes its past while it goes on; its hours last.
  await withDatabase(postgres.url(), (db) =>
    until('the past is there', async () => (await withoutPast(db, 0)).length === 0, FILLED_MS),
  )
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const before = {
    visits: await visits(product),
    server: cpuMs(product.pid),
    database: treeCpuMs(postgres.pid()),
  }
  const began = performance.now()
  await new Promise((resolve) => setTimeout(resolve, WINDOW_MS))
  const seconds = (performance.now() - began) / 1000
  const made = (await visits(product)) - before.visits
  const server = (cpuMs(product.pid) - before.server) / made
  const database = (treeCpuMs(postgres.pid()) - before.database) / made
  const bare = await bareGet(await pagesOf(product))
  await product.stop()
  await postgres.remove()
  return [
    told('visits while measuring', made / seconds, '/s', 1),
    told('CPU of a bare GET of the same pages', bare, 'ms', 2),
    told('CPU of a full check, server', server, 'ms', 2),
    told('CPU of a full check, PostgreSQL', database, 'ms', 2),
    atMost('full check in the server, against a bare GET', server / bare, 2, '×', 1),
  ]
}

/** What the server takes that does all of it, looking through sites, too. */
export function benchMemory(product: Product): Figure[] {
  const memory = memoryMb(product.pid)
  return [
    atMost('memory, server without database (PSS)', memory.pss, 180, 'MB'),
    told('memory, server without database (RSS)', memory.rss, 'MB'),
  ]
}

/** Visits that a product has made since it started. */
export async function visits(product: Product): Promise<number> {
  const text = await (await fetch(`${product.origin}/metrics`)).text()
  const lines = text.match(/^siteward_visits_total\{.*\} \d+$/gm) ?? []
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

/** Addresses of the sites that answer; those that hang would measure a time-out. */
async function pagesOf(product: Product): Promise<string[]> {
  const duty = await product.signIn('duty')
  const { items } = await duty.call('sites', { query: { limit: 1000 } })
  return items.filter((site) => site.availability === 'up').map((site) => site.url)
}

function bareGet(pages: readonly string[]): Promise<number> {
  const child = fork(fileURLToPath(new URL('./bare-get.mjs', import.meta.url)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('message', ({ done, cpuMs }: { done: number; cpuMs: number }) => resolve(cpuMs / done))
    child.send({ pages: [...pages, ...pages] })
  })
}
