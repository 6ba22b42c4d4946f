import { sql } from 'kysely'
import type { Db } from '../../../base/db/database.ts'
import '../tables.ts'

/**
 * Has turns of which nothing was recorded be due again at once: a monitor took them that has died since. Otherwise they would be due an
 * interval after they were taken, and their sites have gone for two without a visit. Should another monitor be at one of them still, its
 * site is visited once more. Waits for nobody who holds a site just now: something is recorded of that.
 * @param options.takenUntil those that were taken up to then.
 * @param options.busy the sites of the visits that are under way here.
 * @returns how many.
 */
export async function takeBackTurns(
  db: Db,
  { now, takenUntil, busy }: { now: Date; takenUntil: Date; busy: readonly number[] },
): Promise<number> {
  const { numAffectedRows } = await sql`
    with taken as (
      select site_id from site_state
      where waiting_since <= ${takenUntil} and next_visit_at > ${now} and site_id <> all(${[...busy]}::int[])
      order by site_id
      for update skip locked
    )
    update site_state state set next_visit_at = ${now} from taken where state.site_id = taken.site_id
  `.execute(db)
  return Number(numAffectedRows ?? 0)
}
