import type { Alert } from '../../shared/alerts.ts'
import { isWaiting } from '../alerts/triage.ts'
import type { MarkKind } from '../ui/marks.ts'

/** The mark of what an alert is about: the state that it puts its site in. */
export function alertMark({ rule, severity }: Pick<Alert, 'rule' | 'severity'>): MarkKind {
  if (rule === 'PLATFORM') return 'down'
  if (rule === 'DOWN') return severity === 'critical' ? 'dead' : 'down'
  if (rule === 'V1') return severity === 'critical' ? 'dead' : 'warning'
  if (rule === 'V2') return severity === 'critical' ? 'dormant' : 'warning'
  return 'warning'
}

const MARK_ORDER: readonly MarkKind[] = ['dead', 'down', 'dormant', 'warning']

/** What nobody has taken on first; then the monitor's own troubles, then the worst; of equals the one that waits longest. */
export function sortAlerts(alerts: Iterable<Alert>, nowMs: number): Alert[] {
  const rank = (alert: Alert): number =>
    (isWaiting(alert, nowMs) ? 0 : 10) +
    (alert.siteId === null ? 0 : 1 + MARK_ORDER.indexOf(alertMark(alert)))
  return [...alerts].sort((a, b) => rank(a) - rank(b) || a.openedAt.localeCompare(b.openedAt) || a.id - b.id)
}

/** A site's alerts on one line: the first of them, and how many more it has. */
export interface AlertLine {
  readonly alert: Alert
  readonly more: number
}

/** One line for each site, so that a site with two rules broken does not hide another. */
export function alertLines(alerts: Iterable<Alert>, nowMs: number): AlertLine[] {
  const lines = new Map<string, AlertLine>()
  for (const alert of sortAlerts(alerts, nowMs)) {
    const key = alert.siteId === null ? `${alert.rule} ${alert.incidentId ?? ''}` : String(alert.siteId)
    const line = lines.get(key)
    lines.set(key, line ? { alert: line.alert, more: line.more + 1 } : { alert, more: 0 })
  }
  return [...lines.values()]
}
