import { type Kysely, sql } from 'kysely'

/** Who looks at the sites of a spot check, and what they came to. A person has one seat for a site. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table census_review (
        id int generated always as identity primary key,
        version int not null default 1,
        round_id int not null, site_id int not null,
        seat text not null check (seat in ('first', 'second', 'third')),
        reviewer_id int not null references user_account,
        assigned_by int not null references user_account, assigned_at timestamptz not null,
        submitted_at timestamptz,
        measured jsonb, note text not null default '',
        outcome text check (outcome in ('passed', 'failed', 'vetoed', 'open')), points double precision,
        foreign key (round_id, site_id) references census_round_site,
        unique (round_id, site_id, seat),
        unique (round_id, site_id, reviewer_id),
        check ((submitted_at is null) = (outcome is null))
      );
      create index census_review_reviewer on census_review (reviewer_id) where submitted_at is null
    `)
    .execute(db)
}
