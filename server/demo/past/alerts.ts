import type { NewFact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import {
  type Alert,
  DEFAULT_ACK_MS,
  type Severity,
  wantedSeverity,
} from '../../../shared/desk/alerts/alerts.ts'
import type { AlertChanged, AlertFactKind } from '../../../shared/desk/alerts/facts.ts'
import { weighed } from '../../../shared/desk/alerts/importance.ts'
import type { ColumnCounts } from '../../../shared/monitor/columns/columns.ts'
import { linksSeverity } from '../../../shared/monitor/links/links.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import { v2Evidence } from '../../desk/alerts/rules.ts'
import { rulesInForce } from '../../monitor/verdicts/in-force.ts'
import { chance, pick } from '../cast/random.ts'
import type { PastScan } from './links.ts'
import type { Moment } from './timeline.ts'

/** A site of the register with what the past needs to know of it. */
export interface PastSite {
  readonly id: number
  readonly name: string
  readonly district: string
  readonly level: Level
  readonly unitId: number
  readonly unit: string
  /** Columns of it that count for V3. */
  readonly columns: ColumnCounts
}

/** An alert with every step of its life as a fact, oldest first. */
export interface PastAlert {
  alert: Alert
  readonly facts: NewFact[]
}

/** Who works on it: duty officers, and each district's office. */
export interface Staff {
  readonly duty: readonly Person[]
  readonly offices: ReadonlyMap<string, Person>
  /** Who runs the sites of a unit and can sign in; null: nobody does. */
  readonly operator: { readonly person: Person; readonly unitId: number } | null
}

const RULES = ['DOWN', 'V1', 'V2', 'V3'] as const
const iso = (ms: number) => new Date(ms).toISOString()

/**
 * The alerts that a site's past would have raised, as the monitor opens and resolves them, with the duty officers
 * acknowledging most. Numbers are given later.
 */
export function alertsOf(
  site: PastSite,
  moments: readonly Moment[],
  staff: Staff,
  toMs: number,
): PastAlert[] {
  return RULES.flatMap((rule) => {
    const alerts: PastAlert[] = []
    let live: PastAlert | null = null
    for (const { atMs, facts } of moments) {
      const judged = wantedSeverity(rule, { ...facts, down: facts.availability === 'down' })
      const wanted = judged && weighed(judged, site.level)
      if (!live && wanted) {
        live = open(site, rule, wanted, atMs, evidenceOf(rule, facts, site))
        alerts.push(live)
      } else if (live && !wanted) {
        acknowledge(live, staff, atMs, true)
        step(live, 'alert.resolved', atMs, null, { status: 'resolved', resolvedAt: iso(atMs) })
        live = null
      } else if (live && wanted && wanted !== live.alert.severity) {
        const kind = wanted === 'critical' ? 'alert.raised' : 'alert.eased'
        step(live, kind, atMs, null, { severity: wanted, evidence: evidenceOf(rule, facts, site) })
      }
    }
    if (live) acknowledge(live, staff, toMs, false)
    return alerts
  })
}

/** The alert that the last scan of a site's links left, which lives still. */
export function linksAlertOf(site: PastSite, scan: PastScan, staff: Staff, toMs: number): PastAlert {
  const severity = weighed(linksSeverity(scan.found, rulesInForce()) ?? 'minor', site.level)
  const alert = open(site, 'LINKS', severity, scan.endMs, { broken: scan.found })
  acknowledge(alert, staff, toMs, false)
  return alert
}

function evidenceOf(
  rule: (typeof RULES)[number],
  facts: Moment['facts'],
  { columns }: PastSite,
): Alert['evidence'] {
  if (rule === 'V3') return { columns }
  if (rule === 'DOWN') return { cause: facts.cause, status: null }
  if (rule === 'V1') return { share: facts.share }
  return v2Evidence(facts.newest, null)
}

/** @param site null: it belongs to none. */
export function open(
  site: PastSite | null,
  rule: Alert['rule'],
  severity: Severity,
  atMs: number,
  evidence: Alert['evidence'],
): PastAlert {
  const alert: Alert = {
    id: 0,
    siteId: site?.id ?? null,
    siteName: site?.name ?? null,
    district: site?.district ?? null,
    unitId: site?.unitId ?? null,
    rule,
    severity,
    status: 'open',
    openedAt: iso(atMs),
    acknowledgedBy: null,
    acknowledgedAt: null,
    acknowledgedUntil: null,
    note: null,
    assignee: null,
    assignedUnit: null,
    forgotten: null,
    informed: null,
    mentioned: [],
    falseAlarm: null,
    monitorSeverity: null,
    silencedUntil: null,
    silenceReason: null,
    resolvedAt: null,
    resolvedBy: null,
    recurrences: 0,
    evidence,
    rectificationId: null,
    escalation: null,
    incidentId: null,
    version: 1,
  }
  const past: PastAlert = { alert, facts: [] }
  past.facts.push(factOf(past, 'alert.opened', atMs, null, null))
  return past
}

/** Somebody took it on some minutes after it opened, if it lasted that long; of what is live now, not everything. */
export function acknowledge(past: PastAlert, staff: Staff, untilMs: number, isOver: boolean): void {
  const { id: siteId, openedMs } = { id: past.alert.siteId ?? 0, openedMs: Date.parse(past.alert.openedAt) }
  const lastMs = past.facts.reduce((latest, fact) => Math.max(latest, Date.parse(fact.at)), openedMs)
  const luck = chance(siteId, openedMs / MINUTE, 71)
  const atMs = lastMs + (3 + 50 * chance(siteId, openedMs / MINUTE, 72)) * MINUTE
  if (atMs + MINUTE >= untilMs || luck > (isOver ? 0.8 : 0.55)) return
  const by = pick(staff.duty, siteId, openedMs / MINUTE, 73)
  const assignee = staff.offices.get(past.alert.district ?? '') ?? by
  const endMs = isOver ? atMs + DEFAULT_ACK_MS : untilMs + (1 + 5 * luck) * HOUR
  step(past, 'alert.acknowledged', atMs, by, {
    status: 'acknowledged',
    acknowledgedBy: by,
    acknowledgedAt: iso(atMs),
    acknowledgedUntil: iso(endMs),
  })
  step(past, 'alert.assigned', atMs + MINUTE / 2, by, { assignee })
}

export function step(
  past: PastAlert,
  kind: AlertFactKind,
  atMs: number,
  actor: Person | null,
  change: Partial<Alert>,
): void {
  past.alert = { ...past.alert, ...change, version: past.alert.version + 1 }
  past.facts.push(factOf(past, kind, atMs, actor, null))
}

function factOf(
  { alert }: PastAlert,
  kind: AlertFactKind,
  atMs: number,
  actor: Person | null,
  text: string | null,
): Omit<AlertChanged, 'seq'> {
  return { kind, at: iso(atMs), siteId: alert.siteId, district: alert.district, actor, data: { alert, text } }
}
