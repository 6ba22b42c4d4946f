import { type Kysely, sql } from 'kysely'

/** How many sites of a district had nobody or several to one of the questions who answers for them, at the end of each day. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create table answers_day (
    -- A local day, YYYY-MM-DD.
    day text not null, district text not null,
    sites int not null, settled int not null,
    -- Sites with nobody to a question, and with several to one: some are in both.
    unanswered int not null, contested int not null,
    kept_at timestamptz not null,
    demo boolean not null default false,
    primary key (day, district)
  )`.execute(db)
}
