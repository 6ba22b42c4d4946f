import { type Kysely, sql } from 'kysely'

/** What a browser finds of pages: one of each template of a site, again and again. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table page_check (
        site_id int not null references site,
        template text not null,
        next_at timestamptz not null,
        url text,
        at timestamptz,
        found jsonb,
        failed_at timestamptz,
        reason text,
        primary key (site_id, template)
      );
      create index page_check_turn on page_check (next_at)
    `)
    .execute(db)
}
