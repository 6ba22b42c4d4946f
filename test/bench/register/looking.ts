import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { api } from '../../../shared/api.ts'
import { DAY, HOUR, localDay, monthOf } from '../../../shared/base/time.ts'
import type { Endpoint } from '../../../shared/people/rights/endpoint.ts'
import { startPostgres } from '../../support/databases/postgres-server.ts'
import { PASSWORD } from '../../support/people.ts'
import { type Product, startProduct } from '../../support/product/product.ts'
import { makeNation } from '../../support/registers/nation.ts'
import { type Session, signIn } from '../../support/session.ts'
import { atMost, type Figure, told } from '../figure.ts'
import { cpuMs } from '../process.ts'
import { benchBoards } from './boards.ts'
import { fillWork } from './work.ts'

/** Who looks: the whole nation, the office of a province, the owner of some sites. */
const WHO = ['admin', 'tianhe', 'owner'] as const
/** What is in none of these is made on purpose: files of the whole register. */
const FILES = /export|register\.csv|register\.xlsx/
/** Longer, larger or longer in one piece than this is named by itself. */
const [MOST_S, MOST_MB, MOST_BLOCKED_MS] = [0.5, 2, 100]
const BEAT_MS = 5

interface Look {
  readonly who: string
  readonly path: string
  readonly status: number
  readonly ms: number
  readonly bytes: number
  /** Of the web process. */
  readonly cpuMs: number
  /** How long somebody else waited for the same process meanwhile, at most. */
  readonly blockedMs: number
}

/** Every list, sheet and figure that the API gives, of a nation, for those who look; what is slow, large or stops others is named. */
export async function benchLooking(): Promise<Figure[]> {
  const postgres = await startPostgres()
  const connection = await connect({ databaseUrl: postgres.url(), dataDir: '' })
  try {
    const { unitId } = await makeNation(connection.db)
    await sql`update site set unit_id = ${unitId}::int where division = '440106'`.execute(connection.db)
    await fillWork(connection.db, Date.now())
    const product = await startProduct({
      env: { DATABASE_URL: postgres.url(), DEMO: 'off', REQUESTS_PER_MINUTE: '0' },
      args: ['--role', 'web'],
    })
    try {
      await product.ready(120_000)
      const looks = await walk(product, await plausible(connection.db, unitId))
      return [...figuresOf(looks), ...(await benchBoards(product))]
    } finally {
      await product.stop()
    }
  } finally {
    await connection.close()
    await postgres.remove()
  }
}

interface Known {
  /** By the word before it in a path, an id that is there. */
  readonly ids: Readonly<Record<string, string>>
  /** What is asked by name; of spans that are not of days, the instants. */
  readonly asked: Readonly<Record<string, string>>
  readonly instants: Readonly<Record<string, string>>
}

async function plausible(db: Db, unitId: number): Promise<Known> {
  const now = Date.now()
  const of = async (table: string) => {
    const where = table === 'site' ? sql`where unit_id = ${unitId}::int` : sql``
    const { rows } = await sql<{
      id: number | null
    }>`select min(id) as id from ${sql.table(table)} ${where}`.execute(db)
    return String(rows[0]?.id ?? 1)
  }
  const sites = await of('site')
  return {
    ids: {
      ...{ sites, divisions: '440000', users: await of('user_account'), units: String(unitId) },
      ...{
        alerts: await of('alert'),
        rectifications: await of('rectification'),
        outbound: await of('outbound_host'),
      },
      editions: 'cn-2019',
    },
    asked: {
      ...{
        q: '第12',
        days: '30',
        hours: '24',
        stepMinutes: '30',
        district: '440000',
        under: '440000',
        siteId: sites,
      },
      ...{
        from: localDay(now - 7 * DAY),
        to: localDay(now),
        month: monthOf(localDay(now)),
        keys: 'own1',
        sites,
        on: localDay(now),
      },
      ...{
        name: '第4集约化平台',
        at: new Date(now - HOUR).toISOString(),
        after: '119000',
        kind: 'site',
        workdays: '5',
      },
    },
    instants: { from: new Date(now - 7 * DAY).toISOString(), to: new Date(now).toISOString() },
  }
}

/** Asks for everything, bare, and where that can be with a place and with a word. */
async function walk(product: Product, known: Known): Promise<Look[]> {
  const looks: Look[] = []
  for (const who of WHO) {
    const session = await signIn(product.origin, who, PASSWORD)
    for (const endpoint of Object.values(api) as Endpoint[]) {
      for (const path of pathsOf(endpoint, known)) looks.push(await look(product, session, who, path))
    }
  }
  return looks
}

/** @returns none of what is no look: a command, a file of everything, something of what nothing is there */
function pathsOf({ method, path, query }: Endpoint, { ids, asked, instants }: Known): string[] {
  if (method !== 'GET' || FILES.test(path)) return []
  const filled = path.replace(/([^/]+)\/:(\w+)/g, (whole, before: string) =>
    ids[before] === undefined ? whole : `${before}/${ids[before]}`,
  )
  if (filled.includes(':')) return []
  if (!query) return [filled]
  const has = (some: Record<string, string>) => query.safeParse(some).success
  const keys = Object.keys((query as { shape?: Record<string, unknown> }).shape ?? {})
  const from = (given: Known['asked']) => (wanted: readonly string[]) =>
    Object.fromEntries(wanted.flatMap((key) => (keys.includes(key) && given[key] ? [[key, given[key]]] : [])))
  // A span is of days, or of instants.
  const pick = [from(asked), from({ ...asked, ...instants })].find((one) => has(one(keys)))
  if (!pick) return []
  const needed = keys.filter((key) => !has(pick(keys.filter((one) => one !== key))) && has(pick(keys)))
  // Of a nation a list has some sites, and asks for those.
  needed.push(...keys.filter((key) => key === 'sites'))
  const ways = [needed, [...needed, 'q'], [...needed, 'district'], [...needed, 'under']]
  const paths = ways.map(pick).filter(has)
  return [...new Set(paths.map((one) => `${filled}?${new URLSearchParams(one)}`))]
}

async function look(product: Product, session: Session, who: string, path: string): Promise<Look> {
  const beat = heart(product)
  const before = cpuMs(product.pid)
  const began = performance.now()
  const answer = await session.fetch(path)
  const bytes = (await answer.arrayBuffer()).byteLength
  const ms = performance.now() - began
  const took = cpuMs(product.pid) - before
  return { who, path, status: answer.status, ms, bytes, cpuMs: took, blockedMs: await beat() }
}

/** Asks again and again for what takes no work. @returns what ends that, and says how long an answer took at most */
function heart({ origin }: Product): () => Promise<number> {
  let isOver = false
  let most = 0
  const beating = (async () => {
    while (!isOver) {
      const began = performance.now()
      await fetch(`${origin}/healthz`).then((answer) => answer.arrayBuffer())
      most = Math.max(most, performance.now() - began)
      await pause(BEAT_MS)
    }
  })()
  return async () => {
    isOver = true
    await beating
    return most
  }
}

function figuresOf(looks: readonly Look[]): Figure[] {
  const worst = [...looks].sort((a, b) => b.ms - a.ms)
  const told_ = ({ who, path, status, ms, bytes, cpuMs: cpu, blockedMs }: Look) =>
    `${ms.toFixed(0).padStart(6)} ms ${(bytes / 1000).toFixed(0).padStart(6)} kB ${cpu.toFixed(0).padStart(5)} ms CPU ` +
    `${blockedMs.toFixed(0).padStart(5)} ms blocked  ${status} ${who} ${path}`
  const given = worst.filter(({ status }) => status >= 200 && status < 300)
  // A question that is asked wrongly is a fault of this walk: what it would have found is not measured.
  const failed = worst.filter(({ status }) => status === 400 || status >= 500)
  const refused = worst.filter((one) => !given.includes(one) && !failed.includes(one))
  for (const [name, some] of Object.entries({ given, failed, refused }))
    process.stderr.write(`\n${name}: ${some.length}\n${some.map(told_).join('\n')}\n`)
  const most = (of: (look: Look) => number) => Math.max(...looks.map(of))
  return [
    told(
      `a nation of 84,094 sites is looked at in ${given.length} ways, ${WHO.length} persons`,
      given.length,
      'answers',
    ),
    atMost('… the slowest answer', most(({ ms }) => ms) / 1000, MOST_S, 's', 2),
    atMost('… the largest', most(({ bytes }) => bytes) / 1e6, MOST_MB, 'MB', 2),
    atMost(
      '… somebody else waits for the program meanwhile, at most',
      most(({ blockedMs }) => blockedMs),
      MOST_BLOCKED_MS,
      'ms',
    ),
    atMost('… that failed', failed.length, 0, 'answers'),
    told('… refused to who may not, or of what is not there', refused.length, 'answers'),
  ]
}
