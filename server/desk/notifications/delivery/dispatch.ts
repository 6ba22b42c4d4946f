import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { isLasting } from '../../../base/db/failure.ts'
import { lastSeq } from '../../../base/facts/log.ts'
import { callPeople } from '../news/call.ts'
import { newsOf, notifySubscribers } from '../news/notify-subscribers.ts'
import { setUnnotifiedAside } from '../news/unnotified.ts'
import { subscribersById } from '../subscribers.ts'
import { notifyOneByOne, type Unnotified } from './careful.ts'
import { hasWork, lockCursor, moveCursor, type NoticeFact, noticeFacts } from './cursor.ts'

/** Facts taken at once; a storm of 640 sites is one page. */
const PAGE = 2_000

/**
 * Takes in what the fact log has told since the last time, and puts the notices that are due on their way: in one
 * transaction with the number of the last fact and with what each group was notified of, so that nothing is lost and
 * nothing is sent twice, whichever process does it and wherever it ends. A notice that cannot be made for a reason that
 * will stay is set aside, and all others go out.
 * @returns whether there is more to take in.
 */
export async function dispatch(
  ctx: Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>,
): Promise<boolean> {
  const now = ctx.clock.now()
  if (!(await hasWork(ctx.db, now))) return false
  try {
    return (await takePage(ctx, now, notifyPage)).isMore
  } catch (error) {
    if (!isLasting(error)) throw error
    const { isMore, unnotified } = await takePage(ctx, now, notifyOneByOne)
    await setUnnotifiedAside(ctx, unnotified)
    return isMore
  }
}

type Notifying = (tx: Tx, facts: readonly NoticeFact[], now: number) => Promise<Unnotified[]>

function takePage(
  { db }: Pick<Context, 'db'>,
  now: number,
  notifying: Notifying,
): Promise<{ isMore: boolean; unnotified: Unnotified[] }> {
  return db.transaction().execute(async (tx) => {
    const cursor = await lockCursor(tx)
    // Another process is at it.
    if (cursor === null) return { isMore: false, unnotified: [] }
    const last = await lastSeq(tx)
    const facts = await noticeFacts(tx, cursor, last, PAGE)
    const unnotified = await notifying(tx, facts, now)
    const isMore = facts.length === PAGE
    await moveCursor(tx, isMore ? (facts.at(-1)?.seq ?? last) : last)
    return { isMore, unnotified }
  })
}

/** Everybody at once: a handful of statements, however many they are. */
async function notifyPage(tx: Tx, facts: readonly NoticeFact[], now: number): Promise<Unnotified[]> {
  await notifySubscribers(tx, await subscribersById(tx, 'all'), facts.flatMap(newsOf), now)
  await callPeople(tx, facts, now)
  return []
}
