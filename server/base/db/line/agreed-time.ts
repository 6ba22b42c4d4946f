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
 * The machine's time or the database's, whichever is earlier: by it nothing is overdue that is not.
 * @returns `isApart`: they are so far apart that one of them is wrong.
 */
export async function earlierTime(
  ctx: Pick<Context, 'db' | 'clock'>,
): Promise<{ readonly atMs: number; readonly isApart: boolean }> {
  const aheadMs = await aheadOfDatabase(ctx)
  return { atMs: ctx.clock.now() - Math.max(0, aheadMs), isApart: Math.abs(aheadMs) > APART_MS }
}

/**
 * The time by which something may be done for all that cannot be taken back.
 * @returns null where the two clocks are too far apart; that is logged.
 */
export async function agreedTime(ctx: Pick<Context, 'db' | 'clock' | 'log'>): Promise<number | null> {
  const { atMs, isApart } = await earlierTime(ctx)
  if (!isApart) return atMs
  ctx.log.warn("this clock is not the database's: nothing is dropped or forgotten by it")
  return null
}
