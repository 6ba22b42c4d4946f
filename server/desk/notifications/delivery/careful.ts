import type { Tx } from '../../../base/db/database.ts'
import { tryPart } from '../../../base/db/part.ts'
import { callPeople } from '../news/call.ts'
import type { Concerned } from '../news/concerned.ts'
import { concernedPages, foldFor } from '../news/fold-news.ts'
import { type News, newsOf } from '../news/news.ts'
import { tellDue } from '../news/tell-due.ts'
import { type DueGroup, type NoticeFact, postponeGroups } from './cursor.ts'

/** A notice that could not be made for a reason that will stay, and for whom. */
export interface Unnotified {
  /** Null: nothing new; a digest that was due. */
  readonly fact: NoticeFact | null
  /** Null: people who are called personally. */
  readonly subscriptionId: number | null
  readonly error: unknown
}

/** News, and the fact that it comes from. */
interface FactNews extends News {
  readonly fact: NoticeFact
}

/**
 * Takes facts in for one subscription after the other and, where that fails, one fact after the other, so that the bad
 * one is alone. Some statements for each: it is for the page that failed as a whole.
 * @returns what nobody was notified of.
 * @throws what will pass.
 */
export async function takeInOneByOne(
  tx: Tx,
  facts: readonly NoticeFact[],
  now: number,
): Promise<Unnotified[]> {
  const unnotified: Unnotified[] = []
  const news: FactNews[] = []
  for (const fact of facts) {
    const refused = await tryPart(
      tx,
      async () => void news.push(...newsOf(fact).map((one) => ({ ...one, fact }))),
    )
    if (refused) unnotified.push({ fact, subscriptionId: null, error: refused.error })
  }
  for await (const concerned of concernedPages(tx, news)) {
    for (const one of concerned) unnotified.push(...(await foldAlone(tx, one)))
  }
  return [...unnotified, ...(await callOneByOne(tx, facts, now))]
}

async function foldAlone(tx: Tx, { subscriber, own }: Concerned<FactNews>): Promise<Unnotified[]> {
  const foldOwn = (news: readonly News[]) => tryPart(tx, () => foldFor(tx, [{ subscriber, own: news }]))
  if (!(await foldOwn(own))) return []
  const unnotified: Unnotified[] = []
  for (const one of own) {
    const refused = await foldOwn([one])
    if (refused) unnotified.push({ fact: one.fact, subscriptionId: subscriber.id, error: refused.error })
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

/**
 * Tells what is due of one subscription after the other. Those that cannot be told wait.
 * @returns of whom nothing was told. @throws what will pass.
 */
export async function tellOneByOne(tx: Tx, due: readonly DueGroup[], now: number): Promise<Unnotified[]> {
  const unnotified: Unnotified[] = []
  for (const subscriptionId of new Set(due.map((group) => group.subscriptionId))) {
    const own = due.filter((group) => group.subscriptionId === subscriptionId)
    const refused = await tryPart(tx, () => tellDue(tx, own, now))
    if (!refused) continue
    unnotified.push({ fact: null, subscriptionId, error: refused.error })
    await tryPart(tx, () => postponeGroups(tx, subscriptionId, now))
  }
  return unnotified
}
