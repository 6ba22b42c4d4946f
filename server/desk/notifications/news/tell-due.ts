import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import type { Notice } from '../../../../shared/desk/notifications/notifications.ts'
import { covers } from '../../../../shared/people/rights/rights.ts'
import type { Tx } from '../../../base/db/database.ts'
import { inSlices, type Steps } from '../../../base/slices.ts'
import { languageFor } from '../../../base/words/offered.ts'
import { placeNames } from '../../../register/divisions/area.ts'
import { alertsById } from '../../alerts/queries.ts'
import type { PlaceNames } from '../../notices/words.ts'
import { pausesInFacts } from '../../pauses/queries.ts'
import { rectificationsById } from '../../rectifications/queries.ts'
import type { DueGroup } from '../delivery/cursor.ts'
import { type GroupState, type Plan, plan } from '../delivery/group.ts'
import { Outbox } from '../delivery/outbox.ts'
import { type Groups, groupsAt, type Subscriber, saveGroups, subscribersById } from '../subscribers.ts'
import { digest, type Things } from './notice.ts'

/** Puts the digests of groups whose time has come on their way, and sets when each is looked at next. */
export async function tellDue(tx: Tx, due: readonly DueGroup[], now: number): Promise<void> {
  const subscribers = await subscribersById(tx, [...new Set(due.map(({ subscriptionId }) => subscriptionId))])
  const places = new Map<number, Set<string>>()
  // The city's group knows the incidents.
  for (const id of subscribers.keys()) places.set(id, new Set(['']))
  for (const { subscriptionId, place } of due) places.get(subscriptionId)?.add(place)
  const groups = await groupsAt(tx, places)
  const alerts = await alertsById(tx, alertIds(groups))
  const planned = await inSlices(planAll(due, { subscribers, groups, alerts }, now))
  const names = await placeNames(tx)
  const things = await thingsIn(tx, planned)
  const outbox = new Outbox(tx, now, names)
  for (const one of await inSlices(digests(planned, things, names, now))) {
    await outbox.put(one.subscriber, one.place, one.notice)
  }
  await outbox.close()
  await saveGroups(tx, statesOf(planned))
}

/** Alerts that are needed to tell what is due; the city's are, to know the incidents. */
function alertIds(groups: Groups): number[] {
  const ids = new Set<number>()
  for (const places of groups.values()) {
    for (const { marks } of places.values()) for (const id of Object.keys(marks)) ids.add(Number(id))
  }
  return [...ids]
}

interface Known {
  readonly subscribers: ReadonlyMap<number, Subscriber>
  readonly groups: Groups
  readonly alerts: ReadonlyMap<number, Alert>
}

interface Planned {
  readonly subscriber: Subscriber
  readonly place: string
  readonly planned: Plan
}

function* planAll(
  due: readonly DueGroup[],
  { subscribers, groups, alerts }: Known,
  now: number,
): Steps<Planned[]> {
  const incidents = new Map<number, Set<number>>()
  for (const subscriber of subscribers.values()) {
    const city = groups.get(subscriber.id)?.get('')
    incidents.set(subscriber.id, incidentsOf(seenOf(city, subscriber, alerts), subscriber))
    yield
  }
  const all: Planned[] = []
  for (const { subscriptionId: id, place } of due) {
    const subscriber = subscribers.get(id)
    const state = groups.get(id)?.get(place)
    if (!subscriber || !state) continue
    const seen = seenOf(state, subscriber, alerts)
    const planned = plan(state, subscriber.want, seen, incidents.get(id) ?? new Set(), now)
    all.push({ subscriber, place, planned })
    yield
  }
  return all
}

async function thingsIn(tx: Tx, planned: readonly Planned[]): Promise<Things> {
  const items = planned.flatMap(({ planned }) => planned.items)
  return {
    rectifications: await rectificationsById(
      tx,
      items.flatMap((item) => ('rectificationId' in item ? item.rectificationId : [])),
    ),
    pauses: await pausesInFacts(
      tx,
      items.flatMap((item) => ('pauseId' in item ? item.pauseId : [])),
    ),
  }
}

interface Digest {
  readonly subscriber: Subscriber
  readonly place: string
  readonly notice: Notice
}

function* digests(all: readonly Planned[], things: Things, names: PlaceNames, now: number): Steps<Digest[]> {
  const told: Digest[] = []
  for (const { subscriber, place, planned } of all) {
    if (planned.items.length === 0) continue
    const telling = { language: languageFor(subscriber.language), names, now }
    told.push({ subscriber, place, notice: digest({ place, ...planned }, things, telling) })
    yield
  }
  return told
}

function statesOf(all: readonly Planned[]): Groups {
  const states: Groups = new Map()
  for (const { subscriber, place, planned } of all) {
    const places = states.get(subscriber.id) ?? new Map<string, GroupState>()
    states.set(subscriber.id, places.set(place, planned.state))
  }
  return states
}

/** Alerts of a group that lie where its subscriber may see them; sites and people move. */
function seenOf(
  group: GroupState | undefined,
  { scopes }: Subscriber,
  alerts: ReadonlyMap<number, Alert>,
): Map<number, Alert> {
  const seen = new Map<number, Alert>()
  for (const id of Object.keys(group?.marks ?? {})) {
    const alert = alerts.get(Number(id))
    if (alert && scopes.every((scope) => covers(scope, alert))) seen.set(alert.id, alert)
  }
  return seen
}

/** Incidents that a subscription is told of; whoever has taken one on has taken on its sites. */
function incidentsOf(city: ReadonlyMap<number, Alert>, { want }: Subscriber): Set<number> {
  return new Set(
    [...city.values()].flatMap((alert) => {
      const isNotified =
        alert.rule === 'PLATFORM' && alert.status !== 'resolved' && want.severities.includes(alert.severity)
      return isNotified ? (alert.incidentId ?? []) : []
    }),
  )
}
