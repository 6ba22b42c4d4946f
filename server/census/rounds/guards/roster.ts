import { sql } from 'kysely'
import { HOUR } from '../../../../shared/base/time.ts'
import type { Guard, GuardDesk } from '../../../../shared/census/rounds/guards/guards.ts'
import { spanOf } from '../../../../shared/census/rounds/guards/guards-rules.ts'
import { uncovered } from '../../../../shared/desk/duty/duty-rules.ts'
import type { Scope } from '../../../../shared/people/rights/rights.ts'
import type { Db } from '../../../base/db/database.ts'
import { desksSeen, isStillFit } from '../../../desk/duty/queries.ts'

/** So many gaps of a desk are named. */
const NAMED = 10

/**
 * The desks that have to be manned in a guarded period, by the roster as it is: the city's, and one of each district of
 * the list; those that somebody sees.
 */
export async function desksOf(
  db: Db,
  scope: Scope,
  roundId: number,
  period: Pick<Guard, 'from' | 'to'>,
): Promise<GuardDesk[]> {
  const whole = spanOf(period)
  const districts = await db
    .selectFrom('census_round_site')
    .innerJoin('district', 'district.code', 'census_round_site.district')
    .select('district.code')
    .distinct()
    .where('round_id', '=', roundId)
    // The groups that are no district (departments) are the city desk's.
    .where('district.code', 'not like', '%-%')
    .orderBy('district.code')
    .execute()
  const shifts = await db
    .selectFrom('duty_shift')
    .innerJoin('user_account', 'user_account.id', 'duty_shift.user_id')
    .select(['duty_shift.district', 'starts_at', 'ends_at'])
    .where('ends_at', '>', new Date(whole.startMs))
    .where('starts_at', '<', new Date(whole.endMs))
    .where(isStillFit)
    .execute()
  const seen = await desksSeen(db, scope)
  return [null, ...districts.map(({ code }) => code)]
    .filter((district) => seen === null || seen.has(district))
    .map((district) => {
      const turns = shifts
        .filter((one) => one.district === district)
        .map((one) => ({ startMs: one.starts_at.getTime(), endMs: one.ends_at.getTime() }))
      return deskOf(district, uncovered(turns, whole), whole)
    })
}

interface Stretch {
  readonly startMs: number
  readonly endMs: number
}

const hoursOf = ({ startMs, endMs }: Stretch): number => Math.round(((endMs - startMs) / HOUR) * 10) / 10

function deskOf(district: string | null, gaps: readonly Stretch[], whole: Stretch): GuardDesk {
  return {
    ...{ district, hours: hoursOf(whole) },
    uncovered: Math.round(gaps.reduce((sum, one) => sum + hoursOf(one), 0) * 10) / 10,
    gaps: gaps.slice(0, NAMED).map(({ startMs, endMs }) => ({
      from: new Date(startMs).toISOString(),
      to: new Date(endMs).toISOString(),
    })),
    more: Math.max(0, gaps.length - NAMED),
  }
}

/** Sites of a round that the monitor visits more often just now for its sake. */
export async function tightenedNow(db: Db, roundId: number, now: Date): Promise<number> {
  const { n } = await db
    .selectFrom('visit_tightening')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('source', '=', `round:${roundId}`)
    .where('from_at', '<=', now)
    .where('until_at', '>', now)
    .executeTakeFirstOrThrow()
  return n
}
