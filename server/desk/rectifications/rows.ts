import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Person } from '../../../shared/base/person.ts'
import type {
  Rectification,
  RectificationRequest,
} from '../../../shared/desk/rectifications/rectifications.ts'
import type { Db } from '../../base/db/database.ts'

/** What is asked for and not answered, as JSON. */
export const OPEN_REQUEST = sql<RectificationRequest | null>`(
  select jsonb_build_object('id', r.id, 'kind', r.kind, 'until', r.until, 'reason', r.reason,
    'by', jsonb_build_object('id', asker.id, 'name', asker.name),
    'at', to_char(r.asked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from rectification_request r join user_account asker on asker.id = r.asked_by
  where r.rectification_id = rectification.id and r.state = 'open')`

/** What a rectification is about: the rules of its alerts, and its own. */
export function rulesOf(table: string): RawBuilder<string[]> {
  return sql<string[]>`array(
    select covered_alert.rule from rectification_alert covering
      join alert covered_alert on covered_alert.id = covering.alert_id
    where covering.rectification_id = ${sql.ref(`${table}.id`)}
    union select ${sql.ref(`${table}.rule`)} where ${sql.ref(`${table}.rule`)} is not null
    order by 1)`
}

/** Rectifications with their site, unit, people, alerts and rules, in one statement. */
export function rectificationRows(db: Db) {
  return db
    .selectFrom('rectification')
    .innerJoin('site', 'site.id', 'rectification.site_id')
    .innerJoin('unit', 'unit.id', 'rectification.unit_id')
    .leftJoin('user_account as assignee', 'assignee.id', 'rectification.assignee_id')
    .leftJoin('user_account as raiser', 'raiser.id', 'rectification.raised_by')
    .selectAll('rectification')
    .select([
      'site.name as site_name',
      'site.district',
      'unit.name as unit_name',
      'assignee.name as assignee_name',
      'raiser.name as raiser_name',
      sql<number[]>`array(select covered.alert_id from rectification_alert covered
        where covered.rectification_id = rectification.id order by covered.alert_id)`.as('alert_ids'),
      rulesOf('rectification').as('rules'),
      OPEN_REQUEST.as('request'),
    ])
}

type RectificationRow =
  ReturnType<typeof rectificationRows> extends SelectQueryBuilder<infer _DB, infer _TB, infer Row>
    ? Row
    : never

export function toRectification(row: RectificationRow): Rectification {
  return {
    id: row.id,
    siteId: row.site_id,
    siteName: row.site_name,
    district: row.district,
    unitId: row.unit_id,
    unit: row.unit_name,
    alertIds: row.alert_ids,
    rules: row.rules,
    source: row.source,
    problem: row.problem,
    reference: row.reference,
    incidentId: row.incident_id,
    batchId: row.batch_id,
    stage: row.stage,
    assignee: person(row.assignee_id, row.assignee_name),
    raisedBy: person(row.raised_by, row.raiser_name),
    raisedAt: row.raised_at.toISOString(),
    dueOn: row.due_on,
    dueAt: iso(row.due_at),
    dueHours: row.due_hours,
    provisional: row.due_provisional,
    dueWorkdays: row.due_workdays,
    atRiskOn: row.at_risk_on ?? row.due_on,
    pause: row.pause,
    pausedWorkdays: row.paused_workdays,
    request: row.request,
    assignedAt: iso(row.assigned_at),
    acceptedAt: iso(row.accepted_at),
    submittedAt: iso(row.submitted_at),
    submittedNote: row.submitted_note,
    closedAt: iso(row.closed_at),
    returnedCount: row.returned_count,
    relapses: row.relapses,
    overridden: row.overridden,
    verification: row.verification,
    version: row.version,
  }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

function person(id: number | null, name: string | null): Person | null {
  return id === null ? null : { id, name: name ?? '' }
}
