import { type Kysely, sql } from 'kysely'

/** What a problem consists of: a refusal holds for that, and not for whatever is found under its key later. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql.raw('alter table inspection_problem add column print jsonb').execute(db)
}
