import { type Kysely, sql } from 'kysely'

/** Units that became one with another, as in a reform of offices. */
export async function up(db: Kysely<any>): Promise<void> {
  const statements = [
    'alter table unit add column merged_into int references unit, add column retired_on text',
    `create table unit_merge (
      id int generated always as identity primary key,
      unit_id int not null references unit, into_id int not null references unit,
      at timestamptz not null, actor_id int, actor_name text not null, reason text not null,
      -- What went over, to be given back.
      moved jsonb not null,
      undone_at timestamptz, undone_by text,
      check (unit_id <> into_id)
    )`,
    'create unique index unit_merge_unit on unit_merge (unit_id) where undone_at is null',
    'create index unit_merge_into on unit_merge (into_id)',
    'create index unit_merged on unit (merged_into) where merged_into is not null',
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
