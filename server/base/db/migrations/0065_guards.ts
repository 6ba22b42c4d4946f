import { type Kysely, sql } from 'kysely'

/**
 * Guarded periods: what a round of that kind is about, the zero reports of it, and for the monitor which sites it visits
 * more often from when until when.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table census_guard (
        round_id int primary key references census_round,
        name text not null,
        from_on text not null, to_on text not null,
        -- Both empty: all sites.
        districts text[] not null default '{}', site_ids int[] not null default '{}',
        -- Null: visited as often as ever.
        every_s int,
        hours text[] not null default '{}', grace_min int not null,
        report jsonb
      );
      create table census_zero_report (
        id int generated always as identity primary key,
        version int not null default 1,
        round_id int not null references census_round,
        district text not null,
        -- Null: the district's own.
        unit_id int references unit,
        unit_name text,
        due_at timestamptz not null,
        happened text,
        signed_by int references user_account, signed_at timestamptz, signature text,
        unique nulls not distinct (round_id, district, unit_id, due_at)
      );
      create index census_zero_report_due on census_zero_report (due_at) where signed_at is null;
      create table visit_tightening (
        -- Whatever has asked for it.
        source text not null,
        site_id int not null references site,
        every_s int not null check (every_s > 0),
        from_at timestamptz not null, until_at timestamptz not null check (until_at > from_at),
        primary key (site_id, source)
      );
      create index visit_tightening_source on visit_tightening (source)
    `)
    .execute(db)
}
