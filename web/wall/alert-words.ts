import type { Alert } from '../../shared/alerts.ts'
import { daysBetween } from '../../shared/time.ts'
import { RULES_2015 } from '../../shared/verdicts.ts'
import { formatShare } from '../ui/format.ts'
import type { MarkKind } from '../ui/marks.ts'

/** A key of the wall's words with its figures. */
export interface Phrase {
  readonly key: string
  readonly values?: Readonly<Record<string, string | number>>
}

/** The mark of what an alert is about: the state that it puts its site in. */
export function alertMark({ rule, severity }: Pick<Alert, 'rule' | 'severity'>): MarkKind {
  if (rule === 'DOWN') return severity === 'critical' ? 'dead' : 'down'
  if (rule === 'V1') return severity === 'critical' ? 'dead' : 'warning'
  if (rule === 'V2') return severity === 'critical' ? 'dormant' : 'warning'
  return 'warning'
}

/** What was seen, with its figure and the limit that it is over. A page grows older by the day: `today` counts. */
export function alertPhrase(
  { rule, severity, evidence }: Pick<Alert, 'rule' | 'severity' | 'evidence'>,
  today: string,
): Phrase {
  const isVeto = severity === 'critical'
  switch (rule) {
    case 'V1': {
      const limit = isVeto ? RULES_2015.v1VetoPercent : RULES_2015.v1WarnPercent
      const share = formatShare(evidence.share ?? 0)
      return { key: isVeto ? 'wall.what.v1' : 'wall.what.v1Warn', values: { share, limit } }
    }
    case 'V2': {
      if (!evidence.newest) return { key: 'wall.what.undated' }
      const days = daysBetween(evidence.newest, today)
      return { key: 'wall.what.v2', values: { days, limit: RULES_2015.v2VetoDays } }
    }
    case 'STALL':
      return { key: 'wall.what.stall', values: { sites: evidence.sites ?? 0 } }
    case 'LINE':
      return { key: 'wall.what.line', values: { sites: evidence.sites ?? 0 } }
    case 'DOWN':
      return causePhrase(evidence.cause ?? null, evidence.status ?? null)
  }
}

/** The cause of a failure; an answer's own status says more than its class. */
export function causePhrase(cause: string | null, status: number | null): Phrase {
  if (cause === null) return { key: 'state.down' }
  if (status !== null && (cause === 'http_4xx' || cause === 'http_5xx'))
    return { key: `wall.what.${cause}`, values: { status } }
  return { key: `cause.${cause}` }
}

const MARK_ORDER: readonly MarkKind[] = ['dead', 'down', 'dormant', 'warning']
const isOpen = (alert: Alert): boolean => alert.status === 'open'

/** What nobody has taken on first; then the monitor's own troubles, then the worst; of equals the one that waits longest. */
export function sortAlerts(alerts: Iterable<Alert>): Alert[] {
  const rank = (alert: Alert): number =>
    (isOpen(alert) ? 0 : 10) + (alert.siteId === null ? 0 : 1 + MARK_ORDER.indexOf(alertMark(alert)))
  return [...alerts].sort((a, b) => rank(a) - rank(b) || a.openedAt.localeCompare(b.openedAt) || a.id - b.id)
}

/** A site's alerts on one line: the first of them, and how many more it has. */
export interface AlertLine {
  readonly alert: Alert
  readonly more: number
}

/** One line for each site, so that a site with two rules broken does not hide another. */
export function alertLines(alerts: Iterable<Alert>): AlertLine[] {
  const lines = new Map<string, AlertLine>()
  for (const alert of sortAlerts(alerts)) {
    const key = alert.siteId === null ? alert.rule : String(alert.siteId)
    const line = lines.get(key)
    lines.set(key, line ? { alert: line.alert, more: line.more + 1 } : { alert, more: 0 })
  }
  return [...lines.values()]
}
