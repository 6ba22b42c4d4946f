import type { NewFact } from '../../../shared/base/facts.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { appendFacts } from './append.ts'

/**
 * Does something in one transaction, appends the facts that tell of it, and wakes the live plane after the commit if
 * there are any.
 * @returns how many facts there were.
 */
export async function commitFacts(
  ctx: Pick<Context, 'db' | 'wake'>,
  work: (tx: Tx) => Promise<readonly NewFact[]>,
): Promise<number> {
  const told = await ctx.db.transaction().execute(async (tx) => {
    const facts = await work(tx)
    await appendFacts(tx, facts)
    return facts.length
  })
  if (told > 0) ctx.wake()
  return told
}
