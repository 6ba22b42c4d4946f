import { type Kysely, sql } from 'kysely'

/** How often who had an order did not come back with it, apart from the times that its page could not be drawn. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table render_order add column lost int2 not null default 0`.execute(db)
}
