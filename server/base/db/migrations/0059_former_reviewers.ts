import { type Kysely, sql } from 'kysely'

/** Who had a look before it was given to somebody else: they have seen what the monitor counted there. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table census_review add column former int[] not null default '{}'`.execute(db)
}
