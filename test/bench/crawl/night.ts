import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { addDays, HOUR, localDay, MINUTE, startOfDay } from '../../../shared/base/time.ts'
import { MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { packagedChromium } from '../../browser/launch.ts'
import { type PostgresServer, startPostgres } from '../../support/databases/postgres-server.ts'
import { type Product, startProduct, stopProducts } from '../../support/product/product.ts'
import { until } from '../../support/until.ts'
import { atMost, type Figure, told } from '../figure.ts'
import { commandOf, cpuMs, descendants, memoryMb, sumMemory, treeCpuMs } from '../process.ts'
import { benchWall } from '../screens/wall.ts'
import { visits } from '../visits.ts'

const SITES = 640
/** So many sites are visited every 20 seconds meanwhile, as when the wall is measured by day. */
const DEMO_INTERVAL = '20'
/** The evening begins so long before the start. */
const INTO_MS = MINUTE
const BEGINS_MS = 4 * MINUTE

/**
 * The demo by night, everything on: its sites are looked through eight at a time, problems are pictured, all are visited. What
 * that takes for some minutes, what a whole night comes to by that, and the figures of the wall meanwhile.
 */
export async function benchNight(args: readonly string[]): Promise<Figure[]> {
  const { values } = parseArgs({ args: [...args], options: { minutes: { type: 'string', default: '1.5' } } })
  const postgres = await startPostgres(['track_commit_timestamp=on'])
  const { db, close } = await connect({ databaseUrl: postgres.url(), dataDir: '' })
  try {
    const evening = startOfDay(addDays(localDay(Date.now()), 1)) + MACHINE.crawl.fromHour * HOUR
    const aheadMs = evening + INTO_MS - Date.now()
    const product = await startProduct({ env: await nightly(postgres, aheadMs) })
    await product.ready(120_000)
    await until('all sites were visited once', async () => (await visits(product)) >= SITES, 120_000)
    const start = new Date(Date.now() + aheadMs)
    await until('the night has begun', async () => (await seen(db, start)).pages > 0, BEGINS_MS)
    const read = meter(product, postgres, db, aheadMs)
    const wall = benchWall(product, postgres.url())
    await Promise.all([wall, new Promise((resolve) => setTimeout(resolve, Number(values.minutes) * MINUTE))])
    return [...(await read()), ...(await wall)]
  } finally {
    await stopProducts()
    await close()
    await postgres.remove()
  }
}

/** How the product is started: its clock says that the evening has just begun. */
async function nightly(postgres: PostgresServer, aheadMs: number): Promise<Record<string, string>> {
  const clock = fileURLToPath(new URL('../nation/shifted-clock.mjs', import.meta.url))
  return {
    ...{ DATABASE_URL: postgres.url(), DEMO_INTERVAL, LOG_LEVEL: 'warn' },
    ...{ RENDER: 'auto', CHROMIUM_PATH: process.env.CHROMIUM_PATH ?? (await packagedChromium()) },
    ...{ NODE_OPTIONS: `--import=${clock}`, CLOCK_AHEAD_MS: String(aheadMs) },
  }
}

interface Seen {
  /** Pages and files that looks came to, and sites that they were through with. */
  readonly pages: number
  readonly looks: number
  /** Pages that were drawn, and that wait to be. */
  readonly drawn: number
  readonly waiting: number
}

/** What has been done since then, by the clock of the product. */
async function seen(db: Db, since: Date): Promise<Seen> {
  const { rows } = await sql<Seen>`select
    (select count(*)::int from inspection_page where seen_at > ${since}) as pages,
    (select count(*)::int from site_look where looked_at > ${since}) as looks,
    (select count(*)::int from render_order where done_at > ${since} and outcome = 'rendered') as drawn,
    (select count(*)::int from render_order where done_at is null) as waiting
  `.execute(db)
  return rows[0] ?? { pages: 0, looks: 0, drawn: 0, waiting: 0 }
}

/** Of the demo's own servers nothing is counted: they are the city's. */
function own(product: Product): { server: number; browser: number[] } {
  const below = descendants(product.pid).filter((pid) => !/fleet/.test(commandOf(pid)))
  return { server: product.pid, browser: below }
}

/** What the product and its database take from now on. */
function meter(product: Product, postgres: PostgresServer, db: Db, aheadMs: number): () => Promise<Figure[]> {
  const browserMs = () => own(product).browser.reduce((sum, pid) => sum + cpuMs(pid), 0)
  const now = () => ({
    server: cpuMs(product.pid),
    database: treeCpuMs(postgres.pid()),
    browser: browserMs(),
    at: performance.now(),
  })
  const before = now()
  const since = new Date(Date.now() + aheadMs)
  return async () => {
    const after = now()
    const { pages, looks, drawn, waiting } = await seen(db, since)
    const seconds = (after.at - before.at) / 1000
    const cores = (of: 'server' | 'database' | 'browser') => (after[of] - before[of]) / 1000 / seconds
    const { pages: most, files } = MACHINE.crawl
    const hours = (SITES * (most + files)) / (pages / seconds) / 3_600
    return [
      told('pages and files that looks came to', pages / seconds, '/s', 1),
      told('… sites that they were through with', looks, ''),
      atMost(`${SITES} sites of ${most} pages and ${files} files each, at that pace`, hours, 6, 'h', 1),
      atMost(
        '… everything on: cores of server, PostgreSQL and the browser that draws',
        cores('server') + cores('database') + cores('browser'),
        1,
        'cores',
        2,
      ),
      told('… of which the server', cores('server'), 'cores', 2),
      told('… of which PostgreSQL', cores('database'), 'cores', 2),
      told('… of which the browser', cores('browser'), 'cores', 2),
      told('pages drawn meanwhile', drawn / (seconds / 60), 'a minute', 1),
      told('… that wait to be drawn', waiting, ''),
      told('memory of the server (PSS)', memoryMb(product.pid).pss, 'MB'),
      told('… of the process that draws and its browser (PSS)', sumMemory(own(product).browser).pss, 'MB'),
    ]
  }
}
