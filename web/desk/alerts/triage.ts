import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { foldIncidents, SEVERITIES } from '../../../shared/desk/alerts/alerts-rules.ts'

/** Told to nobody until a time: it is known, and not what a duty officer has to take next. */
export function isSilenced(alert: Pick<Alert, 'silencedUntil'>, nowMs: number): boolean {
  return alert.silencedUntil !== null && Date.parse(alert.silencedUntil) > nowMs
}

/** 0: nobody has taken it; 1: somebody has; 2: silenced; 3: over. */
function turn(alert: Alert, nowMs: number): number {
  if (alert.status === 'resolved') return 3
  if (isSilenced(alert, nowMs)) return 2
  return alert.status === 'open' ? 0 : 1
}

/** What the site of an alert counts for (`shared/desk/alerts/importance-rules.ts`); 0 for what belongs to none. */
export type WeightOf = (alert: Alert) => number

/**
 * The one order of alerts, wherever they are listed: what nobody has taken first, then what many sites share, then by severity
 * and by what the site counts for, then the newest. Among resolved alerts the latest comes first.
 */
export function triage(alerts: Iterable<Alert>, nowMs: number, weight: WeightOf = () => 0): Alert[] {
  const keyed = [...alerts].map((alert) => ({ alert, key: sortKey(alert, nowMs, weight) }))
  keyed.sort((a, b) => compareKeys(a.key, b.key))
  return keyed.map(({ alert }) => alert)
}

/** Ten thousand alerts are compared a hundred thousand times: no iterators here. */
function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function sortKey(alert: Alert, nowMs: number, weight: WeightOf): readonly number[] {
  const first = turn(alert, nowMs)
  if (alert.resolvedAt) return [first, -Date.parse(alert.resolvedAt), -alert.id]
  return [
    first,
    alert.siteId === null ? 0 : 1,
    SEVERITIES.indexOf(alert.severity),
    -weight(alert),
    -Date.parse(alert.openedAt),
    -alert.id,
  ]
}

/** How an alert is handled: nobody has it, somebody has, it is silenced, or over. */
export const HANDLINGS = ['open', 'acknowledged', 'silenced', 'resolved'] as const
export type Handling = (typeof HANDLINGS)[number]

export function handlingOf(alert: Alert, nowMs: number): Handling {
  return HANDLINGS[turn(alert, nowMs)] ?? 'resolved'
}

/** Nobody has taken it on, and it is not silenced. */
export function isWaiting(alert: Alert, nowMs: number): boolean {
  return handlingOf(alert, nowMs) === 'open'
}

/**
 * What somebody has to take on, a shared failure as one: the figure that side bar, overview, list and wall show.
 */
export function waitingAlerts(alerts: Iterable<Alert>, nowMs: number): Alert[] {
  return foldIncidents(alerts).filter((alert) => isWaiting(alert, nowMs))
}
