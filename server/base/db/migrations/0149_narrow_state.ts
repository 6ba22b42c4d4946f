import { type Kysely, sql } from 'kysely'

/**
 * What was read on a site's page is two thirds of its row, changes once a day, and was copied at every visit. It lies beside the
 * row from its next change on.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table site_state set (toast_tuple_target = 256)`.execute(db)
}
