import { type Kysely, sql } from 'kysely'

/** Announcements are counted by the day. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create index fact_announcement_posted on fact (at) where kind = 'announcement.posted'`.execute(db)
}
