import { type Kysely, sql } from 'kysely'

/** Whose the platforms are that sites run on, which sites are to move to which of them, and how far that has come. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table platform (
        name text primary key,
        version int not null default 1,
        unit_id int references unit on delete restrict,
        address text, note text not null default '',
        is_shared boolean
      );
      create table site_move (
        id int generated always as identity primary key,
        version int not null default 1,
        site_id int not null references site on delete restrict,
        from_platform text, to_platform text not null,
        planned_on text not null, done_on text,
        state text not null, note text not null,
        seen jsonb,
        planned_by int not null references user_account, planned_at timestamptz not null,
        settled_by int references user_account, settled_at timestamptz
      );
      create unique index site_move_planned on site_move (site_id) where state = 'planned';
      create index site_move_site on site_move (site_id);
      create table consolidation_day (
        day text not null, district text not null references district,
        sites int not null, shared int not null, alone int not null,
        kept_at timestamptz not null, demo boolean not null,
        primary key (day, district)
      )
    `)
    .execute(db)
}
