import type { AlertChanged } from '../../../../shared/desk/alerts/facts.ts'
import type { NoticeEvent } from '../../../../shared/desk/notifications/notifications.ts'
import type { PauseFactKind } from '../../../../shared/desk/pauses/facts.ts'
import type { PauseInFact } from '../../../../shared/desk/pauses/pauses.ts'
import type { RectificationFactKind } from '../../../../shared/desk/rectifications/facts.ts'
import type { Located } from '../../../../shared/people/rights/rights.ts'
import type { NoticeFact } from '../delivery/cursor.ts'
import type { Happening } from '../delivery/group.ts'

/** Something that may concern a subscription, and where. */
export interface News {
  readonly seq: number
  /** One place, or all that a planned pause covers. */
  readonly where: readonly Located[]
  /** The district to whose group it belongs; null: the city's. */
  readonly district: string | null
  readonly happening: Happening
}

const RECTIFICATION_EVENT: Partial<Record<RectificationFactKind, NoticeEvent>> = {
  'rectification.returned': 'rectification.returned',
  'rectification.closed': 'rectification.closed',
  'rectification.overridden': 'rectification.closed',
  'rectification.relapsed': 'rectification.relapsed',
  'rectification.overdue': 'rectification.overdue',
}

const PAUSE_EVENT: Partial<Record<PauseFactKind, NoticeEvent>> = {
  'pause.filed': 'pause.filed',
  'pause.approved': 'pause.approved',
  'pause.refused': 'pause.cancelled',
  'pause.withdrawn': 'pause.cancelled',
  'pause.ended': 'pause.ended',
}

/** One that is changed is told of as it stands. */
function pauseEvent(kind: PauseFactKind, { state }: PauseInFact): NoticeEvent | undefined {
  if (kind !== 'pause.changed') return PAUSE_EVENT[kind]
  return state === 'filed' ? 'pause.filed' : 'pause.approved'
}

/** What a fact means to subscriptions. */
export function newsOf(fact: NoticeFact): News[] {
  const { seq, district } = fact
  const atMs = Date.parse(fact.at)
  if ('alert' in fact.data) {
    const { alert } = fact.data
    const happening = { atMs, kind: fact.kind as AlertChanged['kind'], alert }
    return [{ seq, where: [alert], district: alert.district, happening }]
  }
  if ('pause' in fact.data) {
    const { pause, places } = fact.data
    const event = pauseEvent(fact.kind as PauseFactKind, pause)
    return event ? [{ seq, where: places, district, happening: { atMs, pauseId: pause.id, event } }] : []
  }
  const event = RECTIFICATION_EVENT[fact.kind as RectificationFactKind]
  const { rectification } = fact.data
  const happening = event && { atMs, rectificationId: rectification.id, event }
  return happening ? [{ seq, where: [rectification], district: rectification.district, happening }] : []
}
