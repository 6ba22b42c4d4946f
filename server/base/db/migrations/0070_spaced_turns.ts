import { type Kysely, sql } from 'kysely'

/**
 * Turns that a site has only because something tightened its visits are none of the spaced ones that V1 counts: when the
 * last spaced one was is kept, and by day what was visited beside them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table site_state add spaced_at timestamptz`.execute(db)
  await sql`
    alter table visit_day add beside int not null default 0, add beside_failed int not null default 0
  `.execute(db)
}
