import { sql } from 'kysely'
import type { Measured } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'

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

/** Of what has been measured since it was last taken, the newest of each site. */
export class PulseInbox {
  #newest = new Map<number, Measured>()

  add(visits: readonly Measured[]): void {
    for (const one of visits) {
      const known = this.#newest.get(one.siteId)
      if (!known || one.at >= known.at) this.#newest.set(one.siteId, one)
    }
  }

  take(): Iterable<Measured> {
    const taken = this.#newest
    this.#newest = new Map()
    return taken.values()
  }
}

/** So many visits fit into one notification, which holds 8,000 bytes. */
const AT_ONCE = 200

/** Tells other processes what was measured. */
export async function announceMeasured(db: Db, visits: readonly Measured[]): Promise<void> {
  for (let from = 0; from < visits.length; from += AT_ONCE) {
    const rows = visits
      .slice(from, from + AT_ONCE)
      .map(({ siteId, at, latencyMs }) => [siteId, at, latencyMs])
    await sql`select pg_notify('siteward_pulse', ${JSON.stringify(rows)})`.execute(db)
  }
}

/** What another process has told. */
export function heardMeasured(payload: string): Measured[] {
  const rows = JSON.parse(payload) as [number, number, number | null][]
  return rows.map(([siteId, at, latencyMs]) => ({ siteId, at, latencyMs }))
}
