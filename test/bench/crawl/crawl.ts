import { systemClock } from '../../../server/base/clock.ts'
import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { migrate } from '../../../server/base/db/migrate.ts'
import { startScan } from '../../../server/monitor/links/service.ts'
import { ensureDivisions } from '../../../server/register/divisions/seed.ts'
import { DAY, MINUTE } from '../../../shared/base/time.ts'
import { testContext } from '../../support/context.ts'
import { type PostgresServer, startPostgres } from '../../support/databases/postgres-server.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { type Product, startProduct, stopProducts } from '../../support/product/product.ts'
import { until } from '../../support/until.ts'
import { atMost, type Figure, told } from '../figure.ts'
import { cpuMs, treeCpuMs } from '../process.ts'
import { type LargeSite, serveLargeSite } from './site.ts'

const PAGES = 2_000
const KILLED_AT = 700
/** Work that somebody has let fall is looked for once a minute, after its lease. */
const TAKEN_UP_MS = 4 * MINUTE
const DONE_MS = 6 * MINUTE

/**
 * A monitor of its own looks through a site of 2,000 pages by every rule, without the pauses that spare a server, and is killed
 * in between: how often each page is asked for, how soon another goes on, and what a page costs.
 */
export async function benchCrawl(): Promise<Figure[]> {
  const site = await serveLargeSite(PAGES)
  const postgres = await startPostgres()
  const { db, close } = await connect({ databaseUrl: postgres.url(), dataDir: '' })
  try {
    const scanId = await beginScan(db, site.url)
    const first = await startMonitor(postgres)
    await until('a page is asked for', () => site.asked.size > 0, TAKEN_UP_MS)
    const before = meter(first, postgres)
    await until('a third is read', () => site.asked.size >= KILLED_AT, DONE_MS)
    const costs = [before()]
    await first.kill()
    const killedMs = performance.now()
    const read = site.asked.size
    const second = await startMonitor(postgres)
    await until('another goes on', () => site.asked.size > read, TAKEN_UP_MS)
    const resumedS = (performance.now() - killedMs) / 1000
    const after = meter(second, postgres)
    await until('the look is at its end', () => isDone(db, scanId), DONE_MS)
    costs.push(after())
    return figuresOf(site, costs, resumedS)
  } finally {
    await stopProducts()
    await close()
    await postgres.remove()
    site.close()
  }
}

interface Cost {
  readonly monitorMs: number
  readonly databaseMs: number
  readonly wallMs: number
}

/** What monitor and database spend from now on. */
function meter(monitor: Product, postgres: PostgresServer): () => Cost {
  const now = () => [cpuMs(monitor.pid), treeCpuMs(postgres.pid()), performance.now()] as const
  const before = now()
  return () => {
    const [monitorMs, databaseMs, wallMs] = now()
    return {
      monitorMs: monitorMs - before[0],
      databaseMs: databaseMs - before[1],
      wallMs: wallMs - before[2],
    }
  }
}

function figuresOf({ asked }: LargeSite, costs: readonly Cost[], resumedS: number): Figure[] {
  const perPage = (of: keyof Cost) => costs.reduce((sum, cost) => sum + cost[of], 0) / asked.size
  const twice = [...asked.values()].filter((n) => n > 1).length
  return [
    {
      name: `pages of a site of ${PAGES} that were read`,
      value: String(asked.size),
      target: `≥ ${PAGES - 1}`,
      ok: asked.size >= PAGES - 1,
    },
    atMost('… asked for more than once, the monitor being killed on the way', twice, 1, 'page(s)'),
    told('… gone on with after the kill', resumedS, 's'),
    atMost(
      '… CPU a page with every rule, monitor and PostgreSQL',
      perPage('monitorMs') + perPage('databaseMs'),
      25,
      'ms',
      1,
    ),
    told('… of which the monitor', perPage('monitorMs'), 'ms', 1),
    told('… time a page', perPage('wallMs'), 'ms', 1),
  ]
}

/** A register with that site alone, which nobody visits but the look that waits for a monitor. @returns the number of the look */
async function beginScan(db: Db, url: string): Promise<number> {
  await migrate(db)
  await ensureDivisions(db)
  const people = await makePeople(db)
  const site = await makeSite(db, { url, unit_id: people.unitId })
  await db
    .updateTable('site_state')
    .set({ next_visit_at: new Date(Date.now() + DAY) })
    .execute()
  const ctx = { ...testContext({ db }), clock: systemClock }
  const settings = { depth: 8, pages: PAGES, links: 20_000, delayMs: 100 }
  const { id } = await startScan(ctx, people.duty, site.id, settings)
  await db
    .updateTable('link_scan')
    .set({ delay_ms: 0, next_at: new Date(Date.now() - MINUTE) })
    .execute()
  return id
}

async function startMonitor(postgres: PostgresServer): Promise<Product> {
  const env = {
    DATABASE_URL: postgres.url(),
    DEMO: 'off',
    ALLOW_ADDRESSES: '127.0.0.0/8',
    WEEKLY_SCANS: '0',
    LOG_LEVEL: 'warn',
  }
  const monitor = await startProduct({ env, args: ['--role', 'monitor'] })
  await monitor.ready(60_000)
  return monitor
}

async function isDone(db: Db, scanId: number): Promise<boolean> {
  const { state } = await db
    .selectFrom('link_scan')
    .select('state')
    .where('id', '=', scanId)
    .executeTakeFirstOrThrow()
  return state === 'done'
}
