import { type Kysely, sql } from 'kysely'

/** What persons have found on sites, by the rules of the census. Nothing of it is ever deleted. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table census_finding (
        id int generated always as identity primary key,
        version int not null default 1,
        site_id int not null references site,
        edition text not null, rule text not null,
        kind text not null, serial int not null,
        target text, count int, note text not null, proof text[] not null,
        state text not null check (state in ('proposed', 'confirmed', 'dismissed', 'mended')),
        recorded_by int not null references user_account, recorded_at timestamptz not null,
        confirmed_by int references user_account, confirmed_at timestamptz, confirmed_note text,
        ended_by int references user_account, ended_at timestamptz, ended_note text,
        unique (site_id, kind, serial),
        check (confirmed_by <> recorded_by)
      );
      create index census_finding_counting on census_finding (site_id) where state = 'confirmed';
      create index census_finding_target on census_finding (target) where target is not null
    `)
    .execute(db)
}
