import { type Kysely, sql } from 'kysely'

/** What home pages say of themselves, held against the register; what a deep monitoring found of that. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table site_imprint (
        site_id int primary key references site,
        read_at timestamptz not null, final_url text, said jsonb not null,
        differs text[] not null, site_version int not null
      );
      create index site_imprint_differs on site_imprint (site_id) where differs <> '{}';
      alter table census_round_site add column checks jsonb
    `)
    .execute(db)
}
