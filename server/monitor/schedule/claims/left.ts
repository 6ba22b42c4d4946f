import { sql } from 'kysely'
import type { Db } from '../../../base/db/database.ts'
import '../tables.ts'

/** Turns that were taken longer ago than that before nothing was heard any more are others' matter, or come to nothing again and again. */
const TAKEN_WITHIN = '2 minutes'

/**
 * Has turns of which nothing was recorded be due again at once: a monitor took them that has died since. Otherwise they would be due an
 * interval after they were taken, and their sites have gone for two without a visit. One that was taken anew since then, by whomever, is let
 * be; so is one that was taken long before, so that a page which ends whoever looks at it does so no more often than at a few turns. Should another
 * monitor be at one of them still, its site is visited once more. Waits for nobody who holds a site just now.
 * @param options.takenUntil those that were taken up to then.
 * @param options.busy the sites of the visits that are under way here.
 * @returns how many are due again, and how many were passed over since somebody holds them: what is gone may do so for a while.
 */
export async function takeBackTurns(
  db: Db,
  { now, takenUntil, busy }: { now: Date; takenUntil: Date; busy: readonly number[] },
): Promise<{ due: number; held: number }> {
  const isLeft = sql`waiting_since <= ${takenUntil} and waiting_since > ${takenUntil}::timestamptz - ${TAKEN_WITHIN}::interval
    and coalesce(spaced_at, waiting_since) <= ${takenUntil} and next_visit_at > ${now} and site_id <> all(${[...busy]}::int[])`
  const { rows } = await sql<{ due: number; held: number }>`
    with taken as (
      select site_id from site_state where ${isLeft} order by site_id for update skip locked
    ), again as (
      update site_state state set next_visit_at = ${now} from taken where state.site_id = taken.site_id returning state.site_id
    )
    select (select count(*) from again)::int as due,
      (select count(*) from site_state where ${isLeft} and site_id not in (select site_id from taken))::int as held
  `.execute(db)
  return rows[0] ?? { due: 0, held: 0 }
}
