import type { NewFact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import { addDays, DAY, HOUR, MINUTE, shanghaiDay, startOfDay } from '../../../shared/base/time.ts'
import type { RectificationFactKind } from '../../../shared/desk/rectifications/facts.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { startVerification } from '../../desk/rectifications/rules.ts'
import { termOf } from '../../desk/rectifications/terms/due.ts'
import { termWanted } from '../../desk/rectifications/terms/terms.ts'
import { BUILT_IN_CALENDAR } from '../../register/workdays/calendar.ts'
import { chance, pick } from '../cast/random.ts'
import type { PastAlert, PastSite, Staff } from './alerts.ts'

export interface PastFix {
  fix: Rectification
  readonly facts: NewFact[]
  readonly alert: PastAlert
}

const iso = (ms: number) => new Date(ms).toISOString()
/** What is over sooner than this needs no order to fix it. */
const WORTH_MS = 3 * HOUR

/**
 * The fix that the working group would have ordered for an alert, if it was worth one: raised within a day,
 * closed when the monitor saw it well. Those of live alerts are somewhere on the way, the old ones overdue.
 */
export function fixOf(site: PastSite, alert: PastAlert, staff: Staff, toMs: number): PastFix | null {
  const { openedAt, resolvedAt, severity, rule } = alert.alert
  const openedMs = Date.parse(openedAt)
  const overMs = resolvedAt ? Date.parse(resolvedAt) : null
  if (severity === 'minor' || (overMs ?? toMs) - openedMs < WORTH_MS) return null
  const luck = (salt: number) => chance(site.id, openedMs / HOUR, salt)
  const raisedMs = openedMs + (0.5 + 20 * luck(81)) * HOUR
  if (raisedMs >= (overMs ?? toMs) || luck(82) > 0.75) return null
  const by = pick(staff.duty, site.id, openedMs / HOUR, 83)
  const past = raise(site, alert, by, staff.offices.get(site.district) ?? by, raisedMs)
  const acceptedMs = raisedMs + (2 + 30 * luck(84)) * HOUR
  if (acceptedMs < (overMs ?? toMs))
    take(past, 'rectification.accepted', acceptedMs, past.fix.assignee, {
      stage: 'accepted',
      acceptedAt: iso(acceptedMs),
    })
  if (overMs !== null) close(past, overMs, rule, toMs)
  else {
    if (luck(85) > 0.8 && acceptedMs + DAY < toMs) sendBack(past, acceptedMs + DAY / 2, by)
    tellOverdue(past, toMs)
  }
  return past
}

/** What was not done by its due day had been told to be late, if `byMs` is later. */
function tellOverdue(past: PastFix, byMs: number): void {
  const { dueAt, dueOn } = past.fix
  const overdueMs = dueAt ? Date.parse(dueAt) + MINUTE : startOfDay(addDays(dueOn, 1))
  if (overdueMs < byMs) past.facts.push(factOf(past, 'rectification.overdue', overdueMs, null, null))
}

function raise(site: PastSite, alert: PastAlert, by: Person, assignee: Person, atMs: number): PastFix {
  const term = termWanted({}, { rules: [alert.alert.rule], level: site.level })
  const due = termOf({ calendar: BUILT_IN_CALENDAR, revision: 0, now: atMs, today: shanghaiDay(atMs) }, term)
  const fix: Rectification = {
    id: 0,
    siteId: site.id,
    siteName: site.name,
    district: site.district,
    unitId: site.unitId,
    unit: site.unit,
    alertIds: [],
    rules: [alert.alert.rule],
    source: 'alert',
    problem: null,
    reference: null,
    incidentId: null,
    batchId: null,
    stage: 'assigned',
    assignee,
    raisedBy: by,
    raisedAt: iso(atMs),
    dueOn: due.due_on,
    dueAt: due.due_at?.toISOString() ?? null,
    dueHours: due.due_hours,
    provisional: due.due_provisional,
    dueWorkdays: due.due_in ?? 0,
    atRiskOn: due.at_risk_on,
    pause: null,
    pausedWorkdays: 0,
    request: null,
    assignedAt: iso(atMs),
    acceptedAt: null,
    submittedAt: null,
    submittedNote: null,
    closedAt: null,
    returnedCount: 0,
    relapses: 0,
    overridden: false,
    verification: null,
    version: 1,
  }
  const past: PastFix = { fix, facts: [], alert }
  past.facts.push(factOf(past, 'rectification.raised', atMs, by, null))
  return past
}

function close(past: PastFix, overMs: number, rule: string, toMs: number): void {
  const isPage = rule === 'V2'
  const closedMs = overMs + HOUR / 2
  const submittedMs = overMs - (isPage ? 0.2 : 0.1) * HOUR
  const begun = startVerification([rule], 20)
  tellOverdue(past, submittedMs)
  take(past, 'rectification.submitted', submittedMs, past.fix.assignee, {
    stage: 'submitted',
    submittedAt: iso(submittedMs),
    submittedNote: isPage ? '首页栏目已恢复更新' : '服务已恢复',
    verification: begun,
  })
  // What the past has not verified yet is left to the monitor.
  if (closedMs > toMs) return
  take(past, 'rectification.closed', closedMs, null, {
    stage: 'closed',
    closedAt: iso(closedMs),
    verification: {
      ...begun,
      goodVisits: begun.neededVisits,
      result: isPage ? 'page_updated' : 'good_visits',
      measuredAt: iso(closedMs),
    },
  })
}

function sendBack(past: PastFix, submittedMs: number, by: Person): void {
  take(past, 'rectification.submitted', submittedMs, past.fix.assignee, {
    stage: 'submitted',
    submittedAt: iso(submittedMs),
    submittedNote: '已处理',
    verification: startVerification(past.fix.rules, 20),
  })
  const text = '监测复核仍不达标，请继续整改'
  take(past, 'rectification.returned', submittedMs + HOUR, by, { stage: 'returned', returnedCount: 1 }, text)
}

function take(
  past: PastFix,
  kind: RectificationFactKind,
  atMs: number,
  actor: Person | null,
  change: Partial<Rectification>,
  text: string | null = null,
): void {
  past.fix = { ...past.fix, ...change, version: past.fix.version + 1 }
  past.facts.push(factOf(past, kind, atMs, actor, text))
}

function factOf(
  { fix }: PastFix,
  kind: RectificationFactKind,
  atMs: number,
  actor: Person | null,
  text: string | null,
): NewFact {
  return {
    kind,
    at: iso(atMs),
    siteId: fix.siteId,
    district: fix.district,
    actor,
    data: { rectification: fix, text },
  }
}
