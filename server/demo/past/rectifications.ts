import type { NewFact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import { addDays, DAY, HOUR, localDay, MINUTE, startOfDay } from '../../../shared/base/time.ts'
import type { RectificationFactKind } from '../../../shared/desk/rectifications/facts.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { startVerification } from '../../desk/rectifications/rules.ts'
import { termOf } from '../../desk/rectifications/terms/due.ts'
import { termWanted } from '../../desk/rectifications/terms/terms.ts'
import { BUILT_IN_CALENDAR } from '../../register/workdays/calendar.ts'
import { chance, pick } from '../cast/random.ts'
import type { PastAlert, PastSite, Staff } from './alerts.ts'

export interface PastRectification {
  rectification: Rectification
  readonly facts: NewFact[]
  /** Null: a person found it, and no monitor. */
  readonly alert: PastAlert | null
}

const iso = (ms: number) => new Date(ms).toISOString()
/** What is over sooner than this needs no order to fix it. */
const WORTH_MS = 3 * HOUR

/**
 * The rectification that the working group would have ordered for an alert, if it was worth one: raised within a day,
 * closed when the monitor saw it well. Those of live alerts are somewhere on the way, the old ones overdue.
 */
export function rectificationOf(
  site: PastSite,
  alert: PastAlert,
  staff: Staff,
  toMs: number,
): PastRectification | null {
  const { openedAt, resolvedAt, severity, rule } = alert.alert
  const openedMs = Date.parse(openedAt)
  const overMs = resolvedAt ? Date.parse(resolvedAt) : null
  if (severity === 'minor' || (overMs ?? toMs) - openedMs < WORTH_MS) return null
  const luck = (salt: number) => chance(site.id, openedMs / HOUR, salt)
  const raisedMs = openedMs + (0.5 + 20 * luck(81)) * HOUR
  if (raisedMs >= (overMs ?? toMs) || luck(82) > 0.75) return null
  const by = pick(staff.duty, site.id, openedMs / HOUR, 83)
  const past = raise(site, alert, by, handlerOf(site, staff) ?? by, raisedMs)
  const acceptedMs = raisedMs + (2 + 30 * luck(84)) * HOUR
  if (acceptedMs < (overMs ?? toMs))
    take(past, 'rectification.accepted', acceptedMs, past.rectification.assignee, {
      stage: 'accepted',
      acceptedAt: iso(acceptedMs),
    })
  if (overMs !== null) close(past, overMs, rule, toMs)
  else {
    if (luck(85) > 0.8 && acceptedMs + DAY < toMs) sendBack(past, acceptedMs + DAY / 2, by)
    appendOverdue(past, toMs)
  }
  return past
}

/** Whoever can sign in for the unit, else the office of its district. */
const handlerOf = ({ unitId, district }: PastSite, { operator, offices }: Staff): Person | undefined =>
  operator?.unitId === unitId ? operator.person : offices.get(district)

/** Days ago on which checks of the own unit's sites brought something, what it was, and how it was answered. */
const CHECKS = [
  [83, '互动交流栏目 2 条留言超过期限未答复', '留言均已答复，并建立每日查看制度'],
  [69, '“政务公开指南”页面仍为上一年度版本', '已更换为最新版本并校对链接'],
  [55, '首页飘窗遮挡正文且无法关闭', '飘窗已下线'],
  [41, '办事指南缺少受理时间和地点', '已补充受理时间、地点和咨询电话'],
  [26, '附件无法在手机上打开', '附件已转换为通用格式并重新上传'],
  [12, '领导信息栏目与实际不一致', '栏目信息已更新，增加双人复核'],
] as const
/** Those that are still on the way: one that is late, one that is being worked on, one that waits to be looked at. */
const LIVE_CHECKS = [
  [20, '信息公开年报链接指向空白页', null],
  [7, '统计数据栏目仍停留在上一季度', null],
  [3, '无障碍浏览入口点击后无反应', '已修复入口脚本，请复核'],
] as const

/**
 * What checks of the last months brought to the sites of the unit whose operator can sign in: each raised by the duty
 * desk, accepted and answered by the operator, looked at and closed by a person, as what no monitor can see.
 */
export function checksOf(
  sites: readonly PastSite[],
  { duty, operator }: Staff,
  toMs: number,
): PastRectification[] {
  const own = sites.filter(({ unitId }) => unitId === operator?.unitId)
  if (!operator || own.length === 0) return []
  return [...CHECKS, ...LIVE_CHECKS].flatMap(([daysAgo, problem, answer], index) => {
    const site = own[index % own.length]
    if (!site) return []
    const raisedMs = startOfDay(localDay(toMs - daysAgo * DAY)) + 10 * HOUR
    const by = pick(duty, site.id, daysAgo, 91)
    const past = raise(site, null, by, operator.person, raisedMs)
    const about = { source: 'check', rules: ['OTHER'], problem, reference: '政府网站季度抽查' } as const
    past.rectification = { ...past.rectification, ...about, rules: [...about.rules] }
    past.facts[0] = factOf(past, 'rectification.raised', raisedMs, by, null)
    const acceptedMs = raisedMs + (3 + index) * HOUR
    take(past, 'rectification.accepted', acceptedMs, operator.person, {
      stage: 'accepted',
      acceptedAt: iso(acceptedMs),
    })
    if (answer === null) {
      appendOverdue(past, toMs)
      return [past]
    }
    const isLive = index >= CHECKS.length
    const submittedMs = raisedMs + (isLive ? 1 : 2 + (index % 3)) * DAY
    take(past, 'rectification.submitted', submittedMs, operator.person, {
      stage: 'submitted',
      submittedAt: iso(submittedMs),
      submittedNote: answer,
    })
    if (isLive) return [past]
    const closedMs = submittedMs + 5 * HOUR
    const closed = { stage: 'closed', closedAt: iso(closedMs), overridden: true } as const
    take(past, 'rectification.overridden', closedMs, by, closed, '已复核，整改到位')
    return [past]
  })
}

/** What was not done by its due day had been told to be late, if `byMs` is later. */
function appendOverdue(past: PastRectification, byMs: number): void {
  const { dueAt, dueOn } = past.rectification
  const overdueMs = dueAt ? Date.parse(dueAt) + MINUTE : startOfDay(addDays(dueOn, 1))
  if (overdueMs < byMs) past.facts.push(factOf(past, 'rectification.overdue', overdueMs, null, null))
}

function raise(
  site: PastSite,
  alert: PastAlert | null,
  by: Person,
  assignee: Person,
  atMs: number,
): PastRectification {
  const rules = alert ? [alert.alert.rule] : []
  const term = termWanted({}, { rules, level: site.level })
  const due = termOf({ calendar: BUILT_IN_CALENDAR, revision: 0, now: atMs, today: localDay(atMs) }, term)
  const rectification: Rectification = {
    id: 0,
    siteId: site.id,
    siteName: site.name,
    district: site.district,
    unitId: site.unitId,
    unit: site.unit,
    alertIds: [],
    rules,
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
  const past: PastRectification = { rectification, facts: [], alert }
  past.facts.push(factOf(past, 'rectification.raised', atMs, by, null))
  return past
}

function close(past: PastRectification, overMs: number, rule: string, toMs: number): void {
  const isPage = rule === 'V2'
  const closedMs = overMs + HOUR / 2
  const submittedMs = overMs - (isPage ? 0.2 : 0.1) * HOUR
  const begun = startVerification([rule], 20)
  appendOverdue(past, submittedMs)
  take(past, 'rectification.submitted', submittedMs, past.rectification.assignee, {
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

function sendBack(past: PastRectification, submittedMs: number, by: Person): void {
  take(past, 'rectification.submitted', submittedMs, past.rectification.assignee, {
    stage: 'submitted',
    submittedAt: iso(submittedMs),
    submittedNote: '已处理',
    verification: startVerification(past.rectification.rules, 20),
  })
  const text = '监测复核仍不达标，请继续整改'
  take(past, 'rectification.returned', submittedMs + HOUR, by, { stage: 'returned', returnedCount: 1 }, text)
}

function take(
  past: PastRectification,
  kind: RectificationFactKind,
  atMs: number,
  actor: Person | null,
  change: Partial<Rectification>,
  text: string | null = null,
): void {
  past.rectification = { ...past.rectification, ...change, version: past.rectification.version + 1 }
  past.facts.push(factOf(past, kind, atMs, actor, text))
}

function factOf(
  { rectification }: PastRectification,
  kind: RectificationFactKind,
  atMs: number,
  actor: Person | null,
  text: string | null,
): NewFact {
  return {
    kind,
    at: iso(atMs),
    siteId: rectification.siteId,
    district: rectification.district,
    actor,
    data: { rectification, text },
  }
}
