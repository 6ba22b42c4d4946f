import type { Fact } from '../../../shared/base/facts.ts'
import type { BoardSite, Snapshot } from '../../../shared/city/board.ts'
import { encodeSite } from '../../../shared/city/board.ts'
import type { Level, LevelFigures } from '../../../shared/city/level.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import type { AlertFactKind } from '../../../shared/desk/alerts/facts.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { DEFAULT_SETTINGS, installationOf } from '../../../shared/people/settings/settings-rules.ts'
import type { SiteState } from '../../../shared/register/sites/states.ts'

/** Tuesday, 10 March 2026, 10:00 in Shanghai. */
export const AT = '2026-03-10T02:00:00.000Z'
const DISTRICTS = ['440105', '440106']

export function site(id: number, given: Partial<BoardSite> = {}): BoardSite {
  return {
    id,
    code: String(4401060000 + id),
    name: `天河区第${id}街道办事处`,
    district: '440106',
    unitId: id,
    level: 'street',
    platform: -1,
    state: 'healthy',
    stateSince: '2026-03-01T00:00:00.000Z',
    availability: 'up',
    cause: null,
    since: '2026-03-01T00:00:00.000Z',
    v1: 'ok',
    share: 0,
    v2: 'ok',
    v3: 'ok',
    flapping: false,
    newest: '2026-03-09',
    lastVisitAt: 0,
    latencyMs: null,
    ...given,
  }
}

export function alert(id: number, given: Partial<Alert> = {}): Alert {
  return {
    id,
    siteId: 1,
    siteName: '天河区第1街道办事处',
    district: '440106',
    unitId: 1,
    rule: 'DOWN',
    severity: 'major',
    status: 'open',
    openedAt: AT,
    acknowledgedBy: null,
    acknowledgedAt: null,
    acknowledgedUntil: null,
    note: null,
    assignee: null,
    silencedUntil: null,
    silenceReason: null,
    resolvedAt: null,
    resolvedBy: null,
    recurrences: 0,
    evidence: { cause: 'timeout' },
    rectificationId: null,
    escalation: null,
    incidentId: null,
    version: 1,
    ...given,
  }
}

export function rectification(id: number, given: Partial<Rectification> = {}): Rectification {
  return {
    id,
    siteId: 1,
    siteName: '天河区第1街道办事处',
    district: '440106',
    unitId: 1,
    unit: '天河区第1街道办事处',
    alertIds: [1],
    rules: ['V1'],
    source: 'alert',
    problem: null,
    reference: null,
    incidentId: null,
    batchId: null,
    stage: 'accepted',
    assignee: null,
    raisedBy: null,
    raisedAt: AT,
    dueOn: '2026-03-20',
    dueAt: null,
    dueHours: null,
    provisional: false,
    dueWorkdays: 10,
    atRiskOn: '2026-03-18',
    pause: null,
    pausedWorkdays: 0,
    request: null,
    assignedAt: null,
    acceptedAt: null,
    submittedAt: null,
    submittedNote: null,
    closedAt: null,
    returnedCount: 0,
    relapses: 0,
    overridden: false,
    verification: null,
    version: 1,
    ...given,
  }
}

export function snapshot(seq: number, sites: readonly BoardSite[], given: Partial<Snapshot> = {}): Snapshot {
  return {
    seq,
    at: AT,
    demo: false,
    districts: DISTRICTS,
    area: null,
    groups: [],
    node: null,
    level: null,
    installation: installationOf(DEFAULT_SETTINGS, DEFAULT_SETTINGS.edition, null),
    platforms: [],
    sites: sites.map((one) => encodeSite(one, DISTRICTS)),
    alerts: [],
    rectifications: [],
    tally: [],
    missed: [],
    recent: [],
    ...given,
  }
}

/** What a board of more sites than it holds has in their place. */
export function level(figures: Partial<LevelFigures> = {}): Level {
  const progress = { raised: 0, closed: 0, overdue: 0, returned: 0, verifying: 0 }
  return {
    counts: [['440106', [0, 0, 0, 0, 0, 2_000, 0]]],
    figures: { alerts: 0, waiting: 0, rectifications: 0, requests: 0, progress, parts: [], ...figures },
  }
}

const NONE = { raised: 0, closed: 0, overdue: 0, returned: 0, verifying: 0 }
const FIGURES = { alerts: 80, waiting: 60, rectifications: 7, requests: 1, progress: { ...NONE, raised: 9 } }
/** What a snapshot has instead of 1,500 sites. */
export const SUMMED: Level = {
  counts: [
    ['440105', [0, 2, 0, 0, 0, 998, 0]],
    ['440106', [1, 0, 0, 0, 0, 499, 0]],
  ],
  figures: { ...FIGURES, parts: [['440106', 3, 1, 2]] },
}

/** Site `siteId` is now `state`. */
export function changed(seq: number, siteId: number, state: SiteState): Fact {
  const { lastVisitAt: _, latencyMs: __, ...rest } = site(siteId)
  const { stateSince, since, availability, cause, v1, share, v2, v3, newest, flapping } = rest
  const after = { state, stateSince, since, availability, cause, v1, share, v2, v3, newest, flapping }
  return {
    seq,
    at: AT,
    kind: 'site.changed',
    siteId,
    district: '440106',
    actor: null,
    data: { before: null, after },
  }
}

export function raised(seq: number, id: number): Fact {
  const one = rectification(id, { stage: 'raised' })
  return {
    seq,
    at: AT,
    kind: 'rectification.raised',
    siteId: one.siteId,
    district: one.district,
    actor: null,
    data: { rectification: one, text: null },
  }
}

/** What a fact of this kind says an alert is now. */
export function told(seq: number, kind: AlertFactKind, one: Alert): Fact {
  const { siteId, district } = one
  return { seq, at: AT, kind, siteId, district, actor: null, data: { alert: one, text: null } }
}

export function registerChanged(seq: number): Fact {
  return {
    seq,
    at: AT,
    kind: 'register.changed',
    siteId: null,
    district: null,
    actor: null,
    data: { added: 1, changed: 0 },
  }
}
