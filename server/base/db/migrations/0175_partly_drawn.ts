import { type Kysely, sql } from 'kysely'

/** When what a column is known to list was drawn, be it in part: what is sent after that does not take its place while it is newer. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql.raw('alter table site_column add list_drawn_at timestamptz').execute(db)
}
