import { type Kysely, sql } from 'kysely'

/** Places that doubt their own line because they miss many sites that the home place reaches; sites that some place misses. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      alter table vantage add is_apart boolean not null default false;
      create index vantage_look_failed on vantage_look (site_id) where outcome = 'failed'
    `)
    .execute(db)
}
