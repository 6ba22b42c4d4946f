import { type Kysely, sql } from 'kysely'

/** When the page of a column was drawn by a browser last. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql.raw(`alter table site_column add column drawn_at timestamptz`).execute(db)
}
