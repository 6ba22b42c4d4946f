import type { BoardSite } from '../../../../shared/city/board.ts'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import type { SiteState } from '../../../../shared/register/sites/states.ts'
import { isWaiting } from '../../../desk/alerts/triage.ts'
import { weightsOf } from '../../../desk/alerts/weights.ts'
import type { MarkKind } from '../../../register/sites/marks/marks.ts'

/** What is known of the sites that alerts are about. */
export type SitesOfAlerts = ReadonlyMap<number, Pick<BoardSite, 'state' | 'level'>>

/**
 * The mark of what an alert is about. That a site is dead is its state and nothing else: an outage of a portal is
 * critical at once (`shared/desk/alerts/importance-rules.ts`), and no more than an outage.
 */
export function alertMark(
  { rule, severity, evidence }: Pick<Alert, 'rule' | 'severity' | 'evidence'>,
  state: SiteState | undefined,
): MarkKind {
  if (rule === 'PLATFORM') return evidence.kind === 'source' ? 'warning' : 'down'
  if (rule === 'DOWN') return state === 'dead' ? 'dead' : 'down'
  // Of verdicts no warning is critical, not even of a portal.
  if (rule === 'V1') return severity === 'critical' ? 'dead' : 'warning'
  if (rule === 'V2') return severity === 'critical' ? 'dormant' : 'warning'
  return 'warning'
}

const MARK_ORDER: readonly MarkKind[] = ['dead', 'down', 'dormant', 'warning']

export const stateOf = (sites: SitesOfAlerts, { siteId }: Pick<Alert, 'siteId'>): SiteState | undefined =>
  siteId === null ? undefined : sites.get(siteId)?.state

/**
 * What nobody has taken on first; then the monitor's own troubles, then the worst, then the sites that count for most;
 * of equals the one that waits longest.
 */
export function sortAlerts(
  alerts: readonly Alert[],
  nowMs: number,
  sites: SitesOfAlerts,
  all: Iterable<Alert> = alerts,
): Alert[] {
  const weight = weightsOf(all, sites)
  const rank = (alert: Alert): number =>
    (isWaiting(alert, nowMs) ? 0 : 10) +
    (isOwnTrouble(alert) ? 0 : 1 + MARK_ORDER.indexOf(alertMark(alert, stateOf(sites, alert))))
  return [...alerts].sort(
    (a, b) =>
      rank(a) - rank(b) || weight(b) - weight(a) || a.openedAt.localeCompare(b.openedAt) || a.id - b.id,
  )
}

/** The monitor's own, or a failure of many; what became of a host that sites link to is neither. */
const isOwnTrouble = ({ siteId, rule }: Alert): boolean => siteId === null && rule !== 'OUTBOUND'

/** What an alert shares its line with: the others of its site, its incident, or nothing. */
export const lineOf = ({ siteId, rule, incidentId, evidence }: Alert): string =>
  String(siteId ?? `${rule} ${incidentId ?? evidence.key ?? ''}`)

/** A site's alerts on one line: the first of them, and how many more it has. */
export interface AlertLine {
  readonly alert: Alert
  readonly more: number
}

/**
 * One line for each site, so that a site with two rules broken does not hide another.
 * @param all with those behind a shared failure, by which it counts.
 */
export function alertLines(
  alerts: readonly Alert[],
  nowMs: number,
  sites: SitesOfAlerts,
  all: Iterable<Alert> = alerts,
): AlertLine[] {
  const lines = new Map<string, AlertLine>()
  for (const alert of sortAlerts(alerts, nowMs, sites, all)) {
    const key = lineOf(alert)
    const line = lines.get(key)
    lines.set(key, line ? { alert: line.alert, more: line.more + 1 } : { alert, more: 0 })
  }
  return [...lines.values()]
}
