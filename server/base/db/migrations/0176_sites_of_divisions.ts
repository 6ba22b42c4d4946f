import { type Kysely, sql } from 'kysely'

/** Sites that lie in a division. Apart from the indexes of the log, which may take long: nobody who edits the register waits for those. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create index if not exists site_division on site (division)`.execute(db)
}
