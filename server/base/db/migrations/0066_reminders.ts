import { type Kysely, sql } from 'kysely'

/** Of what was reminded, so that each step is told once, whichever process does it and however often it is started. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table census_reminder (
        what text not null,
        -- The row that it is about, and where there are several of it, whose.
        ref text not null,
        step text not null,
        at timestamptz not null,
        primary key (what, ref, step)
      )
    `)
    .execute(db)
}
