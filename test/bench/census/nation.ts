import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { migrate } from '../../../server/base/db/migrate.ts'
import { drawRound, openRound } from '../../../server/census/rounds/open.ts'
import { planRound } from '../../../server/census/rounds/service.ts'
import { drawnSites } from '../../../server/census/rounds/sites.ts'
import { keepSheets } from '../../../server/census/score-sheets/keep.ts'
import { siteSheet } from '../../../server/census/score-sheets/service.ts'
import { summaryOf } from '../../../server/census/summary/service.ts'
import { ensureVisitPartitions } from '../../../server/monitor/visit-store/partitions.ts'
import { ensureDivisions } from '../../../server/register/divisions/seed.ts'
import { addDays, DAY, HOUR, localDay, startOfDay } from '../../../shared/base/time.ts'
import { newRound } from '../../../shared/census/rounds/rounds.ts'
import { testContext } from '../../support/context.ts'
import { startPostgres } from '../../support/databases/postgres-server.ts'
import { datedFinding, makeDistricts } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { ROOT } from '../../support/product/product.ts'
import { atMost, type Figure, percentile, told } from '../figure.ts'

/** Sites of the nation's register at the last count. */
const SITES = 84_094
const OPENED = 200
const COLUMNS = 6
/** Hours of the week that V1 looks back on, and one before them. */
const HOURS = 7 * 24 + 1
const HOURS_AT_ONCE = 24
const VISITS_AN_HOUR = 12
const SHARE = 0.1
const SECOND = 0.2
const SEED = '上证 3123.45'

/**
 * Score sheets and a spot check of a whole nation on a real PostgreSQL: every site with a week of hours, six columns and a
 * scan of its links. All sites are scored for a day by the work of the night; a spot check is drawn, and drawn once more by
 * the one-page script that uses nothing of ours.
 */
export async function benchNation(): Promise<Figure[]> {
  const server = await startPostgres()
  const connection = await connect({ databaseUrl: server.url(), dataDir: '' })
  try {
    const { db } = connection
    const nowMs = Date.now()
    await fill(db, nowMs)
    const ctx = { ...testContext({ db }), clock: { now: () => nowMs }, log: pino({ level: 'silent' }) }
    const { duty } = await makePeople(db)
    const kept = await timed(() => keepSheets(ctx, addDays(localDay(nowMs), -1)))
    const { n } = await db
      .selectFrom('sheet')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    if (n !== SITES) throw new Error(`${n} sheets were kept`)
    const opened: number[] = []
    for (let at = 0; at < OPENED; at++) {
      opened.push(await timed(() => siteSheet(ctx, duty, 1 + ((at * 419) % SITES), {})))
    }
    const summed = await timed(() => summaryOf(ctx, duty))
    const again = await timed(() => summaryOf(ctx, duty))
    const draw = await drawTwice(ctx, duty)
    return [
      atMost(`${SITES} sites scored for a day and kept, PostgreSQL`, kept / 1000, 120, 's', 1),
      atMost('… the sheet of one of them opens, p95', percentile(opened, 0.95), 150, 'ms'),
      atMost('… the month at a glance, where nothing is summed up yet', summed / 1000, 5, 's', 1),
      atMost('… the same again', again, 300, 'ms'),
      ...draw,
    ]
  } finally {
    await connection.close()
    await server.remove()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

type Ctx = Parameters<typeof drawRound>[0]
type Who = Parameters<typeof drawRound>[1]

/** Draws a tenth of the nation by level and district, and has it repeated from the published list. */
async function drawTwice(ctx: Ctx, duty: Who): Promise<Figure[]> {
  const today = localDay(ctx.clock.now())
  const sample = { share: SHARE, second: SECOND }
  const given = newRound.parse({ kind: 'spot', opensOn: today, dueOn: addDays(today, 14), sample })
  const planned = await planRound(ctx, duty, given)
  const open = await openRound(ctx, duty, planned.id, planned)
  const drawn = await timed(() => drawRound(ctx, duty, open.id, { version: open.version, seed: SEED }))
  const folder = mkdtempSync(join(tmpdir(), 'siteward-bench-'))
  try {
    const rows = await drawnSites(ctx.db, open.id)
    const lines = rows.map(({ code, stratum, rank, draw, second }) =>
      [code, stratum, rank, draw, second ? 1 : 0].join(','),
    )
    const file = join(folder, 'list.csv')
    writeFileSync(file, `code,stratum,rank,draw,second\r\n${lines.join('\r\n')}\r\n`)
    const script = join(ROOT, 'docs/spot-check/repeat-draw.mjs')
    const said = execFileSync(process.execPath, [script, file, SEED, String(SHARE), String(SECOND)])
    const differing = String(said)
      .split('\n')
      .filter((line) => line.startsWith('differs')).length
    const isList = String(said).includes(open.frameHash ?? 'no hash')
    const chosen = rows.filter(({ draw }) => draw === 'chosen').length
    return [
      told(`a spot check of the nation is drawn: ${chosen} sites`, drawn / 1000, 's', 1),
      atMost(
        '… sites that the one-page script draws otherwise',
        differing + (isList ? 0 : SITES),
        0,
        'sites',
      ),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A nation of sites, one unit to every ten, in the groups of the test city. */
async function fill(db: Db, nowMs: number): Promise<void> {
  await migrate(db)
  await ensureDivisions(db)
  await makeDistricts(db)
  const at = new Date(nowMs)
  const finding = JSON.stringify(datedFinding(localDay(nowMs - DAY)))
  await sql`
    insert into unit (name, district)
    select '第' || n || '办公室', (select code from district order by position offset n % 13 limit 1)
    from generate_series(1, ${Math.ceil(SITES / 10)}::int) n
  `.execute(db)
  await sql`
    insert into site (code, name, url, level, district, unit_id, created_at)
    select lpad((1000000000 + n)::text, 10, '0'), '第' || n || '网站', 'http://site-' || n || '.invalid/',
      (array['city_department', 'district_department', 'street', 'town'])[1 + n % 4], unit.district, unit.id, ${at}
    from generate_series(1, ${SITES}::int) n join unit on unit.id = 1 + n % ${Math.ceil(SITES / 10)}::int
  `.execute(db)
  await sql`
    insert into site_state (site_id, state, state_since, availability, since, v1, v2, next_visit_at, finding, finding_at, read_again)
    select id, 'healthy', ${at}, 'up', ${at}, 'ok', 'ok', ${at}, ${finding}::jsonb, ${at}, false from site
  `.execute(db)
  await sql`
    insert into site_column (site_id, name, url, class, seen_at, home_items, home_dates, list_items, list_dates, list_read_at)
    select id, '栏目' || c, url || c || '/', (array['news', 'notice', 'policy', 'personnel', 'plan', 'other'])[c], ${at}, 8,
      jsonb_build_array(to_char(${at}::timestamptz - (id % 40 + c) * interval '1 day', 'YYYY-MM-DD')), 20,
      jsonb_build_array(to_char(${at}::timestamptz - (id % 40 + c) * interval '1 day', 'YYYY-MM-DD')), ${at}
    from site, generate_series(1, ${COLUMNS}::int) c
  `.execute(db)
  await sql`
    insert into link_scan (site_id, state, max_depth, max_pages, max_links, delay_ms, created_at, started_at, finished_at, next_at)
    select id, 'done', 5, 2000, 20000, 0, ${at}, ${at}, ${at}, ${at} from site
  `.execute(db)
  await sql`
    insert into link_target (scan_id, url_hash, url, shape, kind, is_inside, depth, on_home, found_on, found_text, next_at, state)
    select scan.id, md5(scan.id || '-' || n), 'http://site-' || scan.site_id || '.invalid/' || n, '/n', 'page', true, 2, n = 1, '/',
      '链接', ${at}, 'confirmed'
    from link_scan scan, generate_series(1, 3) n where scan.site_id % 3 = 0
  `.execute(db)
  const last = Math.floor(startOfDay(localDay(nowMs)) / HOUR)
  const days = Array.from(
    { length: HOURS_AT_ONCE / 2 },
    (_, n) => (last + 2 * HOURS_AT_ONCE) * HOUR - n * DAY,
  )
  await ensureVisitPartitions(db, days)
  for (let hour = last - HOURS; hour < last + HOURS_AT_ONCE; hour += HOURS_AT_ONCE) {
    await sql`
      insert into visit_hour (site_id, hour, total, failed, excluded, ok_ms_sum, max_ms)
      select site.id, to_timestamp((${hour}::int + n) * 3600::float8), ${VISITS_AN_HOUR}::int, (site.id + n) % 97 / 96, 0, 900, 120
      from site, generate_series(0, ${HOURS_AT_ONCE - 1}::int) n
    `.execute(db)
  }
  await sql`analyze`.execute(db)
}
