import { type Kysely, sql } from 'kysely'

/** Whether the year of the date that an item bore when it was first seen was a guess; null: that was not noted. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql.raw('alter table site_item add first_guessed boolean').execute(db)
}
