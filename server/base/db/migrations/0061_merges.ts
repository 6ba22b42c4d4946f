import { type Kysely, sql } from 'kysely'

/** Sites that were one all the time, and sites that were made of another. */
export async function up(db: Kysely<any>): Promise<void> {
  const statements = [
    'alter table site drop constraint site_lifecycle_check',
    `alter table site add constraint site_lifecycle_check
      check (lifecycle in ('normal', 'exempt', 'paused', 'closing', 'closed', 'moved', 'merged'))`,
    'alter table site_change drop constraint site_change_via_check',
    `alter table site_change add constraint site_change_via_check
      check (via in ('form', 'bulk', 'import', 'filing', 'merge', 'split'))`,
    'alter table site add column merged_into int references site',
    `create table site_merge (
      id int generated always as identity primary key,
      site_id int not null references site, into_id int not null references site,
      at timestamptz not null, actor_id int, actor_name text not null, reason text not null,
      -- What the one that went was, to be given back.
      was jsonb not null,
      -- The versions that came of it: a later one says that something has happened since.
      site_version int not null, into_version int not null,
      undone_at timestamptz, undone_by text,
      check (site_id <> into_id)
    )`,
    'create unique index site_merge_site on site_merge (site_id) where undone_at is null',
    'create index site_merge_into on site_merge (into_id)',
    `create table site_split (
      site_id int primary key references site,
      from_id int not null references site,
      at timestamptz not null, actor_name text not null, reason text not null
    )`,
    'create index site_split_from on site_split (from_id)',
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
