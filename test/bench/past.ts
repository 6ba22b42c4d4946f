import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { after } from '../../server/app/after.ts'
import { parseConfig } from '../../server/base/config.ts'
import { type Connection, connect } from '../../server/base/db/connect.ts'
import type { Db } from '../../server/base/db/database.ts'
import { migrate } from '../../server/base/db/migrate.ts'
import { keepCheckpoints } from '../../server/city/replay/checkpoints.ts'
import { PastCities } from '../../server/city/replay/city.ts'
import { viewOf } from '../../server/city/sockets/rooms.ts'
import { ensureDivisions } from '../../server/register/divisions/seed.ts'
import { DAY } from '../../shared/base/time.ts'
import { alert, rectification, site } from '../base/live/made.ts'
import { startPostgres } from '../support/databases/postgres-server.ts'
import { makeUnit } from '../support/make.ts'
import { atMost, type Figure, percentile, table, told } from './figure.ts'

const SITES = 640
const DAYS = 90
const START = Date.parse('2025-12-11T00:00:00Z')
const FACTS = 1_000_000
/** Facts of one story, and stories that an alert stays open. */
const STORY = 10
const OPEN_FOR = 100
const AT_ONCE = 50_000
const LOOKS = 60

/**
 * A quarter of a year of 640 sites, a million facts, on both databases: how long it takes to have the whole city of
 * a random instant. Checkpoints are made by the job's own code, and are the same in both.
 */
export async function benchPast(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'siteward-bench-'))
  const server = await startPostgres()
  const postgres = await connect({ databaseUrl: server.url(), dataDir: '' })
  const embedded = await connect({ databaseUrl: undefined, dataDir: folder })
  try {
    const [checkpoints] = await Promise.all([
      fill(postgres.db).then(() => makeCheckpoints(postgres.db)),
      fill(embedded.db),
    ])
    await copyCheckpoints(postgres.db, embedded.db)
    return [checkpoints, ...(await look(embedded, 'embedded')), ...(await look(postgres, 'PostgreSQL'))]
  } finally {
    await Promise.all([embedded.close(), postgres.close()])
    await server.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fill(db: Db): Promise<void> {
  await migrate(db)
  await ensureDivisions(db)
  const unit = await makeUnit(db)
  await sql`
    insert into site (code, name, url, level, district, unit_id, created_at)
    select '440106' || lpad(n::text, 4, '0'), '天河区第' || n || '街道办事处', 'http://site-' || n || '.invalid/', 'street',
      '440106', ${unit.id}, ${new Date(START)}
    from generate_series(1, ${SITES}::int) n
  `.execute(db)
  for (let first = 1; first <= FACTS; first += AT_ONCE) await fillFacts(db, first)
  await sql`update fact_counter set seq = ${FACTS}`.execute(db)
  await sql`
    insert into rectification (site_id, unit_id, stage, raised_at, due_on, due_workdays, at_risk_on, closed_at)
    select fact.site_id, ${unit.id}, 'closed', at, '2026-03-20', 10, '2026-03-18', at
    from fact where kind = 'rectification.raised' order by seq
  `.execute(db)
  await sql`analyze`.execute(db)
}

/**
 * Ten facts at a time: a site is suspected and down, an alert opens, an older one is acknowledged, another resolved
 * and its site well again; four sites change in what is less than their state. Each hundredth time a rectification is raised
 * instead of the last of these, and fifty later closed.
 */
async function fillFacts(db: Db, first: number): Promise<void> {
  const { lastVisitAt: _, latencyMs: __, ...row } = site(1)
  const { id, code, name, district, unitId, level, platform, ...after } = row
  const data = {
    changed: { before: { state: 'healthy', availability: 'up' }, after },
    alert: { alert: alert(1), text: null },
    rectification: { rectification: rectification(1, { alertIds: [] }), text: null },
  }
  await sql`
    with told as (
      select seq, seq / ${STORY}::int as story, seq % ${STORY}::int as part,
        ${new Date(START)}::timestamptz + seq * ${((DAYS * DAY) / FACTS / 1000).toString()}::float8 * interval '1 second' as at
      from generate_series(${first}::int, ${first + AT_ONCE - 1}::int) seq
    ), what as (
      select *, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as iso,
        case when part = 3 then story when part = 4 and story > 20 then story - 20
          when part = 5 and story > ${OPEN_FOR}::int then story - ${OPEN_FOR}::int end as alert_id,
        case when part = 9 and story % 100 = 0 and story > 0 then story / 100
          when part = 9 and story % 100 = 50 and story > 50 then story / 100 end as rectification_id,
        (array['healthy', 'warning', 'down', 'down', 'down', 'healthy', 'healthy', 'healthy', 'healthy', 'healthy'])[part + 1] as state
      from told
    ), placed as (
      select *, 1 + (case when alert_id is not null then alert_id when part in (1, 2) then story
        when part = 6 then greatest(story - ${OPEN_FOR}::int, 0) else seq * 7 end * 37) % ${SITES}::int as site
      from what
    )
    insert into fact (seq, at, kind, site_id, district, alert_id, rectification_id, data)
    select seq, at,
      case when alert_id is not null then (array['alert.opened', 'alert.acknowledged', 'alert.resolved'])[part - 2]
        when rectification_id is not null then case when story % 100 = 0 then 'rectification.raised' else 'rectification.closed' end
        else 'site.changed' end,
      site, '440106', alert_id, rectification_id,
      case when alert_id is not null then ${JSON.stringify(data.alert)}::jsonb
          || jsonb_build_object('alert', ${JSON.stringify(data.alert.alert)}::jsonb || jsonb_build_object('id', alert_id,
            'siteId', site, 'openedAt', iso, 'status', (array['open', 'acknowledged', 'resolved'])[part - 2]))
        when rectification_id is not null then ${JSON.stringify(data.rectification)}::jsonb
          || jsonb_build_object('rectification', ${JSON.stringify(data.rectification.rectification)}::jsonb || jsonb_build_object(
            'id', rectification_id, 'siteId', site, 'stage', case when story % 100 = 0 then 'raised' else 'closed' end))
        else ${JSON.stringify(data.changed)}::jsonb || jsonb_build_object('after',
          ${JSON.stringify(after)}::jsonb || jsonb_build_object('state', state, 'share', seq % 40 / 10.0,
            'stateSince', iso))
        end
    from placed
  `.execute(db)
}

async function makeCheckpoints(db: Db): Promise<Figure> {
  const began = performance.now()
  while (await keepCheckpoints(db)) {}
  return told('a million facts: making all checkpoints', (performance.now() - began) / 1000, 's', 1)
}

async function copyCheckpoints(from: Db, to: Db): Promise<void> {
  const kept = await from.selectFrom('board_checkpoint').selectAll().execute()
  for (const one of kept) await to.insertInto('board_checkpoint').values(one).execute()
}

async function look({ db }: Connection, on: string): Promise<Figure[]> {
  const view = viewOf(['city'], 'city')
  const clock = { now: () => START + DAYS * DAY }
  const log = pino({ level: 'silent' })
  const nothing = () => {}
  const cities = new PastCities({
    config: parseConfig({}, []),
    db,
    clock,
    log,
    wake: nothing,
    recheck: nothing,
    measured: () => {},
    after,
  })
  const times: number[] = []
  for (let n = 0; n < LOOKS; n++) {
    const at = new Date(START + DAY + Math.floor((DAYS - 1) * DAY * ((n * 0.6180339887) % 1)))
    const began = performance.now()
    const snapshot = await cities.at(at, view, false)
    JSON.stringify(snapshot)
    times.push(performance.now() - began)
    const { sites, alerts } = snapshot
    if (sites.length !== SITES || alerts.length < OPEN_FOR) {
      throw new Error(`${sites.length} sites and ${alerts.length} alerts only`)
    }
  }
  const { rows } = await sql<{ bytes: number }>`
    select pg_total_relation_size('board_checkpoint')::int8 as bytes
  `.execute(db)
  const name = `the city at a random instant, a million facts, ${on}`
  return [
    told(`${name}, p50`, percentile(times, 0.5), 'ms'),
    atMost(`${name}, p95`, percentile(times, 0.95), 300, 'ms'),
    told(`checkpoints of a million facts, ${on}`, (rows[0]?.bytes ?? Number.NaN) / 1e6, 'MB'),
  ]
}

if (process.argv[1]?.endsWith('bench/past.ts')) console.log(table(await benchPast()))
