import { type Alert, SEVERITIES } from '../../shared/alerts.ts'

/** What the list of alerts is filtered by; an empty string filters nothing. */
export interface AlertFilters {
  readonly status: string
  readonly district: string
  readonly rule: string
  /** `me`, `none` or a person's id. */
  readonly assignee: string
  readonly q: string
}

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

/**
 * The order of triage: what nobody has taken first, then by severity, then the longest waiting first. Among
 * resolved alerts the latest comes first.
 */
export function triage(alerts: Iterable<Alert>, nowMs: number): Alert[] {
  const keyed = [...alerts].map((alert) => ({ alert, turn: turn(alert, nowMs) }))
  keyed.sort((a, b) => a.turn - b.turn || bySeverityAndAge(a.alert, b.alert))
  return keyed.map(({ alert }) => alert)
}

function bySeverityAndAge(a: Alert, b: Alert): number {
  if (a.resolvedAt && b.resolvedAt) return b.resolvedAt.localeCompare(a.resolvedAt) || b.id - a.id
  const worse = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
  return worse || a.openedAt.localeCompare(b.openedAt) || a.id - b.id
}

/** Whether `alert` is among those that the filters ask for. `live` alerts are all but the resolved. */
export function matches(alert: Alert, filters: AlertFilters, me: number, nowMs: number): boolean {
  return (
    hasStatus(alert, filters.status, nowMs) &&
    (filters.district === '' || alert.district === filters.district) &&
    (filters.rule === '' || alert.rule === filters.rule) &&
    isAssignedTo(alert, filters.assignee, me) &&
    hasText(alert, filters.q)
  )
}

function hasStatus(alert: Alert, status: string, nowMs: number): boolean {
  if (status === 'silenced') return alert.status !== 'resolved' && isSilenced(alert, nowMs)
  if (status === 'live' || status === '') return alert.status !== 'resolved'
  return alert.status === status
}

function isAssignedTo(alert: Alert, assignee: string, me: number): boolean {
  if (assignee === '') return true
  if (assignee === 'none') return alert.assignee === null
  return alert.assignee?.id === (assignee === 'me' ? me : Number(assignee))
}

function hasText(alert: Alert, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return true
  const held = [alert.siteName, alert.note, alert.assignee?.name, alert.acknowledgedBy?.name, `#${alert.id}`]
  return held.some((value) => value?.toLowerCase().includes(wanted))
}

/** How many live alerts each filter of the status would show. */
export function countStatuses(alerts: Iterable<Alert>, nowMs: number): Record<string, number> {
  const counts = { live: 0, open: 0, acknowledged: 0, silenced: 0 }
  for (const alert of alerts) {
    if (alert.status === 'resolved') continue
    counts.live += 1
    counts[alert.status] += 1
    if (isSilenced(alert, nowMs)) counts.silenced += 1
  }
  return counts
}
