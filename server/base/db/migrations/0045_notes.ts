import { type Kysely, sql } from 'kysely'

/** Notes are counted by the day; the log of a shift is what people did in a stretch of time. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create index fact_note_written on fact (at) where kind = 'note.written'`.execute(db)
  await sql`create index fact_by_people on fact (at) where actor_id is not null`.execute(db)
}
