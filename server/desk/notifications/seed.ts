import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { covers, type Located } from '../../../shared/people/rights/rights.ts'
import type { Tx } from '../../base/db/database.ts'
import { inSlices, type Steps } from '../../base/slices.ts'
import { alertsById, listLiveAlerts } from '../alerts/queries.ts'
import { placesOf } from '../pauses/queries.ts'
import { rectificationsById } from '../rectifications/queries.ts'
import { holdCursor } from './delivery/cursor.ts'
import { type GroupState, NO_GROUP } from './delivery/group.ts'
import { byPlace, concernedBy, type NewsByPlace } from './news/concerned.ts'
import { foldFor } from './news/fold-news.ts'
import type { News } from './news/news.ts'
import { type Groups, groupsOf, type Subscriber, saveGroups, subscribersById } from './subscribers.ts'

/** Subscriptions that are seeded at once. */
const PAGE = 500

/**
 * Groups of subscriptions that are new, have changed or are served again: what is open already is to be told, unless
 * it was. What they do not ask for any more, or may not see, is forgotten. Those that are not served stay as they are.
 */
export async function seedGroups(tx: Tx, ids: readonly number[], now: number): Promise<void> {
  if (ids.length === 0) return
  const open = byPlace((await listLiveAlerts(tx)).map((alert) => newsOfOpen(alert, now)))
  for (let from = 0; from < ids.length; from += PAGE) await seedSome(tx, ids.slice(from, from + PAGE), open)
}

/** The same for all of a person or a channel: it sees other places from now on, or was not served for a while. */
export async function seedAllOf(
  tx: Tx,
  whose: 'user_id' | 'channel_id',
  id: number,
  now: number,
): Promise<void> {
  await holdCursor(tx)
  const rows = await tx
    .selectFrom('notification_subscription')
    .select('id')
    .where(whose, '=', id)
    .orderBy('id')
    .execute()
  const ids = rows.map((row) => row.id)
  await seedGroups(tx, ids, now)
}

/** One that is open, as news to whoever begins to be told of it. */
const newsOfOpen = (alert: Alert, now: number): News => ({
  seq: Number.POSITIVE_INFINITY,
  where: [alert],
  district: alert.district,
  happening: { atMs: now, kind: 'alert.opened', alert },
})

async function seedSome(tx: Tx, ids: readonly number[], open: NewsByPlace<News>): Promise<void> {
  const subscribers = await subscribersById(tx, ids)
  const before = await groupsOf(tx, [...subscribers.keys()])
  const kept = await inSlices(keptOf(before, subscribers, await thingsIn(tx, before)))
  await saveGroups(tx, kept)
  const concerned = await inSlices(concernedBy(open, subscribers.values()))
  const unmarked = concerned.map(({ subscriber, own }) => {
    const marked = new Set([...(kept.get(subscriber.id)?.values() ?? [])].flatMap(idsOf))
    return {
      subscriber,
      own: own.filter(({ happening }) => !('alert' in happening && marked.has(happening.alert.id))),
    }
  })
  await foldFor(
    tx,
    unmarked.filter(({ own }) => own.length > 0),
  )
}

/** The alerts that a group has marks of. */
const idsOf = ({ marks }: GroupState): number[] => Object.keys(marks).map(Number)

/** What groups are about, and where it lies. */
interface Things {
  readonly alerts: ReadonlyMap<number, Alert>
  readonly rectifications: ReadonlyMap<number, Located>
  readonly pauses: ReadonlyMap<number, readonly Located[]>
}

async function thingsIn(tx: Tx, groups: Groups): Promise<Things> {
  const states = [...groups.values()].flatMap((places) => [...places.values()])
  const rectifications = states.flatMap((state) => state.rectifications.map(({ id }) => id))
  const pauses = new Map<number, readonly Located[]>()
  for (const id of new Set(states.flatMap((state) => state.pauses.map(({ id }) => id)))) {
    pauses.set(id, await placesOf(tx, id))
  }
  return {
    alerts: await alertsById(tx, [...new Set(states.flatMap(idsOf))]),
    rectifications: await rectificationsById(tx, [...new Set(rectifications)]),
    pauses,
  }
}

/** What of its groups a subscription still asks for and may see. */
function* keptOf(
  before: Groups,
  subscribers: ReadonlyMap<number, Subscriber>,
  things: Things,
): Steps<Groups> {
  const kept: Groups = new Map()
  for (const [id, places] of before) {
    const subscriber = subscribers.get(id)
    if (!subscriber) continue
    const states = new Map<string, GroupState>()
    for (const [place, state] of places) {
      states.set(place, keptState(state, subscriber, things))
      yield
    }
    kept.set(id, states)
  }
  return kept
}

function keptState(state: GroupState, { want, scopes }: Subscriber, things: Things): GroupState {
  const sees = (where: Located | undefined) =>
    where !== undefined && scopes.every((scope) => covers(scope, where))
  const marks = Object.fromEntries(
    Object.entries(state.marks).filter(([id]) => {
      const alert = things.alerts.get(Number(id))
      return alert && want.rules.includes(alert.rule) && sees(alert)
    }),
  )
  const rectifications = state.rectifications.filter(({ id }) => sees(things.rectifications.get(id)))
  const pauses = state.pauses.filter(({ id }) => things.pauses.get(id)?.some(sees))
  const isEmpty = Object.keys(marks).length + rectifications.length + pauses.length === 0
  return isEmpty ? NO_GROUP : { ...state, marks, rectifications, pauses }
}
