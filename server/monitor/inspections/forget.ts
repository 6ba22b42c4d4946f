import { sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import { MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import type { Db } from '../../base/db/database.ts'

/** So many at a time: a large database is done within days, and nobody waits for it. */
const AT_ONCE = 5_000

/**
 * Forgets problems that were gone, and of which nobody has said anything, for so many days (`kept.goneDays`). What a person has
 * called none stays: it is remembered should it be found again, and words are right where somebody has said so.
 * @param now epoch ms. @returns how many were forgotten.
 */
export async function forgetGone(db: Db, now: number): Promise<number> {
  const before = new Date(now - MACHINE.kept.goneDays * DAY)
  const { numAffectedRows } = await sql`
    delete from inspection_problem where id in (
      select id from inspection_problem
      where gone_at < ${before} and state <> 'refused' and (decided_at is null or decided_at < ${before})
      order by gone_at limit ${AT_ONCE} for update skip locked)
  `.execute(db)
  return Number(numAffectedRows ?? 0)
}
