import { type Kysely, sql } from 'kysely'

/** What is published by night; the order of a site's lists, and dates in them that contradict what memory saw. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table open_data_file (
        day text not null, name text not null,
        body bytea not null, bytes int not null, rows int not null, hash text not null,
        made_at timestamptz not null,
        primary key (day, name)
      );
      alter table open_data_file alter column body set storage external;
      create table date_doubt (
        site_id int not null references site, key text not null, kind text not null,
        title text not null, url text,
        claimed text not null, first_day text not null, first_date text, absent_day text,
        seen_day text not null, last_day text not null, moves int not null default 0,
        primary key (site_id, key)
      );
      create table site_lists (
        site_id int primary key references site,
        day text not null, lists jsonb not null
      )
    `)
    .execute(db)
}
