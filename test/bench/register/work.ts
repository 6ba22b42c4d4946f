import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../../server/base/db/database.ts'
import { unhurried } from '../../../server/base/db/unhurried.ts'
import { editionInForce } from '../../../server/register/rule-editions/in-force.ts'
import { addDays, DAY, localDay } from '../../../shared/base/time.ts'
import { INSPECTION_RULES } from '../../../shared/monitor/inspections/catalogue.ts'

/** Statements that write more rows than this at once would hold them all in memory. */
const SITES_AT_ONCE = 10_000
/** Problems of each site that are there; every tenth site has one more that is gone. */
const PROBLEMS_EACH = 3
const PLATFORMS = 60
const HOSTS = 30_000
const FACTS = 60_000
const RULES = INSPECTION_RULES.map(({ id, version }) => ({ id, version }))

/**
 * Writes what a year leaves of a register beside its sites: what offices filled in, what the machine said of each and the 252,000
 * problems that it found, sheets at the ends of two months, alerts, rectifications, findings of persons, foreign hosts, facts.
 */
export async function fillWork(db: Db, nowMs: number): Promise<void> {
  const at = new Date(nowMs)
  const { last } = await db
    .selectFrom('site')
    .select((eb) => eb.fn.max('id').as('last'))
    .executeTakeFirstOrThrow()
  for (let from = 0; from < last; from += SITES_AT_ONCE) {
    const some = sql`site.id > ${from}::int and site.id <= ${from + SITES_AT_ONCE}::int`
    await written(db, async (tx) => {
      await ofRegister(tx, some)
      await ofMachine(tx, some, at)
      await ofSheets(tx, some, localDay(nowMs))
    })
  }
  await written(db, async (tx) => {
    await ofDesk(tx, at)
    await ofHosts(tx, at)
    await ofFacts(tx, at)
  })
  // No transaction can do this.
  await db.connection().execute(async (connection) => {
    await sql`set statement_timeout = 0`.execute(connection)
    await sql`vacuum analyze`.execute(connection)
    await sql`reset statement_timeout`.execute(connection)
  })
}

const written = (db: Db, work: (tx: Tx) => Promise<void>): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await unhurried(tx)
    await work(tx)
  })

type Some = RawBuilder<unknown>

async function ofRegister(db: Tx, some: Some): Promise<void> {
  await sql`
    insert into own_field (id, section, kind, zh, en) values (1, 'basic', 'text', '等保级别', 'Protection level')
    on conflict do nothing`.execute(db)
  await sql`
    update site set
      platform = case when id % 4 = 0 then '第' || id % ${PLATFORMS}::int || '集约化平台' end,
      profile = jsonb_build_object('icp', '粤ICP备' || id / 2 || '号-1', 'builders', jsonb_build_array('建设办公室' || id % 500),
        'operators', case when id % 3 = 0 then '[]'::jsonb else jsonb_build_array('运维单位' || id % 500) end,
        'own1', '三级', 'supervisors', jsonb_build_array('主管单位' || id % 500, '另一单位'), 'maintainers', jsonb_build_array('技术公司' || id % 50))
    where ${some}`.execute(db)
  await sql`
    update site set url = case id % 100 when 1 then 'https://www.site-' || (id - 1) || '.invalid/index.html' else url end
    where ${some} and id % 100 = 1`.execute(db)
}

async function ofMachine(db: Tx, some: Some, at: Date): Promise<void> {
  await sql`
    insert into inspection (site_id, rule, outcome, reason, at, since, version, pages, unmeasured)
    select site.id, rule.id, (array['clear', 'clear', 'found', 'unmeasured'])[1 + (site.id + length(rule.id)) % 4],
      case when (site.id + length(rule.id)) % 4 = 3 then 'waiting' end, ${at}, ${at}, rule.version, 12, 0
    from site, jsonb_to_recordset(${JSON.stringify(RULES)}::jsonb) as rule(id text, version int) where ${some}`.execute(
    db,
  )
  await sql`
    insert into site_look (site_id, looked_at, rules, unmeasured)
    select site.id, ${at}, ${RULES.length}::int, 9 from site where ${some}`.execute(db)
  const ids = RULES.map(({ id }) => id)
  await sql`
    insert into inspection_problem (site_id, rule, key, url, excerpt, detail, told, first_at, last_at, gone_at, state, rule_version)
    select site.id, (${ids}::text[])[1 + (site.id * 7 + n * 11) % ${ids.length}::int], '/content/' || n || '/' || site.id % 300,
      site.url || 'content/' || n || '.html', '页面第' || n || '处有如下内容，请核对后整改。', '{}',
      case when (site.id + n) % 5 = 0 then 'host-' || site.id % 400 || '.invalid' end, ${at}, ${at},
      case when n > ${PROBLEMS_EACH}::int then ${at}::timestamptz end,
      case when (site.id + n) % 9 = 0 then 'refused' else 'open' end, 1
    from site, generate_series(1, ${PROBLEMS_EACH}::int + 1) n
    where ${some} and (n <= ${PROBLEMS_EACH}::int or site.id % 10 = 0)`.execute(db)
  await sql`
    insert into site_imprint (site_id, read_at, final_url, said, differs, site_version)
    select site.id, ${at}, site.url,
      '{"title":"网站","codes":[],"icp":[],"police":[],"units":[],"phones":[],"leadsToContact":true,"marks":[],"unseen":null}',
      case when site.id % 6 = 0 then array['icp', 'unit'] else '{}' end, site.version
    from site where ${some}`.execute(db)
}

async function ofSheets(db: Tx, some: Some, today: string): Promise<void> {
  const { code, rules } = editionInForce()
  const vetoes = rules.flatMap(({ id, effect }) => (effect.form === 'veto' ? [id] : []))
  const said = { count: 1, by: 'machine', replacedBy: null, proof: [] }
  const lines = JSON.stringify(rules.map(({ id }, n) => ({ rule: id, points: n % 3, ...said })))
  for (const day of [addDays(today, -31), addDays(today, -1)]) {
    await sql`
      insert into sheet (site_id, edition, revision, from_day, to_day, outcome, points, score, vetoes, unmeasured, lines)
      select site.id, ${code}, 1, ${day}, ${day}, (array['passed', 'failed', 'vetoed', 'open'])[1 + site.id % 4], site.id % 40,
        100 - site.id % 40, case when site.id % 4 = 2 then ${vetoes.slice(0, 2)}::text[] else '{}' end, '{}', ${lines}::jsonb
      from site where ${some}`.execute(db)
  }
}

async function ofDesk(db: Tx, at: Date): Promise<void> {
  const ago = (days: RawBuilder<unknown>) => sql`${at}::timestamptz - ${days} * interval '1 day'`
  await sql`
    insert into alert (site_id, rule, severity, status, opened_at, resolved_at, evidence)
    select site.id, (array['DOWN', 'V2'])[1 + n % 2], 'major', 'resolved', ${ago(sql`(site.id % 90 + n)`)},
      ${ago(sql`(site.id % 90 + n)`)} + interval '40 minutes', '{"cause":"timeout"}'
    from site, generate_series(0, 3) n where site.id % 3 = 0`.execute(db)
  await sql`
    insert into rectification (site_id, unit_id, stage, raised_at, due_on, due_workdays, closed_at, returned_count, relapses)
    select site.id, site.unit_id, case when site.id % 16 = 0 then 'accepted' else 'closed' end, ${ago(sql`(site.id % 60 + 5)`)},
      to_char(${ago(sql`(site.id % 60)`)}, 'YYYY-MM-DD'), 5,
      case when site.id % 16 = 0 then null else ${ago(sql`(site.id % 60)`)} end, 0, 0
    from site where site.id % 4 = 0`.execute(db)
  await sql`
    insert into rectification_alert (rectification_id, alert_id)
    select rectification.id, min(alert.id) from rectification join alert on alert.site_id = rectification.site_id
    group by rectification.id`.execute(db)
  await sql`
    insert into census_finding (site_id, edition, rule, kind, serial, note, proof, state, recorded_by, recorded_at)
    select site.id, ${editionInForce().code}, 'S7', 'ZW', 1, '首页信息不准确', '{}', 'proposed', (select min(id) from user_account), ${at}
    from site where site.id % 3 = 0`.execute(db)
}

async function ofHosts(db: Tx, at: Date): Promise<void> {
  await sql`
    insert into outbound_host (host, url, state, since, sites, pages, first_seen_at, last_seen_at, looked_at, next_look_at)
    select 'host-' || n || '.invalid', 'http://host-' || n || '.invalid/', case when n % 50 = 0 then 'hijacked' else 'fine' end,
      ${at}, 3, 9, ${at}, ${at}, ${at}, ${at}
    from generate_series(1, ${HOSTS}::int) n`.execute(db)
  await sql`
    insert into outbound_use (host_id, site_id, scan_id, pages, is_code, examples, first_seen_at, last_seen_at)
    select distinct 1 + (site.id * 31 + n * 97) % ${HOSTS}::int, site.id, 1, 3, false, '[]'::jsonb, ${at}::timestamptz,
      ${at}::timestamptz
    from site, generate_series(1, 3) n`.execute(db)
}

/** Of an alert that nobody has taken on. */
const NOBODY = JSON.stringify({
  ...{
    status: 'open',
    acknowledgedBy: null,
    acknowledgedAt: null,
    acknowledgedUntil: null,
    note: null,
    assignee: null,
  },
  ...{ silencedUntil: null, silenceReason: null, resolvedAt: null, resolvedBy: null, rectificationId: null },
  ...{ escalation: null, incidentId: null, recurrences: 0, version: 1 },
})

/** What changed in the last days, as those who look back ask for it. */
async function ofFacts(db: Tx, at: Date): Promise<void> {
  // In the order of the log: a month of alerts that were over soon, and then a week in which sites went down and came up again.
  const step = sql`interval '1 second' * ${(30 * DAY) / 1000 / FACTS}::float8`
  await sql`
    insert into fact (seq, at, kind, site_id, district, alert_id, data)
    select told.seq, told.at, case when is_over then 'alert.resolved' else 'alert.opened' end, site.id, site.district, alert.id,
      jsonb_build_object('text', null, 'alert', ${NOBODY}::jsonb || jsonb_build_object('id', alert.id, 'siteId', site.id,
        'siteName', site.name, 'district', site.district, 'unitId', site.unit_id, 'rule', alert.rule, 'severity', alert.severity,
        'openedAt', ${at.toISOString()}::text, 'evidence', alert.evidence) || case when is_over
          then jsonb_build_object('status', 'resolved', 'resolvedAt', ${at.toISOString()}::text) else '{}' end)
    from (select row_number() over (order by id) as n, alert.* from alert where status = 'resolved' limit ${FACTS / 2}::int) alert
    join site on site.id = alert.site_id
    cross join (values (false), (true)) as kind(is_over)
    cross join lateral (select 2 * n - 1 + is_over::int) as numbered(seq)
    cross join lateral (
      select numbered.seq, ${at}::timestamptz - interval '7 days' - (${FACTS}::int - numbered.seq) * ${step} as at) as told`.execute(
    db,
  )
  const standing = (state: string, availability: string) =>
    JSON.stringify({
      ...{ state, availability, v1: 'ok', v2: 'ok', v3: 'ok', cause: null, share: 0, newest: null },
      ...{ stateSince: at.toISOString(), since: at.toISOString(), flapping: false },
    })
  const [up, down] = [standing('healthy', 'up'), standing('down', 'down')]
  await sql`
    insert into fact (seq, at, kind, site_id, district, data)
    select ${FACTS}::int + n, ${at}::timestamptz - (${FACTS}::int - n) * interval '10 seconds', 'site.changed', site.id, site.district,
      case when n % 2 = 0 then jsonb_build_object('before', ${up}::jsonb, 'after', ${down}::jsonb)
        else jsonb_build_object('before', ${down}::jsonb, 'after', ${up}::jsonb) end
    from generate_series(1, ${FACTS}::int) n join site on site.id = 1 + n`.execute(db)
  await sql`update fact_counter set seq = ${2 * FACTS}::int`.execute(db)
}
