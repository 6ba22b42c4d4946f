import { type Kysely, sql } from 'kysely'

/** Pictures of pages, taken as proof: what is the same is kept once. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table picture_copy (
        hash text primary key,
        bytes bytea not null,
        width int not null, height int not null,
        kept_at timestamptz not null
      );
      create table picture (
        id int generated always as identity primary key,
        site_id int not null references site on delete restrict,
        at timestamptz not null,
        url text not null,
        reason text not null,
        rule text,
        ref int,
        mark jsonb,
        is_marked boolean not null,
        hash text not null references picture_copy on delete restrict
      );
      create index picture_of_site on picture (site_id, at, id);
      create index picture_of_ref on picture (ref, reason) where ref is not null;
      create index picture_of_copy on picture (hash)
    `)
    .execute(db)
}
