import { sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import type { Db } from '../../base/db/database.ts'
import { LIMITS } from './limits.ts'

/** So many at a time: each takes what it was along. */
const AT_ONCE = 1_000

/**
 * Forgets hosts that no site has linked to for so many days (`kept.hostDays`), with what they were. One that is linked to again
 * is a new one.
 * @param now epoch ms. @returns how many were forgotten.
 */
export async function forgetHosts(db: Db, now: number): Promise<number> {
  const before = new Date(now - LIMITS.kept.hostDays * DAY)
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: number }>`
      select id from outbound_host host
      where sites = 0 and last_seen_at < ${before}
        and not exists (select from outbound_use used where used.host_id = host.id)
      order by last_seen_at limit ${AT_ONCE} for update skip locked
    `.execute(tx)
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return 0
    await sql`delete from outbound_look where host_id = any(${ids}::int[])`.execute(tx)
    await sql`delete from outbound_host where id = any(${ids}::int[])`.execute(tx)
    return ids.length
  })
}
