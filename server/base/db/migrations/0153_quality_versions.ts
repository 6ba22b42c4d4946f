import { type Kysely, sql } from 'kysely'

/** By which version of its rule a night was counted; null: of a rule that has none, or of before. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table quality_night add column version int`.execute(db)
}
