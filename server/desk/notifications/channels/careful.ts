import type { Tx } from '../../../base/db/database.ts'
import { tryPart } from '../../../base/db/part.ts'
import { type NoticeFact, postponeGroups } from '../delivery/cursor.ts'
import { callPeople } from '../notices/call.ts'
import { isFor, type News, newsOf, tell } from '../notices/tell.ts'
import { type Subscriber, subscribersById } from '../subscribers.ts'

/** Something that could not be told for a reason that will stay, and to whom. */
export interface Untold {
  /** Null: nothing new; a digest that was due. */
  readonly fact: NoticeFact | null
  /** Null: people who are called personally. */
  readonly subscriptionId: number | null
  readonly error: unknown
}

/**
 * Tells facts to one subscription after the other and, where that fails, one fact after the other, so that what cannot
 * be told is alone. Some statements for each: it is for the page that could not be told at once.
 * @returns what is left untold.
 * @throws what will pass.
 */
export async function tellOneByOne(tx: Tx, facts: readonly NoticeFact[], now: number): Promise<Untold[]> {
  const untold: Untold[] = []
  const news: { fact: NoticeFact; one: News }[] = []
  for (const fact of facts) {
    const refused = await tryPart(
      tx,
      async () => void news.push(...newsOf(fact).map((one) => ({ fact, one }))),
    )
    if (refused) untold.push({ fact, subscriptionId: null, error: refused.error })
  }
  for (const subscriber of (await subscribersById(tx, 'all')).values()) {
    const own = news.filter(({ one }) => isFor(subscriber, one))
    untold.push(...(await tellSubscriber(tx, subscriber, own, now)))
  }
  return [...untold, ...(await callOneByOne(tx, facts, now))]
}

async function tellSubscriber(
  tx: Tx,
  subscriber: Subscriber,
  own: readonly { fact: NoticeFact; one: News }[],
  now: number,
): Promise<Untold[]> {
  const { id } = subscriber
  const only = new Map([[id, subscriber]])
  const tellOwn = (news: readonly News[]) => tryPart(tx, () => tell(tx, only, news, now))
  const refused = await tellOwn(own.map(({ one }) => one))
  if (!refused) return []
  const untold: Untold[] = []
  for (const { fact, one } of own) {
    const again = await tellOwn([one])
    if (again) untold.push({ fact, subscriptionId: id, error: again.error })
  }
  const due = await tellOwn([])
  if (due) {
    untold.push({ fact: null, subscriptionId: id, error: due.error })
    await tryPart(tx, () => postponeGroups(tx, id, now))
  }
  return untold
}

async function callOneByOne(tx: Tx, facts: readonly NoticeFact[], now: number): Promise<Untold[]> {
  if (!(await tryPart(tx, () => callPeople(tx, facts, now)))) return []
  const untold: Untold[] = []
  for (const fact of facts) {
    const refused = await tryPart(tx, () => callPeople(tx, [fact], now))
    if (refused) untold.push({ fact, subscriptionId: null, error: refused.error })
  }
  return untold
}
