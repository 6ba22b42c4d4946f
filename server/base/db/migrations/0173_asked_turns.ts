import { type Kysely, sql } from 'kysely'

/** Sites that somebody asked to be visited are found at once, however many others wait: they come first. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql.raw('create index site_state_asked on site_state (next_visit_at) where read_again').execute(db)
}
