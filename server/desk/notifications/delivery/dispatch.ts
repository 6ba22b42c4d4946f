import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { isLasting } from '../../../base/db/failure.ts'
import { lastSeq } from '../../../base/facts/log.ts'
import { callPeople } from '../news/call.ts'
import { foldNews } from '../news/fold-news.ts'
import { newsOf } from '../news/news.ts'
import { tellDue } from '../news/tell-due.ts'
import { setUnnotifiedAside } from '../news/unnotified.ts'
import { takeInOneByOne, tellOneByOne, type Unnotified } from './careful.ts'
import { dueGroups, hasWork, lockCursor, moveCursor, noticeFacts } from './cursor.ts'

/** Facts taken at once; a storm of 640 sites is one page. */
const PAGE = 2_000
/** Groups that are told at once; those of a nation come due in the same second. */
const DUE_PAGE = 500

type Dispatching = Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>

/**
 * Takes in a page of what the fact log has told since the last time, in one transaction with the number of the last
 * fact; then puts a page of the digests that are due on their way, in one with what each group was notified of. So
 * nothing is lost and nothing is sent twice, whichever process does it and wherever it ends, and however many are to be
 * notified, no transaction grows with them. A notice that cannot be made for a reason that will stay is set aside, and
 * all others go out.
 * @returns whether there is more to do at once.
 */
export async function dispatch(ctx: Dispatching): Promise<boolean> {
  const now = ctx.clock.now()
  if (!(await hasWork(ctx.db, now))) return false
  const isMoreNews = await inTurn(ctx, (tx, isCareful) => takeInPage(tx, now, isCareful))
  const isMoreDue = await inTurn(ctx, (tx, isCareful) => tellPage(tx, now, isCareful))
  return isMoreNews || isMoreDue
}

interface Done {
  readonly isMore: boolean
  readonly unnotified: readonly Unnotified[]
}

/** Does one page unless another process is at it; where it fails as a whole, carefully. */
async function inTurn(
  ctx: Dispatching,
  page: (tx: Tx, isCareful: boolean) => Promise<Done>,
): Promise<boolean> {
  const attempt = (isCareful: boolean) => ctx.db.transaction().execute((tx) => page(tx, isCareful))
  try {
    return (await attempt(false)).isMore
  } catch (error) {
    if (!isLasting(error)) throw error
    const { isMore, unnotified } = await attempt(true)
    await setUnnotifiedAside(ctx, unnotified)
    return isMore
  }
}

const NOT_OURS: Done = { isMore: false, unnotified: [] }

async function takeInPage(tx: Tx, now: number, isCareful: boolean): Promise<Done> {
  const cursor = await lockCursor(tx)
  if (cursor === null) return NOT_OURS
  const last = await lastSeq(tx)
  const facts = await noticeFacts(tx, cursor, last, PAGE)
  const unnotified = isCareful ? await takeInOneByOne(tx, facts, now) : []
  if (!isCareful) {
    await foldNews(tx, facts.flatMap(newsOf))
    await callPeople(tx, facts, now)
  }
  const isMore = facts.length === PAGE
  await moveCursor(tx, isMore ? (facts.at(-1)?.seq ?? last) : last)
  return { isMore, unnotified }
}

async function tellPage(tx: Tx, now: number, isCareful: boolean): Promise<Done> {
  if ((await lockCursor(tx)) === null) return NOT_OURS
  const due = await dueGroups(tx, now, DUE_PAGE)
  // What could not be told may be due still: the next look goes on, not this one.
  if (isCareful) return { isMore: false, unnotified: await tellOneByOne(tx, due, now) }
  if (due.length > 0) await tellDue(tx, due, now)
  return { isMore: due.length === DUE_PAGE, unnotified: [] }
}
