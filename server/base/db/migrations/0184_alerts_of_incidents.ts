import { type Kysely, sql } from 'kysely'

/**
 * The alert that tells of an incident is found without looking at those of its sites, of which a platform has thousands. An index
 * of its own, since the one for live ones does not have what was resolved by hand and may come back.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql.raw(`create index alert_telling on alert (incident_id) where rule = 'PLATFORM'`).execute(db)
}
