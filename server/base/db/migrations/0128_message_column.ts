import { type Kysely, sql } from 'kysely'

/**
 * Message columns of sites by their names, as other columns are: an address may be another at each visit. Of those of one name
 * the one that was seen last is taken over. Versions before write `site_messages` for as long as they work beside this one: it is
 * left to them as it is, and taken away in a later migration (`…_since_0128`).
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table message_column (
        site_id int not null references site on delete restrict,
        name text not null,
        url text not null,
        seen_at timestamptz not null,
        read_at timestamptz, tried_at timestamptz,
        next_visit_at timestamptz not null,
        reading jsonb,
        primary key (site_id, name)
      );
      create index message_column_due on message_column (next_visit_at);
      insert into message_column (site_id, name, url, seen_at, read_at, tried_at, next_visit_at, reading)
      select distinct on (site_id, name) site_id, name, url, seen_at, read_at, tried_at, next_visit_at, reading
      from site_messages order by site_id, name, seen_at desc, url desc
      on conflict do nothing
    `)
    .execute(db)
}
