import { HOUR } from '../../../../shared/base/time.ts'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { foldIncidents } from '../../../../shared/desk/alerts/alerts-rules.ts'
import { isWaiting } from '../../../desk/alerts/triage.ts'
import { type AlertLine, alertLines, alertMark, lineOf, type SitesOfAlerts, stateOf } from './alert-lines.ts'

/** What opened within this time has just happened. */
export const RECENT_MS = HOUR

/**
 * What has just happened, the newest first, one line a site: whatever opens is the first line at once. Each site
 * speaks for itself here, whether it shares its failure with others or not.
 */
export function recentLines(alerts: Iterable<Alert>, nowMs: number): AlertLine[] {
  const lines = new Map<string, AlertLine>()
  const all = [...alerts].sort((a, b) => b.openedAt.localeCompare(a.openedAt) || b.id - a.id)
  for (const alert of all) {
    if (alert.rule === 'PLATFORM') continue
    const key = lineOf(alert)
    const line = lines.get(key)
    if (line) lines.set(key, { ...line, more: line.more + 1 })
    else if (nowMs - Date.parse(alert.openedAt) < RECENT_MS) lines.set(key, { alert, more: 0 })
  }
  return [...lines.values()]
}

/**
 * What has waited longest for somebody, the oldest first, one line a site and one for a shared failure; what is only
 * warned of comes after all that is wrong.
 * @param shown lines that stand elsewhere already.
 */
export function neglectedLines(
  alerts: readonly Alert[],
  nowMs: number,
  sites: SitesOfAlerts,
  shown: readonly AlertLine[] = [],
): AlertLine[] {
  const elsewhere = new Set(shown.map(({ alert }) => alert.siteId))
  const isMild = (alert: Alert): boolean =>
    alert.siteId !== null && alertMark(alert, stateOf(sites, alert)) === 'warning'
  return alertLines(foldIncidents(alerts), nowMs, sites, alerts)
    .filter(({ alert }) => isWaiting(alert, nowMs))
    .filter(({ alert }) => alert.siteId === null || !elsewhere.has(alert.siteId))
    .sort(
      (a, b) =>
        Number(isMild(a.alert)) - Number(isMild(b.alert)) ||
        a.alert.openedAt.localeCompare(b.alert.openedAt) ||
        a.alert.id - b.alert.id,
    )
}
