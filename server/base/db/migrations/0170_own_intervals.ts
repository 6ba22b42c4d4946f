import { type Kysely, sql } from 'kysely'

/**
 * Which intervals sites have of their own, and which visits are tightened to, and whether any site has none, is found by a few probes:
 * whoever gives turns asks for it each time, and a nation may have one for each site.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create index site_own_interval on site (interval_s) where interval_s is not null;
      create index site_usual_interval on site (demo) where interval_s is null;
      create index visit_tightening_every on visit_tightening (every_s)
    `)
    .execute(db)
}
