import { type Kysely, sql } from 'kysely'

/** Score sheets as they were: one row while nothing in them changes, with its first and its last day. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table sheet (
        site_id int not null references site,
        edition text not null, revision int not null,
        -- Local days, YYYY-MM-DD.
        from_day text not null, to_day text not null check (to_day >= from_day),
        outcome text not null check (outcome in ('passed', 'failed', 'vetoed', 'open')),
        points double precision not null, score double precision,
        vetoes text[] not null, unmeasured text[] not null, lines jsonb not null,
        primary key (site_id, edition, from_day)
      );
      create index sheet_of_day on sheet (to_day)
    `)
    .execute(db)
}
