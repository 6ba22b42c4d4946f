import { sql } from 'kysely'
import { DAY, HOUR, localDay } from '../../../shared/base/time.ts'
import { type ColumnCounts, classifyColumn } from '../../../shared/monitor/columns/columns.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import { DEFAULT_SETTINGS } from '../../../shared/monitor/links/links.ts'
import type { SiteFacts } from '../../../shared/monitor/standing/facts.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { keyedRule } from '../../desk/alerts/keyed/rules.ts'
import { termMark } from '../../desk/rectifications/terms/due-facts.ts'
import { hashOf, shapeOf } from '../../monitor/inspections/page/address.ts'
import { addHome } from '../../monitor/links/queries.ts'
import { chance } from '../cast/random.ts'
import type { DemoSite } from '../cast/register.ts'
import { extraColumns, extraPath } from '../fleet/neglected-columns.ts'
import { behaviourAt } from '../fleet/script.ts'
import type { PastAlert } from './alerts.ts'
import type { PastScan } from './links.ts'
import type { PastRectification } from './rectifications.ts'

export interface PastStanding {
  readonly siteId: number
  readonly facts: SiteFacts
  readonly columns: ColumnCounts
}

/** Sets how each site stands. Its page counts as read, but at no known time: the first visit reads it. */
export async function storeStandings(tx: Tx, standings: readonly PastStanding[]): Promise<void> {
  const rows = standings.map(({ siteId, facts, columns }) => ({
    siteId,
    ...facts,
    columns,
    finding: findingOf(facts),
  }))
  await sql`
    update site_state s set state = p.state, state_since = p."stateSince", availability = p.availability, cause = p.cause,
      since = p.since, v1 = p.v1, share = p.share, v2 = p.v2, v3 = p.v3, v3_counts = p.columns, newest = p.newest,
      finding = p.finding, fail_streak = case when p.availability in ('down', 'blocked') then 9 else 0 end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p("siteId" int, state text, "stateSince" timestamptz,
      availability text, cause text, since timestamptz, v1 text, share float8, v2 text, v3 text, columns jsonb, newest text,
      finding jsonb)
    where s.site_id = p."siteId"
  `.execute(tx)
}

function findingOf({ newest, v2 }: SiteFacts): Finding {
  return {
    outcome: newest ? 'dated' : v2 === 'violated' ? 'undated' : 'unreadable',
    newest,
    evidence: null,
    recent: 0,
    items: [],
    rejected: [],
    encoding: 'utf-8',
    entrance: false,
  }
}

export async function storeAlerts(tx: Tx, alerts: readonly PastAlert[]): Promise<void> {
  const rows = alerts.map(({ alert }) => ({
    ...alert,
    // Of such an alert the column holds its key too.
    rule: alert.rule === 'OUTBOUND' ? keyedRule(alert.rule, alert.evidence.key ?? '') : alert.rule,
    acknowledgedById: alert.acknowledgedBy?.id ?? null,
    assigneeId: alert.assignee?.id ?? null,
  }))
  await sql`
    insert into alert (id, site_id, rule, severity, status, opened_at, acknowledged_by, acknowledged_at,
      acknowledged_until, note, assignee_id, resolved_at, recurrences, evidence, version)
    select id, "siteId", rule, severity, status, "openedAt", "acknowledgedById", "acknowledgedAt",
      "acknowledgedUntil", note, "assigneeId", "resolvedAt", recurrences, evidence, version
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(id int, "siteId" int, rule text, severity text,
      status text, "openedAt" timestamptz, "acknowledgedById" int, "acknowledgedAt" timestamptz,
      "acknowledgedUntil" timestamptz, note text, "assigneeId" int, "resolvedAt" timestamptz, recurrences int,
      evidence jsonb, version int)
  `.execute(tx)
  await sql`select setval(pg_get_serial_sequence('alert', 'id'), ${alerts.length + 1}, false)`.execute(tx)
}

export async function storeRectifications(
  tx: Tx,
  rectifications: readonly PastRectification[],
): Promise<void> {
  const rows = rectifications.map(({ rectification, facts }) => ({
    ...rectification,
    toldOverdue: facts.some((fact) => fact.kind === 'rectification.overdue') ? termMark(rectification) : null,
    dueFrom: rectification.dueAt === null ? localDay(Date.parse(rectification.raisedAt)) : null,
    assigneeId: rectification.assignee?.id ?? null,
    raisedById: rectification.raisedBy?.id ?? null,
  }))
  const json = JSON.stringify(rows)
  await sql`
    insert into rectification (id, site_id, unit_id, stage, assignee_id, raised_by, raised_at, due_on, due_workdays,
      at_risk_on, due_at, due_hours, due_from, due_in, due_provisional, assigned_at, accepted_at, told_at_risk, told_overdue, submitted_at, submitted_note, closed_at, returned_count, relapses, overridden, verification, version, source, rule, problem, reference)
    select id, "siteId", "unitId", stage, "assigneeId", "raisedById", "raisedAt", "dueOn", "dueWorkdays",
      "atRiskOn", "dueAt", "dueHours", "dueFrom", case when "dueAt" is null then "dueWorkdays" end, provisional, "assignedAt", "acceptedAt",
      "toldOverdue", "toldOverdue", "submittedAt", "submittedNote", "closedAt", "returnedCount", relapses, overridden, verification, version,
      source, case when source <> 'alert' then rules->>0 end, problem, reference
    from jsonb_to_recordset(${json}::jsonb) as p(id int, "siteId" int, "unitId" int, stage text, "assigneeId" int,
      "raisedById" int, "raisedAt" timestamptz, "dueOn" text, "dueWorkdays" int,
      "atRiskOn" text, "dueAt" timestamptz, "dueHours" int, "dueFrom" text, provisional boolean, "assignedAt" timestamptz, "acceptedAt" timestamptz, "toldOverdue" text, "submittedAt" timestamptz,
      "submittedNote" text, "closedAt" timestamptz, "returnedCount" int, relapses int, overridden boolean,
      verification jsonb, version int, source text, rules jsonb, problem text, reference text)
  `.execute(tx)
  await sql`
    insert into rectification_alert (rectification_id, alert_id)
    select id, ("alertIds"->>0)::int from jsonb_to_recordset(${json}::jsonb) as p(id int, "alertIds" jsonb)
    where jsonb_array_length("alertIds") > 0
  `.execute(tx)
  await sql`select setval(pg_get_serial_sequence('rectification', 'id'), ${rectifications.length + 1}, false)`.execute(
    tx,
  )
}

/** Blank columns were found blank twice running, which no monitor can have seen yet that has just begun. */
export async function storeBlankColumns(
  tx: Tx,
  sites: readonly { id: number; url: string; demo: DemoSite }[],
  nowMs: number,
): Promise<void> {
  const rows = sites.flatMap(({ id, url, demo }) =>
    extraColumns(behaviourAt(demo, nowMs).traits.columns)
      .filter((column) => column.isBlank)
      .map((column, index) => ({
        site_id: id,
        name: column.name,
        url: new URL(extraPath(column), url).href,
        class: classifyColumn(column.name),
        seen_at: new Date(nowMs - HOUR),
        home_items: 0,
        list_items: 0,
        list_dates: '[]',
        list_read_at: new Date(nowMs - 6 * HOUR),
        list_tried_at: new Date(nowMs - 6 * HOUR),
        blank_runs: 2,
        next_visit_at: new Date(nowMs + Math.round(chance(id, index, 61) * DAY)),
      })),
  )
  if (rows.length > 0) await tx.insertInto('site_column').values(rows).execute()
}

const ASKED = { reason: null, prints: [], titles: [], landings: [] }

/** The last scans of sites whose links are broken or cannot be judged, with the broken ones. */
export async function storeScans(tx: Tx, scans: readonly PastScan[]): Promise<void> {
  for (const { siteId, url, startMs, endMs, links, found, isSoft } of scans) {
    const { id } = await tx
      .insertInto('link_scan')
      .values({
        site_id: siteId,
        state: 'done',
        requested_by: null,
        max_depth: DEFAULT_SETTINGS.depth,
        max_pages: DEFAULT_SETTINGS.pages,
        max_links: DEFAULT_SETTINGS.links,
        delay_ms: DEFAULT_SETTINGS.delayMs,
        pages: 80,
        checked: 260,
        created_at: new Date(startMs),
        started_at: new Date(startMs),
        finished_at: new Date(endMs),
        next_at: new Date(endMs),
        found: JSON.stringify(found),
        soft404: JSON.stringify({
          ...ASKED,
          outcome: isSoft ? 'soft' : 'proper',
          url,
          is: isSoft ? 'home' : null,
        }),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const targets = links.map((link) => {
      const at = new URL(link.path, url)
      return {
        scan_id: id,
        url_hash: hashOf(at.href),
        url: at.href,
        shape: shapeOf(at),
        kind: link.kind,
        is_inside: true,
        depth: link.onHome ? 1 : 2,
        on_home: link.onHome,
        found_on: new URL(link.from, url).href,
        found_text: link.text,
        visits: 2,
        gone: link.status === 404 ? 2 : 0,
        next_at: new Date(endMs),
        status: link.status,
        cause: link.status === 404 ? 'http_4xx' : 'http_5xx',
        state: 'confirmed' as const,
      }
    })
    if (targets.length > 0) await tx.insertInto('link_target').values(targets).execute()
  }
}

interface Ports {
  readonly http: number
  readonly https: number
}

const moved = (column: 'url' | 'found_on', { http, https }: Ports) => sql`${sql.ref(column)} = regexp_replace(
  ${sql.ref(column)}, '^(https?://[^/:]+[.]localhost)(:[0-9]+)?', '\\1:' || case when ${sql.ref(column)} like 'https:%'
    then ${String(https)}::text else ${String(http)}::text end)`

/** The fleet is on other ports after each start: broken links that were found are visited where they are now. */
export async function moveBrokenLinks(db: Db, ports: Ports): Promise<void> {
  await sql`
    update link_target set ${moved('url', ports)}, ${moved('found_on', ports)}
    where scan_id in (select scan.id from link_scan scan join site on site.id = scan.site_id
      where site.demo and scan.state = 'done')
  `.execute(db)
  // By which the next scan knows them.
  const links = await db
    .selectFrom('link_target')
    .innerJoin('link_scan as scan', 'scan.id', 'link_target.scan_id')
    .innerJoin('site', 'site.id', 'scan.site_id')
    .select(['link_target.id', 'link_target.url'])
    .where('site.demo', '=', true)
    .where('scan.state', '=', 'done')
    .execute()
  const rows = links.map(({ id, url }) => ({ id, hash: hashOf(url) }))
  await sql`
    update link_target set url_hash = one.hash
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one(id bigint, hash text) where link_target.id = one.id
  `.execute(db)
}

/**
 * The same of what was under way when the demo ended, or was killed: pages that wait to be drawn are drawn where they are now. Looks
 * know their links by hashes of where they were: those by night are begun anew by the next, those that somebody wants at once.
 */
export async function moveUnfinished(db: Db, ports: Ports, now: Date): Promise<void> {
  const ofDemo = sql<boolean>`site_id in (select id from site where demo)`
  // Of the same page at two ports, from two starts, one waits on: they are one address now.
  await sql`
    delete from render_order where done_at is null and ${ofDemo} and id not in (
      select max(id) from render_order where done_at is null and ${ofDemo}
      group by site_id, purpose, ref, regexp_replace(url, '^(https?://[^/:]+[.]localhost):[0-9]+', '\\1'))
  `.execute(db)
  await sql`
    update render_order set ${moved('url', ports)} where done_at is null and ${ofDemo}`.execute(db)
  await db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom('link_scan')
      .where('brief', '=', true)
      .where('state', '<>', 'done')
      .where(ofDemo)
      .execute()
    const scans = await tx
      .updateTable('link_scan')
      .set({ pages: 0, checked: 0, is_cut: false, soft404: null, started_at: null })
      .where('state', '<>', 'done')
      .where(ofDemo)
      .returning(['id', 'max_links', sql<string>`(select url from site where id = site_id)`.as('url')])
      .execute()
    for (const { id, url, max_links: limit } of scans) {
      await tx.deleteFrom('link_target').where('scan_id', '=', id).execute()
      await addHome(tx, id, url, { limit, now })
    }
  })
}
