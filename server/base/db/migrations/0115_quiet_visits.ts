import { type Kysely, sql } from 'kysely'

/** Until when a well site's visits change nothing, and by which rules that is so; null: it has to be looked at in full. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table site_state add quiet_until timestamptz, add quiet_by text`.execute(db)
}
