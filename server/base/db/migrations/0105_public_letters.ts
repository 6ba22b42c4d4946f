import { type Kysely, sql } from 'kysely'

/** Letters that everybody may read, by the day of their answer. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create index letter_public on letter (first_answered_on desc, id desc) include (unit_id, kind)
        where published_on is not null and merged_into is null and first_answered_on is not null
    `)
    .execute(db)
}
