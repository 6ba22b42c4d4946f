import { sql } from 'kysely'
import type { Tx } from './database.ts'

/**
 * Lets the rest of a transaction refer to rows without each reference being looked up, and without triggers, where the database lets us,
 * as the embedded one does: only for what a script of ours stores of rows that it has just read, and in tables that no trigger follows.
 */
export async function trusted(tx: Tx): Promise<void> {
  await sql`
    select set_config('session_replication_role', 'replica', true) where current_setting('is_superuser') = 'on'`.execute(
    tx,
  )
}
