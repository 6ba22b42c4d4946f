import { type Kysely, sql } from 'kysely'

/** A deep monitoring can be paused and gone on with: who did it, when. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(
      'alter table census_round add column paused_by int references user_account, add column paused_at timestamptz',
    )
    .execute(db)
}
