import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import {
  type AlertEvidence,
  type AlertRule,
  type AlertStatus,
  PICTURED_RULES,
  RECURRENCE_MS,
  type Severity,
} from '../../../shared/desk/alerts/alerts.ts'
import type { AlertFactKind } from '../../../shared/desk/alerts/facts.ts'
import { weighed } from '../../../shared/desk/alerts/importance.ts'
import type { Tx } from '../../base/db/database.ts'
import { askPicturesOf, type PictureWish } from '../../monitor/pictures/ask.ts'
import { levelsOf } from '../../register/sites/levels.ts'
import { factOf } from './facts.ts'
import { type KeyedAlertRule, type KeyedRule, keyedRule } from './keyed/rules.ts'
import { WAS_MISSED } from './look.ts'
import { alertsById } from './queries.ts'
import { type FollowStep, followStep } from './rules.ts'

/** What a verdict asks of the alert of one site (or, with a null site, of the city) for one rule. */
interface Change {
  readonly siteId: number | null
  readonly rule: AlertRule | KeyedRule
  readonly wanted: Severity | null
  readonly evidence: AlertEvidence
  /** The monitor has seen the site well again. What ends for another reason was no outage that somebody could miss. */
  readonly recovered?: boolean
}
export const SITE_RULES = ['DOWN', 'V1', 'V2', 'V3', 'LINKS', 'CERT', 'MACHINE'] as const
export type SiteRule = (typeof SITE_RULES)[number]
export interface SiteChange extends Change {
  readonly siteId: number
  readonly rule: SiteRule
}

interface LastRow {
  readonly id: number
  readonly status: AlertStatus
  readonly severity: Severity
  readonly resolvedMs: number | null
  /** CERT: the days of which it warned last. */
  readonly within: number | null
}
interface Planned {
  readonly change: Change
  readonly step: FollowStep
  readonly alertId: number | null
}

const FACT_OF: Record<FollowStep, AlertFactKind> = {
  open: 'alert.opened',
  reopen: 'alert.reopened',
  raise: 'alert.raised',
  ease: 'alert.eased',
  resolve: 'alert.resolved',
}

/**
 * Brings the alerts of sites to what the monitor's verdicts ask for: opens them, re-opens those resolved within
 * a day, raises or eases their severity, resolves them. Asking for what is already so changes nothing and costs
 * one select, so every visit may ask. At most one change for a site and rule.
 * @param now epoch ms.
 * @returns the facts in the order of `changes`; the caller appends them.
 */
export function followAlerts(tx: Tx, changes: readonly SiteChange[], now: number): Promise<NewFact[]> {
  return follow(tx, changes, now)
}

/** The same for an alert that belongs to no site. */
export function followCityAlert(
  tx: Tx,
  rule: 'STALL' | 'BEHIND' | 'LINE' | 'ASIDE' | 'UNSEEN',
  wanted: Severity | null,
  evidence: AlertEvidence,
  now: number,
): Promise<NewFact[]> {
  return follow(tx, [{ siteId: null, rule, wanted, evidence }], now)
}

/** What is wrong with one thing that belongs to no site, as a host that many link to. */
export interface KeyedChange {
  readonly rule: KeyedAlertRule
  /** What the thing is known by. */
  readonly key: string
  readonly wanted: Severity | null
  readonly evidence: AlertEvidence
}

/** The same for things that belong to no site: an alert for each, known by its key. At most one change for a key. */
export function followKeyedAlerts(tx: Tx, changes: readonly KeyedChange[], now: number): Promise<NewFact[]> {
  const keyed = changes.map(({ rule, key, wanted, evidence }) => ({
    ...{ siteId: null, rule: keyedRule(rule, key), wanted, evidence: { ...evidence, key } },
  }))
  return follow(tx, keyed, now)
}

async function follow(tx: Tx, judged: readonly Change[], now: number): Promise<NewFact[]> {
  if (judged.length === 0) return []
  const changes = await weigh(tx, judged)
  if (plan(changes, await lastAlerts(tx, changes, now, false), now).length === 0) return []
  // Only now that there is something to do are rows locked, and what people did meanwhile is taken into account.
  const planned = plan(changes, await lastAlerts(tx, changes, now, true), now)
  const changed = new Map<string, number>()
  for (const step of ['resolve', 'open', 'reopen', 'raise', 'ease'] as const) {
    const group = planned.filter((item) => item.step === step)
    if (group.length === 0) continue
    const rows =
      step === 'open' ? await insertAlerts(tx, group, now) : await updateAlerts(tx, step, group, now)
    for (const row of rows) changed.set(keyOf(row.site_id, row.rule), row.id)
    await askPicturesOf(tx, rows.flatMap(picturedBy), now)
  }
  return toFacts(tx, planned, changed, now)
}

/** The severity by what the site counts for: those of portals are graver. Costs a select when something is wrong. */
async function weigh(tx: Tx, changes: readonly Change[]): Promise<readonly Change[]> {
  const open = changes.filter(({ wanted }) => wanted !== null && wanted !== 'critical')
  const levels = await levelsOf(
    tx,
    open.flatMap(({ siteId }) => siteId ?? []),
  )
  if (levels.size === 0) return changes
  return changes.map((change) => ({
    ...change,
    wanted: change.wanted && weighed(change.wanted, levels.get(change.siteId ?? 0)),
  }))
}

const keyOf = (siteId: number | null, rule: string): string => `${siteId ?? 0}:${rule}`

function plan(changes: readonly Change[], last: ReadonlyMap<string, LastRow>, now: number): Planned[] {
  return changes.flatMap((change) => {
    const row = last.get(keyOf(change.siteId, change.rule))
    const step = followStep(row, change.wanted, now) ?? (isCloser(row, change) ? 'raise' : null)
    return step === null ? [] : [{ change, step, alertId: step === 'open' ? null : (row?.id ?? null) }]
  })
}

/** A certificate that comes to its next warning is told of again, also where the severity is the same. */
function isCloser(row: LastRow | undefined, { evidence }: Change): boolean {
  return evidence.within !== undefined && evidence.within < (row?.within ?? 0)
}

/** The live alert of each site and rule or, without one, the last that may still be re-opened. */
async function lastAlerts(
  tx: Tx,
  changes: readonly Change[],
  now: number,
  lock: boolean,
): Promise<Map<string, LastRow>> {
  const siteIds = [...new Set(changes.map((change) => change.siteId ?? 0))]
  const concerned = sql<boolean>`coalesce(site_id, 0) = any(${siteIds}::int[])`
  const since = new Date(now - RECURRENCE_MS)
  // Each half has an index of its own, so that the alerts of years past are not looked through at every visit.
  let query = tx
    .selectFrom('alert')
    .select(['id', 'site_id', 'rule', 'status', 'resolved_at'])
    // A person's severity stands until the monitor's own changes.
    .select(sql<Severity>`coalesce(monitor_severity, severity)`.as('severity'))
    .select(sql<number | null>`(evidence->>'within')::int`.as('within'))
    .where(
      sql<boolean>`(status <> 'resolved' and ${concerned})
        or (status = 'resolved' and resolved_at > ${since} and ${concerned})`,
    )
    // Whoever locks several alerts locks them in this order, so that nobody waits in a circle.
    .orderBy('id')
  if (lock) query = query.forUpdate()
  const last = new Map<string, LastRow>()
  for (const row of await query.execute()) {
    const { id, status, severity, within } = row
    const key = keyOf(row.site_id, row.rule)
    const resolvedMs = row.resolved_at?.getTime() ?? null
    const other = last.get(key)
    const isLater =
      other === undefined ||
      resolvedMs === null ||
      (other.resolvedMs !== null && resolvedMs > other.resolvedMs)
    if (isLater) last.set(key, { id, status, severity, resolvedMs, within })
  }
  return last
}

interface ChangedRow {
  id: number
  site_id: number | null
  rule: AlertRule
}

function picturedBy({ id, site_id, rule }: ChangedRow): PictureWish[] {
  if (site_id === null || !PICTURED_RULES.includes(rule)) return []
  return [{ siteId: site_id, reason: 'verdict', rule, ref: id }]
}

async function insertAlerts(tx: Tx, group: readonly Planned[], now: number): Promise<ChangedRow[]> {
  const rows = group.map(({ change }) => ({ ...change, site_id: change.siteId, severity: change.wanted }))
  const { rows: inserted } = await sql<ChangedRow>`
    insert into alert (site_id, rule, severity, status, opened_at, evidence)
    select site_id, rule, severity, 'open', ${new Date(now)}::timestamptz, evidence
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as c(site_id int, rule text, severity text, evidence jsonb)
    on conflict (coalesce(site_id, 0), rule) where status <> 'resolved' and rule <> 'PLATFORM' do nothing
    returning id, site_id, rule
  `.execute(tx)
  return inserted
}

/** Acknowledgement cleared: what was acknowledged was something else. */
const UNACKNOWLEDGED = sql`
  status = 'open', acknowledged_by = null, acknowledged_at = null, acknowledged_until = null, note = null,
  forgotten_by = null, forgotten_at = null, informed_by = null, informed_at = null, informed_until = null,
  informed_note = null`
/** Judged by the monitor, whatever a person had made of it. */
const JUDGED = sql`severity = c.severity, monitor_severity = null, evidence = c.evidence`

async function updateAlerts(
  tx: Tx,
  step: Exclude<FollowStep, 'open'>,
  group: readonly Planned[],
  now: number,
): Promise<ChangedRow[]> {
  const at = sql`${new Date(now)}::timestamptz`
  const sets = {
    reopen: sql`${UNACKNOWLEDGED}, ${JUDGED}, missed = false, seen_by = null, seen_at = null, incident_id = null, apart_from = null, false_alarm = null,
      opened_at = ${at}, resolved_at = null, resolved_by = null, recurrences = recurrences + 1`,
    raise: sql`${UNACKNOWLEDGED}, ${JUDGED}`,
    ease: JUDGED,
    resolve: sql`status = 'resolved', resolved_at = ${at}, resolved_by = null, missed = c.recovered and ${WAS_MISSED}`,
  }
  const rows = group.map(({ change, alertId }) => ({
    id: alertId,
    severity: change.wanted,
    evidence: change.evidence,
    recovered: change.recovered ?? false,
  }))
  const { rows: updated } = await sql<ChangedRow>`
    update alert set ${sets[step]}, version = version + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(id int, severity text, evidence jsonb, recovered boolean)
    where alert.id = c.id
    returning alert.id, alert.site_id, alert.rule
  `.execute(tx)
  return updated
}

async function toFacts(
  tx: Tx,
  planned: readonly Planned[],
  changed: ReadonlyMap<string, number>,
  now: number,
): Promise<NewFact[]> {
  const alerts = await alertsById(tx, [...changed.values()])
  return planned.flatMap(({ change, step }) => {
    const alert = alerts.get(changed.get(keyOf(change.siteId, change.rule)) ?? 0)
    return alert ? [factOf(FACT_OF[step], alert, null, null, now)] : []
  })
}
