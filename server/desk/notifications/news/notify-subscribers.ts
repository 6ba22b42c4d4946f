import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import type { AlertChanged } from '../../../../shared/desk/alerts/facts.ts'
import type { NoticeEvent } from '../../../../shared/desk/notifications/notifications.ts'
import type { PauseFactKind } from '../../../../shared/desk/pauses/facts.ts'
import type { PauseInFact } from '../../../../shared/desk/pauses/pauses.ts'
import type { RectificationFactKind } from '../../../../shared/desk/rectifications/facts.ts'
import { covers, type Located } from '../../../../shared/people/rights/rights.ts'
import type { Tx } from '../../../base/db/database.ts'
import { languageFor } from '../../../base/words/offered.ts'
import { placeNames } from '../../../register/divisions/area.ts'
import { alertsById } from '../../alerts/queries.ts'
import { pausesInFacts } from '../../pauses/queries.ts'
import { rectificationsById } from '../../rectifications/queries.ts'
import { dueSubscriptions, type NoticeFact } from '../delivery/cursor.ts'
import { fold, type GroupState, type Happening, NO_GROUP, type Plan, plan } from '../delivery/group.ts'
import { Outbox } from '../delivery/outbox.ts'
import { type Groups, groupsOf, type Subscriber, saveGroups } from '../subscribers.ts'
import { digest } from './notice.ts'

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

/** Folds news into the groups of those whom they concern, and puts the digests that are due on their way. */
export async function notifySubscribers(
  tx: Tx,
  subscribers: ReadonlyMap<number, Subscriber>,
  news: readonly News[],
  now: number,
): Promise<void> {
  const due = new Set(await dueSubscriptions(tx, now))
  const concerned = [...subscribers.values()].flatMap((subscriber) => {
    const own = news.filter((one) => isFor(subscriber, one))
    return own.length > 0 || due.has(subscriber.id) ? [{ subscriber, own }] : []
  })
  const before = await groupsOf(
    tx,
    concerned.map(({ subscriber }) => subscriber.id),
  )
  const folded: Groups = new Map()
  for (const { subscriber, own } of concerned) {
    folded.set(subscriber.id, foldInto(before.get(subscriber.id) ?? new Map(), subscriber, own))
  }
  const alerts = await alertsById(tx, alertIds(folded, now))
  const after = await flush(tx, { subscribers, groups: folded, alerts }, now)
  await saveGroups(tx, after)
}

/** What was there before the subscription is no news to it. */
export function isFor(
  { sinceSeq, scopes, want, isOfUnit }: Subscriber,
  { seq, where, happening }: News,
): boolean {
  if (seq <= sinceSeq) return false
  if ('alert' in happening && !want.rules.includes(happening.alert.rule)) return false
  // Whoever is of the unit was told of its rectification, and of the downtime of its sites, at once.
  if (!('alert' in happening) && isOfUnit) return false
  return where.some((one) => scopes.every((scope) => covers(scope, one)))
}

function foldInto(
  groups: ReadonlyMap<string, GroupState>,
  { want }: Subscriber,
  news: readonly News[],
): Map<string, GroupState> {
  const after = new Map(groups)
  const places = new Map<string, Happening[]>()
  for (const { district, happening } of news) {
    const place = district ?? ''
    places.set(place, [...(places.get(place) ?? []), happening])
  }
  for (const [place, happenings] of places) {
    after.set(place, fold(after.get(place) ?? NO_GROUP, want, happenings))
  }
  return after
}

const isDue = ({ nextMs }: GroupState, now: number) => nextMs !== null && nextMs <= now

/** Alerts that are needed to tell what is due; the city's are, to know the incidents. */
function alertIds(groups: Groups, now: number): number[] {
  const ids = new Set<number>()
  for (const places of groups.values()) {
    for (const [place, state] of places) {
      if (place === '' || isDue(state, now)) for (const id of Object.keys(state.marks)) ids.add(Number(id))
    }
  }
  return [...ids]
}

interface Due {
  readonly subscribers: ReadonlyMap<number, Subscriber>
  readonly groups: Groups
  readonly alerts: ReadonlyMap<number, Alert>
}

async function flush(tx: Tx, { subscribers, groups, alerts }: Due, now: number): Promise<Groups> {
  const plans: { subscriber: Subscriber; place: string; planned: Plan }[] = []
  const after: Groups = new Map()
  for (const [id, places] of groups) {
    const subscriber = subscribers.get(id)
    if (!subscriber) continue
    const incidents = incidentsOf(places.get(''), subscriber, alerts)
    const next = new Map<string, GroupState>()
    for (const [place, state] of places) {
      const planned = plan(state, subscriber.want, alerts, incidents, now)
      next.set(place, planned.state)
      if (planned.items.length > 0) plans.push({ subscriber, place, planned })
    }
    after.set(id, next)
  }
  const items = plans.flatMap(({ planned }) => planned.items)
  const things = {
    rectifications: await rectificationsById(
      tx,
      items.flatMap((item) => ('rectificationId' in item ? item.rectificationId : [])),
    ),
    pauses: await pausesInFacts(
      tx,
      items.flatMap((item) => ('pauseId' in item ? item.pauseId : [])),
    ),
  }
  const names = await placeNames(tx)
  const outbox = new Outbox(tx, now, names)
  for (const { subscriber, place, planned } of plans) {
    await outbox.put(
      subscriber,
      place,
      digest({ place, ...planned }, things, { language: languageFor(subscriber.language), names, now }),
    )
  }
  await outbox.close()
  return after
}

/** Incidents that a subscription is told of; whoever has taken one on has taken on its sites. */
function incidentsOf(
  city: GroupState | undefined,
  { want }: Subscriber,
  alerts: ReadonlyMap<number, Alert>,
): Set<number> {
  return new Set(
    Object.keys(city?.marks ?? {}).flatMap((id) => {
      const alert = alerts.get(Number(id))
      const isNotified =
        alert?.rule === 'PLATFORM' && alert.status !== 'resolved' && want.severities.includes(alert.severity)
      return isNotified ? (alert.incidentId ?? []) : []
    }),
  )
}
