import { type Kysely, sql } from 'kysely'

/** What is remembered of home pages: hosts that they led to, and how they were. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table site_memory (
        site_id int primary key references site,
        first_day text not null,
        last_day text not null,
        days int not null,
        robots_day text,
        hosts jsonb not null default '{}',
        homes jsonb not null default '[]'
      )
    `)
    .execute(db)
}
