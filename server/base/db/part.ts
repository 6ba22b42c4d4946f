import { sql } from 'kysely'
import type { Tx } from './database.ts'
import { isLasting } from './failure.ts'

/**
 * Does a part of a transaction. Where it fails for a reason that will stay, the part alone is undone and the rest of
 * the transaction can go on. Parts do not overlap, but may lie in one another.
 * @returns what it failed by; null when it is done.
 * @throws what will pass: the transaction has failed.
 */
export async function tryPart(
  tx: Tx,
  work: () => Promise<unknown>,
): Promise<{ readonly error: unknown } | null> {
  await sql`savepoint part`.execute(tx)
  try {
    await work()
  } catch (error) {
    if (!isLasting(error)) throw error
    await sql`rollback to savepoint part`.execute(tx)
    await sql`release savepoint part`.execute(tx)
    return { error }
  }
  await sql`release savepoint part`.execute(tx)
  return null
}
