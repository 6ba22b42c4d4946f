import { type Kysely, sql } from 'kysely'

/** What the last look at the line of each site brought. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table site_line (
        site_id int primary key references site,
        next_at timestamptz not null,
        at timestamptz, measured jsonb, reason text
      ) with (fillfactor = 80);
      create index site_line_turn on site_line (next_at)
    `)
    .execute(db)
}
