import { sql } from 'kysely'
import { SECOND } from '../../../../shared/base/time.ts'
import type { Context } from '../../context.ts'

/** A clock that differs from the database's by more is wrong, or the database's is. */
export const APART_MS = 30 * SECOND

/**
 * By how much the machine's clock is ahead of the database's for certain, ms, behind it where negative: while the answer is awaited their
 * time lies somewhere between. A clock that is set by hand is nobody's fault: 0.
 */
export async function aheadOfDatabase({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<number> {
  if (!clock.isMachines) return 0
  const beganMs = clock.now()
  const { rows } = await sql<{ ms: number }>`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms
  `.execute(db)
  const theirsMs = rows[0]?.ms ?? beganMs
  return Math.max(0, beganMs - theirsMs) + Math.min(0, clock.now() - theirsMs)
}

/**
 * The time by which something may be done for all that cannot be taken back: the machine's or the database's, whichever is earlier.
 * @returns null where the two are so far apart that one of them is wrong; that is logged.
 */
export async function agreedTime(ctx: Pick<Context, 'db' | 'clock' | 'log'>): Promise<number | null> {
  const aheadMs = await aheadOfDatabase(ctx)
  if (Math.abs(aheadMs) <= APART_MS) return ctx.clock.now() - Math.max(0, aheadMs)
  const aheadS = Math.round(aheadMs / SECOND)
  ctx.log.warn(
    { aheadS },
    "this clock is not the database's: nothing is called stalled, and nothing dropped, by it",
  )
  return null
}
