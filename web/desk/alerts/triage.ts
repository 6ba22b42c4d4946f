import { localDay, startOfDay } from '../../../shared/base/time.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { foldIncidents, SEVERITIES } from '../../../shared/desk/alerts/alerts-rules.ts'
import { alertWaitsFor, type Waiter } from '../../../shared/desk/notifications/waiting-rules.ts'

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
