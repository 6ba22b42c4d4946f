import { Agent, get } from 'node:http'
import { sql } from 'kysely'
import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { migrate } from '../../../server/base/db/migrate.ts'
import { listLetters } from '../../../server/census/letters/queries.ts'
import { rankingOf } from '../../../server/census/letters/ranking/queries.ts'
import { storeRanking } from '../../../server/census/letters/ranking/service.ts'
import { reckoningIn } from '../../../server/census/letters/terms.ts'
import { ensureDivisions } from '../../../server/register/divisions/seed.ts'
import { letterFilter } from '../../../shared/census/letters/letters.ts'
import type { Principal, Scope } from '../../../shared/people/rights/rights.ts'
import { startPostgres } from '../../support/databases/postgres-server.ts'
import { makeUnit } from '../../support/make.ts'
import { startProduct } from '../../support/product/product.ts'
import { atMost, type Figure, percentile, told } from '../figure.ts'

const LETTERS = 1_000_000
const UNITS = 55
/** They came in on these days, evenly; of the last weeks some are still open. */
const [FIRST_DAY, DAYS, TODAY] = ['2024-01-01', 1000, '2026-09-26']
const LOOKS = 60
const AT_ONCE = 50_000
const PUBLIC_PER_SECOND = 500
const PUBLIC_SECONDS = 60

/** A million letters of 55 departments on PostgreSQL: inbox, ranking of a month, and the page for everybody under load. */
export async function benchLetters(): Promise<Figure[]> {
  const postgres = await startPostgres()
  const { db, close } = await connect({ databaseUrl: postgres.url(), dataDir: '' })
  try {
    const units = await fill(db)
    const figures = [...(await inboxes(db, units)), ...(await rankings(db))]
    return [...figures, ...(await publicPage(postgres.url()))]
  } finally {
    await close()
    await postgres.remove()
  }
}

async function fill(db: Db): Promise<number[]> {
  await migrate(db)
  await ensureDivisions(db)
  const units: number[] = []
  for (let n = 0; n < UNITS; n++) units.push((await makeUnit(db)).id)
  for (let from = 1; from <= LETTERS; from += AT_ONCE) await fillSome(db, units, from)
  await sql`vacuum analyze letter`.execute(db)
  return units
}

async function fillSome(db: Db, units: readonly number[], from: number): Promise<void> {
  await sql`
    with made as (
      select n, (${FIRST_DAY}::date + (n::bigint * ${DAYS}::int / ${LETTERS}::int)::int) as day, (n::bigint * 7919 % 1000)::int as dice,
        (${units}::int[])[1 + n % ${UNITS}::int] as unit
      from generate_series(${from}::int, ${from + AT_ONCE - 1}::int) n
    ), dated as (
      select *, day + 14 as due,
        case when dice < 900 then day + 1 + dice % 13 when dice < 985 or day < ${TODAY}::date - 200 then day + 15 + dice % 30 end as answered
      from made
    )
    insert into letter (year, serial, via, kind, title, body, mark, state, unit_id, district, rules, workdays, received_on,
      due_on, due_provisional, act_from, act_on, first_answered_on, answered_on, published_on, rating, created_at)
    select extract(year from day), n, 'import', (array['report', 'question', 'suggestion', 'praise'])[1 + n % 4],
      '来信 ' || n, repeat('内容', 60), md5(n::text), case when answered <= ${TODAY}::date then 'closed' else 'assigned' end,
      unit, '440106', 'hotline-2015', 10, day::text, due::text, false,
      case when answered <= ${TODAY}::date then null else day::text end,
      case when answered <= ${TODAY}::date then null else due::text end,
      case when answered <= ${TODAY}::date then answered::text end,
      case when answered <= ${TODAY}::date then answered::text end,
      case when answered <= ${TODAY}::date and dice % 3 = 0 then answered::text end,
      case when answered <= ${TODAY}::date and dice % 2 = 0 then 1 + dice % 5 end, day
    from dated`.execute(db)
}

async function timed(looks: number, look: (n: number) => Promise<unknown>): Promise<number> {
  const ms: number[] = []
  for (let n = 0; n < looks; n++) {
    const began = performance.now()
    await look(n)
    ms.push(performance.now() - began)
  }
  return percentile(ms, 0.95)
}

async function inboxes(db: Db, units: readonly number[]): Promise<Figure[]> {
  const now = await reckoningIn(db, Date.parse(`${TODAY}T02:00:00Z`))
  const whoIn = (scope: Scope): Principal => ({ id: 1, name: '', role: 'workgroup', scope })
  const open = letterFilter.parse({ state: 'open' })
  const inbox = (scope: Scope) => listLetters(db, whoIn(scope), open, { limit: 50 }, now)
  const { total } = await inbox({ kind: 'city' })
  const all = letterFilter.parse({})
  return [
    told('1,000,000 letters: open ones', total, ''),
    atMost(
      '… inbox of a department, p95',
      await timed(LOOKS, (n) => inbox({ kind: 'unit', unitId: units[n % UNITS] ?? 0 })),
      100,
      'ms',
    ),
    atMost('… inbox of everybody, p95', await timed(LOOKS, () => inbox({ kind: 'city' })), 100, 'ms'),
    told(
      '… all letters of a department, p95',
      await timed(LOOKS, (n) =>
        listLetters(db, whoIn({ kind: 'unit', unitId: units[n % UNITS] ?? 0 }), all, { limit: 50 }, now),
      ),
      'ms',
    ),
  ]
}

async function rankings(db: Db): Promise<Figure[]> {
  const month = (n: number) => `${2024 + (n % 2)}-${String(1 + (n % 12)).padStart(2, '0')}`
  const p95 = await timed(LOOKS, (n) => rankingOf(db, { kind: 'city' }, month(n), TODAY))
  const ranking = await rankingOf(db, { kind: 'city' }, '2026-08', TODAY)
  await db.transaction().execute((tx) => storeRanking(tx, ranking, new Date(), null))
  return [atMost('… ranking of a month, p95', p95, 200, 'ms')]
}

/** The built product serves the page over loopback, so many times a second, whatever the answers take. */
async function publicPage(databaseUrl: string): Promise<Figure[]> {
  const product = await startProduct({ env: { DATABASE_URL: databaseUrl, DEMO: 'off' } })
  try {
    await product.ready()
    const agent = new Agent({ keepAlive: true, maxSockets: 200 })
    const address = `${product.origin}/public/hotline?month=2026-08`
    const single = await timed(LOOKS, () => ask(agent, address))
    const lists = await timed(LOOKS, (n) =>
      ask(agent, `${product.origin}/public/hotline/letters?month=2026-0${1 + (n % 9)}&page=${1 + n}`),
    )
    const letters = await timed(LOOKS, (n) =>
      ask(
        agent,
        `${product.origin}/public/hotline/letters/2026-${String(750_000 + n * 12).padStart(6, '0')}`,
      ),
    )
    const asked: Promise<Asked>[] = []
    const began = performance.now()
    while (performance.now() - began < PUBLIC_SECONDS * 1000) {
      const due = Math.floor(((performance.now() - began) / 1000) * PUBLIC_PER_SECOND)
      while (asked.length < due) asked.push(ask(agent, address))
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    const answers = await Promise.all(asked)
    agent.destroy()
    const wrong = answers.filter(({ status }) => status !== 200).length
    return [
      atMost('… public page, p95', single, 20, 'ms', 1),
      atMost('… a page of the published letters of a month, never the same, p95', lists, 200, 'ms', 1),
      atMost('… page of a letter, never the same, p95', letters, 20, 'ms', 1),
      atMost(`… ${PUBLIC_PER_SECOND} a second for a minute: not answered with the page`, wrong, 0, ''),
      told('… of so many', answers.length, ''),
      told(
        '… p95 meanwhile',
        percentile(
          answers.map(({ ms }) => ms),
          0.95,
        ),
        'ms',
        1,
      ),
    ]
  } finally {
    await product.stop()
  }
}

interface Asked {
  readonly status: number
  readonly ms: number
}

function ask(agent: Agent, address: string): Promise<Asked> {
  const began = performance.now()
  return new Promise((resolve) => {
    const answered = (status: number) => resolve({ status, ms: performance.now() - began })
    get(address, { agent, headers: { 'accept-encoding': 'gzip' } }, (res) => {
      res.resume()
      res.on('end', () => answered(res.statusCode ?? 0))
      res.on('error', () => answered(0))
    }).on('error', () => answered(0))
  })
}
