import { sql } from 'kysely'
import type { SiteFacts } from '../../../shared/facts.ts'
import type { Finding } from '../../../shared/freshness.ts'
import type { Tx } from '../../db/database.ts'
import type { PastAlert } from './alerts.ts'
import type { PastFix } from './rectifications.ts'

/** Sets how each site stands. Its page counts as read, but at no known time: the first visit reads it. */
export async function storeStandings(
  tx: Tx,
  standings: readonly { siteId: number; facts: SiteFacts }[],
): Promise<void> {
  const rows = standings.map(({ siteId, facts }) => ({ siteId, ...facts, finding: findingOf(facts) }))
  await sql`
    update site_state s set state = p.state, state_since = p."stateSince", availability = p.availability, cause = p.cause,
      since = p.since, v1 = p.v1, share = p.share, v2 = p.v2, newest = p.newest,
      finding = p.finding, fail_streak = case when p.availability in ('down', 'blocked') then 9 else 0 end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p("siteId" int, state text, "stateSince" timestamptz,
      availability text, cause text, since timestamptz, v1 text, share float8, v2 text, newest text,
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

export async function storeFixes(tx: Tx, fixes: readonly PastFix[]): Promise<void> {
  const rows = fixes.map(({ fix, facts }) => ({
    ...fix,
    toldOverdue: facts.some((fact) => fact.kind === 'rectification.overdue') ? fix.dueOn : null,
    assigneeId: fix.assignee?.id ?? null,
    raisedById: fix.raisedBy?.id ?? null,
  }))
  const json = JSON.stringify(rows)
  await sql`
    insert into rectification (id, site_id, unit_id, stage, assignee_id, raised_by, raised_at, due_on, due_workdays,
      at_risk_on, told_at_risk, told_overdue, submitted_at, submitted_note, closed_at, returned_count, relapses, overridden, verification, version)
    select id, "siteId", "unitId", stage, "assigneeId", "raisedById", "raisedAt", "dueOn", "dueWorkdays",
      "atRiskOn", "toldOverdue", "toldOverdue", "submittedAt", "submittedNote", "closedAt", "returnedCount", relapses, overridden, verification, version
    from jsonb_to_recordset(${json}::jsonb) as p(id int, "siteId" int, "unitId" int, stage text, "assigneeId" int,
      "raisedById" int, "raisedAt" timestamptz, "dueOn" text, "dueWorkdays" int,
      "atRiskOn" text, "toldOverdue" text, "submittedAt" timestamptz,
      "submittedNote" text, "closedAt" timestamptz, "returnedCount" int, relapses int, overridden boolean,
      verification jsonb, version int)
  `.execute(tx)
  await sql`
    insert into rectification_alert (rectification_id, alert_id)
    select id, ("alertIds"->>0)::int from jsonb_to_recordset(${json}::jsonb) as p(id int, "alertIds" jsonb)
  `.execute(tx)
  await sql`select setval(pg_get_serial_sequence('rectification', 'id'), ${fixes.length + 1}, false)`.execute(
    tx,
  )
}
