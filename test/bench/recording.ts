import { monitorEventLoopDelay } from 'node:perf_hooks'
import { sql } from 'kysely'
import { pino } from 'pino'
import { systemTimers } from '../../server/base/clock.ts'
import { connect } from '../../server/base/db/connect.ts'
import type { Db } from '../../server/base/db/database.ts'
import { migrate } from '../../server/base/db/migrate.ts'
import { claimDueSites } from '../../server/monitor/schedule/queries.ts'
import { ensureVisitPartitions } from '../../server/monitor/visit-store/partitions.ts'
import { rulesKey } from '../../server/recording/quiet.ts'
import { recordVisits } from '../../server/recording/record.ts'
import { Recorder } from '../../server/recording/recorder.ts'
import { ensureDivisions } from '../../server/register/divisions/seed.ts'
import { DAY, HOUR, localDay } from '../../shared/base/time.ts'
import { testContext } from '../support/context.ts'
import { type PostgresServer, startPostgres } from '../support/databases/postgres-server.ts'
import { datedFinding, makeDistricts } from '../support/make.ts'
import { visitOf } from '../support/visits/visited.ts'
import { atMost, type Figure, told } from './figure.ts'
import { cpuMs, treeCpuMs } from './process.ts'

/** Sites of the nation's register at the last count; fewer for a quick look. */
const SITES = Number(process.env.SITES ?? 84_094)
const INTERVAL_S = 300
const TICK_MS = 400
const STEADY_MS = 60_000
/** Of a hundred sites, so many are not well: each of their visits is a full step. */
const DORMANT_PERCENT = 12
const VISITS_A_DAY = (24 * 3_600) / INTERVAL_S
const BATCH = 100
const FLOOD = 20_000
/** Hours of which one row of the week that V1 looks back on is made. */
const HOURS_A_ROW = 4

/**
 * What it costs to claim turns and to store visits of a whole nation's register, without a network: claimed as the schedule
 * does it and recorded at the pace of five minutes, then as fast as it goes.
 */
export async function benchRecording(): Promise<Figure[]> {
  const server = await startPostgres()
  const connection = await connect({ databaseUrl: server.url(), dataDir: '' })
  try {
    const { db } = connection
    await fill(db, Date.now())
    const ctx = { ...testContext({ db }), clock: { now: () => Date.now() }, log: pino({ level: 'error' }) }
    const recorder = new Recorder(ctx, systemTimers)
    const steady = await measure(db, server, () => claimed(ctx, recorder))
    // Once before: rows of the hour and the day are there then.
    await flooded(recorder)
    const flood = await measure(db, server, () => flooded(recorder))
    const judged = await measure(db, server, () => judgedInFull(ctx))
    return [
      ...toFigures('at the pace of five minutes', steady),
      ...toFigures('as fast as it goes', flood),
      ...toFigures('as fast as it goes, each judged in full', judged),
    ]
  } finally {
    await connection.close()
    await server.remove()
  }
}

type Ctx = ConstructorParameters<typeof Recorder>[0]

/** Turns are claimed each 400 ms, and what they yield is handed to the recorder. @returns visits. */
async function claimed(ctx: Ctx, recorder: Recorder): Promise<number> {
  let made = 0
  const until = performance.now() + STEADY_MS
  for (let next = performance.now(); next < until; next += TICK_MS) {
    const intervals = { defaultIntervalS: INTERVAL_S, demoIntervalS: INTERVAL_S }
    const due = await claimDueSites(ctx.db, { now: new Date(), limit: 1_000, ...intervals })
    for (const { siteId, url } of due) recorder.add(quiet(siteId, url), () => {})
    made += due.length
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next + TICK_MS - performance.now())))
  }
  await recorder.flush()
  return made
}

async function flooded(recorder: Recorder): Promise<number> {
  for (let n = 0; n < FLOOD; n += 1_000) {
    for (let at = n; at < n + 1_000; at++) recorder.add(someVisit(at), () => {})
    await recorder.flush()
  }
  return FLOOD
}

async function judgedInFull(ctx: Ctx): Promise<number> {
  for (let n = 0; n < FLOOD; n += BATCH) {
    await recordVisits(
      ctx,
      Array.from({ length: BATCH }, (_, at) => someVisit(n + at)),
    )
  }
  return FLOOD
}

const someVisit = (n: number) => quiet(1 + ((n * 419) % SITES), 'http://x.invalid/')

const quiet = (id: number, url: string) => {
  const visit = visitOf({ id, url }, Date.now())
  return { ...visit, result: { ...visit.result, totalMs: 20 + (id % 80), etag: `"${id}"`, ...shown(id) } }
}

/** Where a site answers, and by which certificate: half of them are on TLS. */
const shown = (id: number) => ({
  address: `10.${id % 7}.${id % 250}.${id % 240}`,
  ...(id % 2 === 0 && { certificate: String(id).padStart(64, 'c'), certDaysLeft: 120 }),
})

interface Cost {
  readonly visits: number
  readonly seconds: number
  readonly nodeMs: number
  readonly databaseMs: number
  readonly loopMs: number
  readonly wal: number
  readonly rows: number
  /** What a site and day of visits, its hours and its day take, plain. */
  readonly bytes: number
  /** Of the updates of sites' rows, those that touched no index, per cent. */
  readonly hot: number
}

async function measure(db: Db, server: PostgresServer, work: () => Promise<number>): Promise<Cost> {
  const loop = monitorEventLoopDelay({ resolution: 5 })
  const before = await written(db)
  const [began, node, database] = [performance.now(), cpuMs(process.pid), treeCpuMs(server.pid())]
  loop.enable()
  const visits = await work()
  loop.disable()
  const seconds = (performance.now() - began) / 1000
  const [nodeMs, databaseMs] = [cpuMs(process.pid) - node, treeCpuMs(server.pid()) - database]
  // Statistics are told by each connection a second after its last statement.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const after = await written(db)
  return {
    visits,
    seconds,
    nodeMs,
    databaseMs,
    loopMs: loop.percentile(99) / 1e6,
    wal: after.wal - before.wal,
    rows: after.rows - before.rows,
    bytes: after.bytes,
    hot: (100 * (after.hot - before.hot)) / (after.updated - before.updated),
  }
}

interface Written {
  wal: number
  rows: number
  bytes: number
  hot: number
  updated: number
}

async function written(db: Db): Promise<Written> {
  const { rows } = await sql<Written>`
    select (pg_current_wal_lsn() - '0/0')::float8 as wal, sum(n_tup_ins + n_tup_upd)::float8 as rows,
      (${VISITS_A_DAY} * coalesce(sum(pg_total_relation_size(relid)) filter (where relname like 'visit_2%')
          / nullif(sum(n_live_tup) filter (where relname like 'visit_2%'), 0), 0)
        + 24 * sum(pg_total_relation_size(relid)) filter (where relname like 'visit_hour_%')
          / sum(n_live_tup) filter (where relname like 'visit_hour_%'))::float8 as bytes,
      coalesce(sum(n_tup_hot_upd) filter (where relname like 'site%'), 0)::float8 as hot,
      coalesce(sum(n_tup_upd) filter (where relname like 'site%'), 0)::float8 as updated
    from pg_stat_user_tables`.execute(db)
  const [row] = rows
  if (!row) throw new Error('no statistics')
  return row
}

function toFigures(how: string, cost: Cost): Figure[] {
  const { visits, seconds } = cost
  const each = (value: number) => value / visits
  const cores = cost.databaseMs / 1000 / seconds
  return [
    told(`visits claimed and recorded, ${how}`, visits / seconds, '/s', 1),
    told('… CPU of node for 1,000', each(cost.nodeMs) * 1000, 'ms'),
    told('… CPU of PostgreSQL for 1,000', each(cost.databaseMs) * 1000, 'ms'),
    ...(how.startsWith('at') ? [atMost('… PostgreSQL', cores, 0.3, 'cores', 2)] : []),
    told('… event loop late, p99', cost.loopMs, 'ms'),
    told('… rows written for one', each(cost.rows), 'rows', 2),
    told('… write-ahead log for one', each(cost.wal), 'B'),
    told('… a site and day of visits and hours, plain', cost.bytes / 1024, 'KB', 1),
    told('… updates of sites that touched no index', cost.hot, '%'),
  ]
}

async function fill(db: Db, nowMs: number): Promise<void> {
  await migrate(db)
  await ensureDivisions(db)
  await makeDistricts(db)
  const at = new Date(nowMs)
  const finding = JSON.stringify(datedFinding(localDay(nowMs - DAY)))
  const units = Math.ceil(SITES / 10)
  await sql`
    insert into unit (name, district)
    select '第' || n || '办公室', (select code from district order by position offset n % 13 limit 1)
    from generate_series(1, ${units}::int) n
  `.execute(db)
  await sql`
    insert into site (code, name, url, level, district, unit_id, created_at)
    select lpad((1000000000 + n)::text, 10, '0'), '第' || n || '网站', 'http://site-' || n || '.invalid/',
      (array['city_department', 'district_department', 'street', 'town'])[1 + n % 4], unit.district, unit.id, ${at}
    from generate_series(1, ${SITES}::int) n join unit on unit.id = 1 + n % ${units}::int
  `.execute(db)
  await fillStates(db, at, finding)
  await sql`
    insert into alert (site_id, rule, severity, status, opened_at, evidence)
    select site_id, 'V2', 'major', 'open', ${at}, '{}' from site_state where v2 = 'violated'
  `.execute(db)
  await fillHours(db, nowMs)
  await sql`vacuum analyze`.execute(db)
}

/** Each has been visited for long, and has its own place in the interval. */
async function fillStates(db: Db, at: Date, finding: string): Promise<void> {
  await sql`
    insert into site_state (site_id, state, state_since, availability, since, v1, share, v1_at, v2, newest, v3_at,
      next_visit_at, last_visit_at, last_ok_at, latency_ms, status, body_hash, etag, cert_days_left, certificate, address,
      finding, finding_at, read_again, quiet_until, quiet_by)
    select n, case when dormant then 'dormant' else 'healthy' end, ${at}, 'up', ${at}, 'ok', 0,
      ${at}::timestamptz - place * interval '1 hour', case when dormant then 'violated' else 'ok' end,
      ${localDay(at.getTime() - DAY)}, ${at}, ${at}::timestamptz + place * ${INTERVAL_S}::int * interval '1 second',
      ${at}, ${at}, 50, 200, md5(n::text), '"' || n || '"', case when n % 2 = 0 then 120 end,
      case when n % 2 = 0 then lpad(n::text, 64, 'c') end, '10.' || n % 7 || '.' || n % 250 || '.' || n % 240,
      case when dormant then jsonb_set(${finding}::jsonb, '{newest}', '"2020-01-01"') else ${finding}::jsonb end, ${at}, false,
      case when not dormant then ${at}::timestamptz + (1 - place) * interval '1 hour' end, case when not dormant then ${rulesKey()}::text end
    from (select n, n % 100 < ${DORMANT_PERCENT}::int as dormant, (n * 0.6180339887498949)::numeric % 1 as place
      from generate_series(1, ${SITES}::int) n) made
  `.execute(db)
}

async function fillHours(db: Db, nowMs: number): Promise<void> {
  await ensureVisitPartitions(
    db,
    Array.from({ length: 10 }, (_, n) => nowMs - n * DAY),
  )
  const hour = Math.floor(nowMs / HOUR) - 1
  await sql`
    insert into visit_hour (site_id, hour, total, failed, excluded, ok_ms_sum, max_ms)
    select site.id, to_timestamp((${hour}::int - n * ${HOURS_A_ROW}::int) * 3600::float8), 48, 0, 0, 900, 120
    from site, generate_series(0, ${(8 * 24) / HOURS_A_ROW}::int) n
  `.execute(db)
}
