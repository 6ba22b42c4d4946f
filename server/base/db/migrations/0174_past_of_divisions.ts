import { type Kysely, sql } from 'kysely'

/** What a division was told is read by its sites, by its groups, and by each kind of what concerns everybody, wherever they stand in the log. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create index fact_register_changed on fact (seq) where kind = 'register.changed'`.execute(db)
  await sql`create index fact_of_group on fact (district, seq) where district is not null`.execute(db)
}
