import { sql } from 'kysely'
import { localDay, monthBefore, monthOf } from '../../../shared/base/time.ts'
import { MONTHS_BACK } from '../../../shared/census/summary/summary.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { type Jobs, queue } from '../../base/jobs.ts'
import { endsOf } from './ends.ts'
import { placesOf, totalsOf } from './sums.ts'

const QUEUE = queue('summary.sums')
/** Sums follow the sheets of a night; by this time also where those were not all kept. */
const EVERY_MORNING = '40 1 * * *'
/** After those of a day that was missed. */
const AFTER_START_S = 300
const WITHIN_S = 1_800
const CITY = { kind: 'city' } as const

/** Sums up in the background what the first to open the month at a glance would else wait for. */
export async function startSummaryWorker(ctx: Context, jobs: Jobs): Promise<void> {
  await jobs.work(QUEUE, 1, () => sumUpAhead(ctx))
  await jobs.every(EVERY_MORNING, QUEUE)
  await jobs.send(QUEUE, {}, { afterS: AFTER_START_S, withinS: WITHIN_S })
}

/** Has the days summed up of which sheets have just been kept. */
export const hurrySums = (jobs: Pick<Jobs, 'send'>): Promise<void> =>
  jobs.send(QUEUE, {}, { withinS: WITHIN_S })

/** Sums up the ends of all months that are looked back over, and lets go of days that were such an end for a while. */
export async function sumUpAhead({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const today = localDay(clock.now())
  const months = Array.from({ length: MONTHS_BACK }, (_, n) => monthBefore(monthOf(today), n))
  const ends = await endsOf(db, months, today)
  await forgetBetween(db, [...ends.values()])
  await totalsOf(db, CITY, await placesOf(db, CITY), [...new Set(ends.values())])
}

/** Days within the months that `ends` are of, and are none of those. */
async function forgetBetween(db: Db, ends: readonly string[]): Promise<void> {
  await sql`
    delete from sheet_sum where day <> all(${[...ends]}::text[])
      and left(day, 7) = any(${ends.map(monthOf)}::text[])`.execute(db)
}
