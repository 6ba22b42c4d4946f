import { type Kysely, sql } from 'kysely'

/** Rounds of checks, and the sites of each as they were when it was opened. Late and at risk are no states. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table census_round (
        id int generated always as identity primary key,
        version int not null default 1,
        kind text not null check (kind in ('self_check', 'report', 'deep', 'spot', 'guard')),
        year int not null, serial int not null,
        state text not null check (state in ('planned', 'open', 'checking', 'reviewing', 'closed', 'void')),
        edition text not null, revision int,
        -- Local days, YYYY-MM-DD.
        opens_on text not null, due_on text not null check (due_on >= opens_on),
        repeats boolean not null default false,
        sites int not null default 0,
        sample jsonb, seed text, frame_hash text, seed_first boolean not null default false,
        planned_by int references user_account, planned_at timestamptz not null,
        opened_by int references user_account, opened_at timestamptz,
        drawn_by int references user_account, drawn_at timestamptz,
        ended_by int references user_account, ended_at timestamptz, ended_note text,
        unique (kind, year, serial),
        check (kind <> 'spot' or sample is not null)
      );
      create table census_round_site (
        round_id int not null references census_round,
        site_id int not null references site,
        position int not null,
        code text not null, name text not null, level text not null, district text not null,
        unit_id int not null references unit, unit_name text not null,
        stratum text, rank int, draw text check (draw in ('chosen', 'reserve', 'rest')),
        second boolean not null default false,
        result text check (result in ('passed', 'failed', 'vetoed', 'open')), points double precision,
        primary key (round_id, site_id),
        unique (round_id, position) deferrable initially deferred
      );
      create index census_round_site_site on census_round_site (site_id);
      create index census_round_site_unit on census_round_site (unit_id)
    `)
    .execute(db)
}
