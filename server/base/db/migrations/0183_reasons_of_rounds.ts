import { type Kysely, sql } from 'kysely'

/** By which vetoes a site failed in a deep monitoring. Null: that was not kept with its result. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql.raw('alter table census_round_site add vetoes text[]').execute(db)
}
