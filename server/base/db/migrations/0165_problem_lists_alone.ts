import { type Kysely, sql } from 'kysely'

/** What `inspection_problem_list` holds as well. By itself: nobody who reads the table waits until other indexes are made. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`drop index if exists inspection_problem_there`.execute(db)
}
