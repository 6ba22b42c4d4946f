import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { appendFacts } from '../../../server/base/facts/append.ts'
import type { NewFact } from '../../../shared/base/facts.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { freePort, startPostgres } from '../../support/databases/postgres-server.ts'
import { PASSWORD } from '../../support/people.ts'
import { type Product, startProduct, stopProducts } from '../../support/product/product.ts'
import { makeCity, makeNation } from '../../support/registers/nation.ts'
import { signIn } from '../../support/session.ts'
import { atMost, type Figure, percentile, told } from '../figure.ts'
import { cpuMs, memoryMb } from '../process.ts'
import { clearUp } from './garbage.ts'

const BROWSERS = 1_000
const PROCESSES = 4
const FACTS_A_SECOND = 10
const MEASURED_MS = 20 * SECOND

/** A thousand browsers that look at the board of one city, and then at that of a nation, on PostgreSQL. */
export async function benchBrowsers(): Promise<Figure[]> {
  return [...(await onRegister('640 sites', makeCity)), ...(await onRegister('84,094 sites', makeNation))]
}

async function onRegister(name: string, fill: (db: Db) => Promise<unknown>): Promise<Figure[]> {
  const postgres = await startPostgres()
  const connection = await connect({ databaseUrl: postgres.url(), dataDir: '' })
  try {
    await fill(connection.db)
    const inspected = await freePort()
    const product = await startProduct({
      env: {
        ...{ DATABASE_URL: postgres.url(), DEMO: 'off' },
        NODE_OPTIONS: `--inspect=127.0.0.1:${inspected}`,
      },
      args: ['--role', 'web'],
    })
    const startedMs = await product.ready(120_000)
    const figures = await measure(product, connection.db, inspected)
    return [told(`${name}: a web process is ready after`, startedMs / 1000, 's', 1), ...figures]
  } finally {
    await stopProducts()
    await connection.close()
    await postgres.remove()
  }
}

async function measure(product: Product, db: Db, inspected: number): Promise<Figure[]> {
  const { cookie } = await signIn(product.origin, 'duty', PASSWORD)
  const clients = await startClients({ port: product.port, cookie, rooms: ['city'] })
  try {
    await pause(5 * SECOND)
    await clearUp(inspected)
    const alone = memoryMb(product.pid).rss
    const first = await all(clients, 'open')
    await pause(5 * SECOND)
    await clearUp(inspected)
    const each = ((memoryMb(product.pid).rss - alone) * 1024) / BROWSERS
    const busy = await whileFactsCome(product, db)
    const back = await whileWatched(product, () => all(clients, 'back'))
    return [
      told('… whole state as the socket has it', Math.max(...first.map(({ bytes }) => bytes)) / 1000, 'kB'),
      told('… memory of it without browsers', alone, 'MB'),
      atMost('… 1,000 browsers: memory each', each, 30, 'kB', 1),
      atMost(`… ${FACTS_A_SECOND} facts/s: CPU`, busy * 100, 30, '% of a core', 1),
      atMost('… all back at once, until the last has the state', slowest(back.result) / 1000, 5, 's', 1),
      atMost('… somebody else waits for the program meanwhile, p99', back.waitMs, 50, 'ms'),
    ]
  } finally {
    for (const client of clients) client.send('end')
  }
}

interface Answer {
  readonly ms: number
  readonly bytes: number
  readonly failed?: string
}
const slowest = (answers: readonly Answer[]) => Math.max(...answers.map(({ ms }) => ms))

async function startClients(who: { port: number; cookie: string; rooms: string[] }): Promise<ChildProcess[]> {
  const file = fileURLToPath(new URL('./clients.mjs', import.meta.url))
  const given = JSON.stringify({ ...who, count: BROWSERS / PROCESSES })
  return Array.from({ length: PROCESSES }, () => fork(file, [given], { execArgv: [] }))
}

/** Has all clients do something at once. @throws when one of them was not let in */
async function all(clients: readonly ChildProcess[], word: 'open' | 'back'): Promise<Answer[]> {
  return Promise.all(
    clients.map(async (client) => {
      client.send(word)
      const [answer] = (await once(client, 'message')) as [Answer]
      if (answer.failed) throw new Error(answer.failed)
      return answer
    }),
  )
}

/** Share of a core that the process takes while facts are told to everybody. */
async function whileFactsCome(product: Product, db: Db): Promise<number> {
  const sites = await db.selectFrom('site').select(['id', 'district']).orderBy('id').limit(640).execute()
  const before = cpuMs(product.pid)
  const began = performance.now()
  for (let n = 0; performance.now() - began < MEASURED_MS; n++) {
    await db.transaction().execute((tx) => appendFacts(tx, [changeOf(sites, n)]))
    await pause(Math.max(0, began + ((n + 1) * SECOND) / FACTS_A_SECOND - performance.now()))
  }
  return (cpuMs(product.pid) - before) / (performance.now() - began)
}

/** A site goes down, and at its next turn is up again. */
function changeOf(sites: readonly { id: number; district: string }[], n: number): NewFact {
  const { id, district } = sites[n % sites.length]!
  const at = new Date().toISOString()
  const isDown = Math.floor(n / sites.length) % 2 === 0
  const [up, down] = [
    { state: 'healthy', availability: 'up' },
    { state: 'down', availability: 'down' },
  ] as const
  const [before, after] = isDown ? [up, down] : [down, up]
  const verdicts = { v1: 'ok', v2: 'ok', v3: 'ok' } as const
  const rest = { stateSince: at, since: at, cause: null, share: 0, newest: null, flapping: false }
  return {
    kind: 'site.changed',
    at,
    siteId: id,
    district,
    actor: null,
    data: { before, after: { ...rest, ...verdicts, ...after } },
  }
}

/** How long somebody else waits meanwhile for an answer that takes no work, p99, ms. */
async function whileWatched<T>(
  product: Product,
  work: () => Promise<T>,
): Promise<{ result: T; waitMs: number }> {
  const waits: number[] = []
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      const began = performance.now()
      await fetch(`${product.origin}/healthz`).then((answer) => answer.arrayBuffer())
      waits.push(performance.now() - began)
      await pause(5)
    }
  })()
  const result = await work()
  isOver = true
  await watching
  return { result, waitMs: percentile(waits, 0.99) }
}
