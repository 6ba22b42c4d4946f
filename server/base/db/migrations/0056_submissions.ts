import { type Kysely, sql } from 'kysely'

/** What units and districts hand in for a round. Late is no state: it follows from the days. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table census_submission (
        id int generated always as identity primary key,
        version int not null default 1,
        round_id int not null references census_round,
        district text not null,
        -- Null: the district's own.
        unit_id int references unit,
        unit_name text,
        state text not null check (state in ('due', 'draft', 'handed_in', 'returned', 'accepted')),
        answers jsonb, figures jsonb,
        first_at timestamptz,
        handed_in_by int references user_account, handed_in_at timestamptz, signature text,
        decided_by int references user_account, decided_at timestamptz, decided_note text,
        unique nulls not distinct (round_id, district, unit_id)
      );
      create index census_submission_unit on census_submission (unit_id)
    `)
    .execute(db)
}
