import { type Kysely, sql } from 'kysely'

/** Months of the hotline as they were published; never changed. And letters without an answer, which score sheets count. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table letter_ranking (
        month text primary key,
        body jsonb not null, hash text not null,
        published_at timestamptz not null, published_by int references user_account
      );
      create index letter_unanswered on letter (unit_id, received_on) where first_answered_on is null
    `)
    .execute(db)
}
