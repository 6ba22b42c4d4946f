import { type Kysely, sql } from 'kysely'

/** How often the monitor errs: what was counted of each night, what it missed and told wrongly, what was seen meanwhile. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table quality_night (
        night text not null, place text not null, rule text not null,
        planted int not null, found int not null, clean int not null, wrong int not null, unmeasured int not null,
        median_s int, slowest_s int,
        counted_at timestamptz not null, demo boolean not null default false,
        primary key (night, place, rule)
      );
      create table quality_case (
        id int generated always as identity primary key,
        night text not null, place text not null, rule text not null, error text not null, what text not null,
        site_id int references site, page text,
        from_at timestamptz not null, to_at timestamptz not null,
        demo boolean not null default false
      );
      create index quality_case_night on quality_case (night);
      create index quality_case_site on quality_case (site_id);
      create table quality_look (
        night text not null, slot int not null, rule text not null, at timestamptz not null, outcome text not null,
        primary key (night, slot, rule, at)
      )
    `)
    .execute(db)
}
