import { type Kysely, sql } from 'kysely'

/** Message columns of sites (留言, 咨询, 信箱 …), and what was read of the letters in them. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table site_messages (
        site_id int not null references site on delete restrict,
        url text not null,
        name text not null,
        seen_at timestamptz not null,
        read_at timestamptz, tried_at timestamptz,
        next_visit_at timestamptz not null,
        reading jsonb,
        primary key (site_id, url)
      );
      create index site_messages_due on site_messages (next_visit_at)
    `)
    .execute(db)
}
