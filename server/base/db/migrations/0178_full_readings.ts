import { type Kysely, sql } from 'kysely'

/**
 * When the page of a site was read in full last, and by which version of the reader: its finding stands as of the last look, which
 * may only have said that the page is as it was. Null: not since this was noted.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql.raw('alter table site_state add read_at timestamptz, add read_by int').execute(db)
}
