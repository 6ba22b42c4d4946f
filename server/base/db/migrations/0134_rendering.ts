import { type Kysely, sql } from 'kysely'

/** Pages that are to be drawn by a browser, what was read of them so, and who draws. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table render_order (
        id int generated always as identity primary key,
        site_id int not null references site,
        url text not null,
        purpose text not null,
        subject jsonb,
        ref text not null,
        cause text not null,
        priority int2 not null,
        asked_by int references user_account,
        asked_at timestamptz not null,
        not_before timestamptz not null,
        lease_until timestamptz,
        tries int2 not null default 0,
        done_at timestamptz,
        outcome text,
        reason text
      );
      create unique index render_order_open on render_order (site_id, purpose, ref, md5(url)) where done_at is null;
      create index render_order_turn on render_order (priority desc, id) where done_at is null;
      create index render_order_site on render_order (site_id, asked_at);
      create index render_order_done on render_order (done_at) where done_at is not null;
      create table site_rendering (
        site_id int primary key references site,
        cause text,
        sent jsonb, sent_at timestamptz,
        drawn jsonb, drawn_at timestamptz, drawn_url text,
        took_ms int, requests int, bytes int,
        failed_at timestamptz, reason text,
        asked_at timestamptz
      );
      create index site_rendering_again on site_rendering (drawn_at) where cause is not null;
      create table renderer (
        name text primary key,
        heard_at timestamptz not null,
        problem text
      )
    `)
    .execute(db)
}
