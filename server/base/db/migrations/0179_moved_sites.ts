import { type Kysely, sql } from 'kysely'

/** When a site's address became another, and which such move its last turn knew of. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql.raw('alter table site add moved_at timestamptz').execute(db)
  await sql.raw('alter table site_state add moved_at timestamptz').execute(db)
}
