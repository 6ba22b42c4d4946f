import { type Kysely, sql } from 'kysely'

/** What a site answers where it has nothing, and how many of its links can therefore not be judged. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table link_scan add column soft404 jsonb, add column unjudged jsonb`.execute(db)
}
