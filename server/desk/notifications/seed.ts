import { covers } from '../../../shared/people/rights/rights.ts'
import type { Tx } from '../../base/db/database.ts'
import { listLiveAlerts } from '../alerts/queries.ts'
import { fold, type GroupState, NO_GROUP } from './delivery/group.ts'
import { groupsOf, saveGroups, subscribersById } from './subscribers.ts'

/**
 * Groups of a subscription that is new or has changed: what is open already is to be told, unless it was. What it
 * does not ask for any more is forgotten.
 */
export async function seedGroups(tx: Tx, subscriptionId: number, now: number): Promise<void> {
  const subscriber = (await subscribersById(tx, [subscriptionId])).get(subscriptionId)
  const before = await groupsOf(tx, subscriptionId)
  await tx.deleteFrom('notification_group').where('subscription_id', '=', subscriptionId).execute()
  if (!subscriber) return
  const { want, scopes } = subscriber
  const live = (await listLiveAlerts(tx)).filter((alert) => scopes.every((scope) => covers(scope, alert)))
  const after = new Map<string, GroupState>()
  for (const place of new Set(live.map((alert) => alert.district ?? ''))) {
    const here = live.filter((alert) => (alert.district ?? '') === place && want.rules.includes(alert.rule))
    const old = before.get(place) ?? NO_GROUP
    const marks = Object.fromEntries(here.flatMap(({ id }) => (old.marks[id] ? [[id, old.marks[id]]] : [])))
    const news = here.filter(({ id }) => !old.marks[id])
    const happenings = news.map((alert) => ({ atMs: now, kind: 'alert.opened' as const, alert }))
    after.set(place, fold({ ...old, marks }, want, happenings))
  }
  await saveGroups(tx, new Map([[subscriptionId, after]]))
}
