import { type Kysely, sql } from 'kysely'

/** Which monitors doubt their line, and when each said so last: one that does not ends no other's alert. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw('create table line_doubt (monitor text primary key, said_at timestamptz not null)')
    .execute(db)
}
