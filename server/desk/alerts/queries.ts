import { type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Person } from '../../../shared/base/person.ts'
import type { Alert, AlertStatus } from '../../../shared/desk/alerts/alerts.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Database, Db, Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { standsAlone } from './incidents/alone.ts'
import { ruleIn, ruleOf } from './keyed/rules.ts'

export interface AlertFilter {
  readonly status: AlertStatus | 'live'
  readonly district?: string | undefined
  /** Id of a person; null for nobody. */
  readonly assigneeId?: number | null | undefined
  readonly rule?: string | undefined
  readonly siteId?: number | undefined
  /** Number of the unit. */
  readonly unit?: number | undefined
  /** Only outages that nobody has looked at. */
  readonly missed?: boolean | undefined
  /** Only those resolved since then. */
  readonly resolvedSince?: string | undefined
}

/** One alert within a scope. */
export async function findAlert(db: Db, scope: Scope, id: number): Promise<Alert | undefined> {
  const row = await alertRows(db).where('alert.id', '=', id).where(within(scope, 'site')).executeTakeFirst()
  return row && toAlert(row)
}

/** The alerts with these ids, whoever asks, by id. */
export async function alertsById(db: Db, ids: readonly number[]): Promise<Map<number, Alert>> {
  if (ids.length === 0) return new Map()
  const rows = await alertRows(db).where(sql<boolean>`alert.id = any(${ids}::int[])`).execute()
  return new Map(rows.map((row) => [row.id, toAlert(row)]))
}

/** The same, locked in the order of their ids, as everybody does who locks several. */
export async function lockAlerts(tx: Tx, ids: readonly number[]): Promise<Map<number, Alert>> {
  await sql`select id from alert where id = any(${ids}::int[]) order by id for update`.execute(tx)
  return alertsById(tx, ids)
}

/** Every live alert of the city, oldest first. */
export async function listLiveAlerts(db: Db): Promise<Alert[]> {
  const rows = await alertRows(db)
    .where('alert.status', '<>', sql.lit('resolved'))
    .orderBy('alert.id')
    .execute()
  return rows.map(toAlert)
}

/**
 * Alerts within a scope, newest first: by id, which never changes, so that a page neither repeats nor skips one
 * that is re-opened meanwhile.
 * @param page at most `limit`, with ids before `before`.
 */
export async function listAlerts(
  db: Db,
  scope: Scope,
  filter: AlertFilter,
  page: { limit: number; before?: number | undefined },
): Promise<{ items: Alert[]; total: number }> {
  let query = alertRows(db).where(matches(scope, filter))
  if (page.before !== undefined) query = query.where('alert.id', '<', page.before)
  const rows = await query.orderBy('alert.id', 'desc').limit(page.limit).execute()
  const { total } = await db
    .selectFrom('alert')
    .leftJoin('site', 'site.id', 'alert.site_id')
    .where(matches(scope, filter))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map(toAlert), total }
}

function matches(scope: Scope, filter: AlertFilter) {
  const { status, district, assigneeId, rule, siteId, unit, resolvedSince, missed } = filter
  return sql<boolean>`${sql.join(
    [
      within(scope, 'site'),
      status === 'live' ? sql`alert.status <> 'resolved'` : sql`alert.status = ${status}`,
      ...(district === undefined ? [] : [sql`site.district = ${district}`]),
      ...(assigneeId === undefined ? [] : [sql`alert.assignee_id is not distinct from ${assigneeId}`]),
      ...(rule === undefined ? [] : [sql`${ruleIn('alert.rule')} = ${rule}`]),
      ...(siteId === undefined ? [] : [sql`alert.site_id = ${siteId}`]),
      ...(unit === undefined ? [] : [sql`site.unit_id = ${unit}`]),
      ...(missed ? [sql`alert.missed and alert.seen_at is null`] : []),
      ...(resolvedSince === undefined ? [] : [sql`alert.resolved_at >= ${new Date(resolvedSince)}`]),
    ],
    sql` and `,
  )}`
}

/** Of a column that holds the id of a person: their name. */
const nameOf = (column: string) =>
  sql<string | null>`(select name from user_account where id = ${sql.ref(column)})`

/** Alerts with their site, their people and the open rectification that covers them, in one statement. */
function alertRows(db: Db) {
  return db
    .selectFrom('alert')
    .leftJoin('site', 'site.id', 'alert.site_id')
    .leftJoin('unit as assigned', 'assigned.id', 'alert.assigned_unit_id')
    .selectAll('alert')
    .select([
      'site.name as site_name',
      'site.district',
      'site.unit_id',
      'assigned.name as assigned_unit_name',
    ])
    .select([
      nameOf('alert.acknowledged_by').as('acknowledger_name'),
      nameOf('alert.assignee_id').as('assignee_name'),
      nameOf('alert.resolved_by').as('resolver_name'),
      nameOf('alert.forgotten_by').as('forgetter_name'),
      nameOf('alert.informed_by').as('informant_name'),
      nameOf('alert.seen_by').as('looker_name'),
    ])
    .select([openRectification, mentioned])
    .select(standsAlone('alert').as('alone'))
}

function openRectification(eb: ExpressionBuilder<Database, 'alert'>) {
  return eb
    .selectFrom('rectification_alert as covered')
    .innerJoin('rectification', 'rectification.id', 'covered.rectification_id')
    .whereRef('covered.alert_id', '=', 'alert.id')
    .where('rectification.stage', '<>', 'closed')
    .select('rectification.id')
    .orderBy('rectification.id', 'desc')
    .limit(1)
    .as('rectification_id')
}

function mentioned(eb: ExpressionBuilder<Database, 'alert'>) {
  return eb
    .selectFrom('alert_mention')
    .whereRef('alert_mention.alert_id', '=', 'alert.id')
    .select(sql<number[]>`coalesce(array_agg(distinct user_id order by user_id), '{}')`.as('ids'))
    .as('mentioned')
}

type AlertRow =
  ReturnType<typeof alertRows> extends SelectQueryBuilder<infer _DB, infer _TB, infer Row> ? Row : never

function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    siteId: row.site_id,
    siteName: row.site_name,
    district: row.district,
    unitId: row.unit_id,
    rule: ruleOf(row.rule),
    severity: row.severity,
    monitorSeverity: row.monitor_severity,
    status: row.status,
    openedAt: row.opened_at.toISOString(),
    acknowledgedBy: person(row.acknowledged_by, row.acknowledger_name),
    acknowledgedAt: iso(row.acknowledged_at),
    acknowledgedUntil: iso(row.acknowledged_until),
    note: row.note,
    forgotten: forgotten(row),
    informed: informed(row),
    assignee: person(row.assignee_id, row.assignee_name),
    assignedUnit: person(row.assigned_unit_id, row.assigned_unit_name),
    mentioned: row.mentioned ?? [],
    silencedUntil: iso(row.silenced_until),
    silenceReason: row.silence_reason,
    resolvedAt: iso(row.resolved_at),
    resolvedBy: person(row.resolved_by, row.resolver_name),
    falseAlarm: row.false_alarm,
    ...(row.missed && { missed: true }),
    ...(row.seen_at && {
      seen: { by: { id: row.seen_by ?? 0, name: row.looker_name ?? '' }, at: row.seen_at.toISOString() },
    }),
    recurrences: row.recurrences,
    evidence: row.evidence,
    rectificationId: row.rectification_id,
    escalation: escalation(row),
    incidentId: row.incident_id,
    ...(row.alone && row.status !== 'resolved' && { alone: true }),
    version: row.version,
  }
}

function forgotten(row: AlertRow): Alert['forgotten'] {
  const by = person(row.forgotten_by, row.forgetter_name)
  return by && row.forgotten_at && { by, at: row.forgotten_at.toISOString() }
}

function informed(row: AlertRow): Alert['informed'] {
  const { informed_at: at, informed_until: until, informed_note: note } = row
  const by = person(row.informed_by, row.informant_name)
  return by && at && until && { by, at: at.toISOString(), until: until.toISOString(), note }
}

function escalation({ escalation_level: level, escalated_at: at }: AlertRow): Alert['escalation'] {
  return level && at && { level, at: at.toISOString() }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

function person(id: number | null, name: string | null): Person | null {
  return id === null ? null : { id, name: name ?? '' }
}
