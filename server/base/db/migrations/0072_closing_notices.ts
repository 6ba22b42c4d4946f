import { type Kysely, sql } from 'kysely'

/** What the monitor has seen of the notice that a site closes or moves. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table filing_notice (
        filing_id int primary key references filing,
        looked_at timestamptz not null,
        since timestamptz, last_at timestamptz, missing_at timestamptz,
        text text, says_on text,
        -- How many days it had stood when the site went.
        days_at_end int
      )
    `)
    .execute(db)
}
