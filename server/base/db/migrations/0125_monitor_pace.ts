import { type Kysely, sql } from 'kysely'

/** How the monitors keep pace with what the register asks for. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table monitor_pace (
        id text primary key,
        at timestamptz not null,
        done_per_s float8 not null,
        capacity_per_s float8 not null,
        asked_per_s float8 not null,
        due int not null,
        behind_s float8 not null default 0,
        behind_since timestamptz
      )
    `)
    .execute(db)
}
