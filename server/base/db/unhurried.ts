import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** Lets a transaction take as long as it needs: work in the background that goes through much. */
export async function unhurried(tx: Tx): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(tx)
}
