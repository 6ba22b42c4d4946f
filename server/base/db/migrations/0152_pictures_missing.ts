import { type Kysely, sql } from 'kysely'

/** Pictures that could not be taken, and why. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table picture_missing (
        id int generated always as identity primary key,
        site_id int not null references site on delete restrict,
        at timestamptz not null,
        url text not null,
        reason text not null,
        rule text,
        ref int,
        why text not null
      );
      create index picture_missing_of_site on picture_missing (site_id, id);
      create index picture_missing_of_ref on picture_missing (ref, reason) where ref is not null
    `)
    .execute(db)
}
