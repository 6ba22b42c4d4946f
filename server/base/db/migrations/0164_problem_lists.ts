import { type Kysely, sql } from 'kysely'

/**
 * How many problems each list has is counted in indexes that name the site; on how many sites there is one of the same source is looked
 * up by its key where it has no name.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create index inspection_problem_list on inspection_problem (rule, state, site_id) where gone_at is null;
      create index inspection_problem_past on inspection_problem (rule, state, site_id) where gone_at is not null;
      create index inspection_problem_alike on inspection_problem (rule, key) where told is null and gone_at is null
    `)
    .execute(db)
}
