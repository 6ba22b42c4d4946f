import { type Kysely, sql } from 'kysely'

/** What people have judged is asked for with every look at a site: error rates of rules, and words that are right where they stand. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create index inspection_problem_judged on inspection_problem (rule, decided_at) where state <> 'open'`.execute(
    db,
  )
}
