import { type Kysely, sql } from 'kysely'

/** Facts of several places are found by that, whatever kind they are of; changes of pauses, which are counted, by the day. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create index fact_of_places on fact (seq) where data ? 'places'`.execute(db)
  await sql`drop index fact_pause`.execute(db)
  await sql`create index fact_pause_changed on fact (at) where kind = 'pause.changed'`.execute(db)
}
