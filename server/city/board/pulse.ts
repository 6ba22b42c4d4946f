import { sql } from 'kysely'
import type { Db } from '../../base/db/database.ts'

export interface Measured {
  siteId: number
  /** Epoch seconds. */
  at: number
  latencyMs: number | null
}

/** The latest measurement of every site visited since `since`. */
export async function measuredSince(db: Db, since: Date): Promise<Measured[]> {
  return db
    .selectFrom('site_state')
    .select([
      'site_id as siteId',
      sql<number>`floor(extract(epoch from last_visit_at))::float8`.as('at'),
      sql<number | null>`round(latency_ms)`.as('latencyMs'),
    ])
    .where('last_visit_at', '>', since)
    .execute()
}
