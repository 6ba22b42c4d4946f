import { localDay, startOfDay } from '../../../shared/base/time.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { foldIncidents } from '../../../shared/desk/alerts/alerts-rules.ts'
import { alertWaitsFor, type Waiter } from '../../../shared/desk/notifications/waiting-rules.ts'
import { HANDLINGS, handlingOf, isSilenced, isWaiting } from './triage.ts'

/** What the list of alerts is filtered by; an empty string filters nothing. */
export interface AlertFilters {
  /** How it is handled (`HANDLINGS`), `live`, `waiting` (for me), `forgotten`, `today`: resolved since midnight, or `missed`. */
  readonly status: string
  readonly district: string
  readonly rule: string
  /** `me`, `none` or a person's id. */
  readonly assignee: string
  readonly q: string
}

/** Who looks at the list. */
export interface Me extends Waiter {
  /** The units that the person is of. */
  readonly unitIds: readonly number[]
}

/** Whether `alert` is among those that the filters ask for. `live` alerts are all but the resolved. */
export function matches(alert: Alert, filters: AlertFilters, me: Me, nowMs: number): boolean {
  return (
    (filters.status === 'waiting'
      ? alertWaitsFor(alert, me, nowMs)
      : hasStatus(alert, filters.status, nowMs)) &&
    (filters.district === '' || alert.district === filters.district) &&
    (filters.rule === '' || alert.rule === filters.rule) &&
    isAssignedTo(alert, filters.assignee, me) &&
    hasText(alert, filters.q)
  )
}

function hasStatus(alert: Alert, status: string, nowMs: number): boolean {
  if (HANDLINGS.some((one) => one === status)) return handlingOf(alert, nowMs) === status
  if (status === 'forgotten') return alert.status === 'open' && Boolean(alert.forgotten)
  if (status === 'today') return alert.resolvedAt !== null && alert.resolvedAt >= todayBegan(nowMs)
  if (status === 'missed') return alert.status === 'resolved' && alert.missed === true && !alert.seen
  return alert.status !== 'resolved'
}

/** When the local day began, ISO. */
export function todayBegan(nowMs: number): string {
  return new Date(startOfDay(localDay(nowMs))).toISOString()
}

function isAssignedTo(alert: Alert, assignee: string, me: Me): boolean {
  if (assignee === '') return true
  if (assignee === 'me') return isMine(alert, me)
  if (assignee === 'none') return alert.assignee === null && !alert.assignedUnit
  return alert.assignee?.id === Number(assignee)
}

/** Given to me or my unit, taken on by me, or I am mentioned. */
export function isMine(alert: Alert, { id, unitIds }: Me): boolean {
  return (
    alert.assignee?.id === id ||
    (alert.assignedUnit != null && unitIds.includes(alert.assignedUnit.id)) ||
    (alert.status === 'acknowledged' && alert.acknowledgedBy?.id === id) ||
    alert.mentioned?.includes(id) === true
  )
}

function hasText(alert: Alert, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return true
  const { siteName, note, assignee, assignedUnit, acknowledgedBy, id } = alert
  const held = [siteName, note, assignee?.name, assignedUnit?.name, acknowledgedBy?.name, `#${id}`]
  return held.some((value) => value?.toLowerCase().includes(wanted))
}

/** Whether some alerts in particular are asked for; who does so is shown them, though a shared failure stands for them. */
function isParticular({ district, rule, assignee, q }: AlertFilters): boolean {
  return Boolean(district || rule || assignee || q)
}

/**
 * The alerts of a list, and how many those are as people are told of them: grouped by what is shared, the list has
 * those behind a shared failure below it, and is no longer for that.
 */
export function listedAlerts(
  alerts: readonly Alert[],
  filters: AlertFilters & { readonly group: string },
  me: Me,
  nowMs: number,
): { readonly alerts: readonly Alert[]; readonly count: number } {
  const wanted = (alert: Alert) => matches(alert, filters, me, nowMs)
  if (isParticular(filters)) {
    const all = alerts.filter(wanted)
    return { alerts: all, count: all.length }
  }
  const told = foldIncidents(alerts).filter(wanted)
  return { alerts: filters.group === 'incident' ? alerts.filter(wanted) : told, count: told.length }
}

/** How many live alerts the views that every desk has would show. */
export function countViews(
  alerts: Iterable<Alert>,
  me: Me,
  nowMs: number,
): Record<'live' | 'mine' | 'open' | 'forgotten' | 'silenced', number> {
  const counts = { live: 0, mine: 0, open: 0, forgotten: 0, silenced: 0 }
  for (const alert of alerts) {
    if (alert.status === 'resolved') continue
    counts.live += 1
    if (isWaiting(alert, nowMs)) counts.open += 1
    if (hasStatus(alert, 'forgotten', nowMs)) counts.forgotten += 1
    if (isSilenced(alert, nowMs)) counts.silenced += 1
    if (isMine(alert, me)) counts.mine += 1
  }
  return counts
}
