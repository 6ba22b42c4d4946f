import type { Tx } from '../../../base/db/database.ts'
import { tryPart } from '../../../base/db/part.ts'
import { callPeople } from '../news/call.ts'
import { isFor, type News, newsOf, notifySubscribers } from '../news/notify-subscribers.ts'
import { type Subscriber, subscribersById } from '../subscribers.ts'
import { type NoticeFact, postponeGroups } from './cursor.ts'

/** A notice that could not be made for a reason that will stay, and for whom. */
export interface Unnotified {
  /** Null: nothing new; a digest that was due. */
  readonly fact: NoticeFact | null
  /** Null: people who are called personally. */
  readonly subscriptionId: number | null
  readonly error: unknown
}

/**
 * Notifies one subscription after the other and, where that fails, of one fact after the other, so that the bad one is
 * alone. Some statements for each: it is for the page that failed as a whole.
 * @returns what nobody was notified of.
 * @throws what will pass.
 */
export async function notifyOneByOne(
  tx: Tx,
  facts: readonly NoticeFact[],
  now: number,
): Promise<Unnotified[]> {
  const unnotified: Unnotified[] = []
  const news: { fact: NoticeFact; one: News }[] = []
  for (const fact of facts) {
    const refused = await tryPart(
      tx,
      async () => void news.push(...newsOf(fact).map((one) => ({ fact, one }))),
    )
    if (refused) unnotified.push({ fact, subscriptionId: null, error: refused.error })
  }
  for (const subscriber of (await subscribersById(tx, 'all')).values()) {
    const own = news.filter(({ one }) => isFor(subscriber, one))
    unnotified.push(...(await notifySubscriber(tx, subscriber, own, now)))
  }
  return [...unnotified, ...(await callOneByOne(tx, facts, now))]
}

async function notifySubscriber(
  tx: Tx,
  subscriber: Subscriber,
  own: readonly { fact: NoticeFact; one: News }[],
  now: number,
): Promise<Unnotified[]> {
  const { id } = subscriber
  const only = new Map([[id, subscriber]])
  const notifyOwn = (news: readonly News[]) => tryPart(tx, () => notifySubscribers(tx, only, news, now))
  const refused = await notifyOwn(own.map(({ one }) => one))
  if (!refused) return []
  const unnotified: Unnotified[] = []
  for (const { fact, one } of own) {
    const again = await notifyOwn([one])
    if (again) unnotified.push({ fact, subscriptionId: id, error: again.error })
  }
  const due = await notifyOwn([])
  if (due) {
    unnotified.push({ fact: null, subscriptionId: id, error: due.error })
    await tryPart(tx, () => postponeGroups(tx, id, now))
  }
  return unnotified
}

async function callOneByOne(tx: Tx, facts: readonly NoticeFact[], now: number): Promise<Unnotified[]> {
  if (!(await tryPart(tx, () => callPeople(tx, facts, now)))) return []
  const unnotified: Unnotified[] = []
  for (const fact of facts) {
    const refused = await tryPart(tx, () => callPeople(tx, [fact], now))
    if (refused) unnotified.push({ fact, subscriptionId: null, error: refused.error })
  }
  return unnotified
}
