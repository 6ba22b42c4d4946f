import type { Db, Tx } from '../../../server/base/db/database.ts'
import { insertVisits, type VisitRow } from '../../../server/monitor/visit-store/insert.ts'
import { ensureVisitPartitions } from '../../../server/monitor/visit-store/partitions.ts'

/** One visit of the past; good, spaced and counted unless told otherwise. */
export interface PastVisit extends Partial<Omit<VisitRow, 'at'>> {
  /** Epoch milliseconds. */
  at: number
}

/** Stores visits to a site as the monitor does, with their sums by hour and day. */
export async function addVisits(db: Db, siteId: number, visits: readonly PastVisit[]): Promise<void> {
  const times = visits.map((visit) => visit.at)
  await ensureVisitPartitions(db, times)
  await db.transaction().execute((tx: Tx) =>
    insertVisits(
      tx,
      visits.map(({ at, ...given }) => ({
        site_id: siteId,
        at: new Date(at).toISOString(),
        outcome: 0,
        cause: null,
        status: 200,
        extra: false,
        excluded: false,
        dns_ms: 1,
        connect_ms: 1,
        tls_ms: null,
        ttfb_ms: 50,
        total_ms: 100,
        bytes: 20_000,
        ...given,
      })),
    ),
  )
}

/** `count` visits at even distances, the last one at `end`; oldest first. */
export function spaced(end: number, everyMs: number, count: number): PastVisit[] {
  return Array.from({ length: count }, (_, index) => ({ at: end - (count - 1 - index) * everyMs }))
}
