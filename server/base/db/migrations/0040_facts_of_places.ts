import { type Kysely, sql } from 'kysely'

/** Facts of several places are found by that, whatever kind they are of; what is counted by the day, by its kind. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create index fact_of_places on fact (seq) where data ? 'places'`.execute(db)
  await sql`drop index fact_pause`.execute(db)
  for (const kind of ['announcement.posted', 'pause.changed']) {
    const name = `fact_${kind.replace('.', '_')}`
    await sql.raw(`create index ${name} on fact (at) where kind = '${kind}'`).execute(db)
  }
}
