import { sql } from 'kysely'
import type { Db } from '../../../server/base/db/database.ts'
import { packDueMs } from '../../../server/monitor/visit-store/ages.ts'
import { packHours, packVisits } from '../../../server/monitor/visit-store/pack.ts'
import { ensurePackedPartition, partitionOf } from '../../../server/monitor/visit-store/partitions.ts'
import { DAY } from '../../../shared/base/time.ts'
import { hoursOf, VISITS_A_DAY, visitsOf } from './day.ts'

/** Bytes that a site and day take in each form, with their indexes. */
export interface Sizes {
  readonly plain: number
  readonly plainHours: number
  readonly packed: number
  readonly packedHours: number
  /** Its row in `visit_day`. */
  readonly day: number
}

/**
 * Bytes by which a database grows for each site and day while single visits are kept for so many days: all that is stored
 * of them just before a day is packed, when most is plain, divided by the days.
 */
export function keptPerDay(sizes: Sizes, days: number): number {
  const [visits, hours] = [packDueMs('visit', 0) / DAY, packDueMs('visit_hour', 0) / DAY]
  const plain = visits * sizes.plain + hours * sizes.plainHours
  const packed = (days - visits) * sizes.packed + (days - hours) * sizes.packedHours
  return (plain + packed) / days + sizes.day
}

/** A day that nobody was visited on, and so many sites that get it packed. */
const LONG_PAST = 12_000
const SITES = 500

/** Stores a day of 500 sites packed, in tables that have no packed day yet, and says what a site takes of each. */
export async function packedSizes(db: Db): Promise<Pick<Sizes, 'packed' | 'packedHours'>> {
  const days = Array.from({ length: SITES }, (_, n) => visitsOf(n + 1, LONG_PAST))
  const rows = (data: Buffer[]) =>
    data.map((one, n) => ({ site_id: n + 1, day: LONG_PAST, visits: VISITS_A_DAY, data: one }))
  await ensurePackedPartition(db, LONG_PAST)
  const visits = rows(days.map((one) => packVisits(LONG_PAST * DAY, one)))
  const hours = rows(days.map((one) => packHours(LONG_PAST * DAY, hoursOf(one))))
  await db.insertInto('packed_visit').values(visits).execute()
  await db.insertInto('packed_hour').values(hours).execute()
  const { rows: found } = await sql<{ packed: number; packedHours: number }>`
    select pg_total_relation_size(${partitionOf('packed_visit', LONG_PAST)}::regclass)::float8 / ${SITES}::int as packed,
      pg_total_relation_size('packed_hour')::float8 / ${SITES}::int as "packedHours"
  `.execute(db)
  return found[0] ?? { packed: Number.NaN, packedHours: Number.NaN }
}
