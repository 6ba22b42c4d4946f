import { type RawBuilder, sql } from 'kysely'
import type { Scope } from '../../../../shared/people/rights/rights.ts'
import type { Db } from '../../../base/db/database.ts'
import { within } from '../../../people/rights/scope.ts'
import './tables.ts'

/** SQL for the last instant at which a zero report is on time; `z` the report, `g` its guarded period. */
const lastAt = sql`(z.due_at + make_interval(mins => g.grace_min))`

/** SQL for whether a zero report is missing now. */
export const isMissing = (now: Date): RawBuilder<boolean> =>
  sql<boolean>`(z.signed_at is null and ${lastAt} < ${now}::timestamptz)`

export interface ZeroCounts {
  readonly due: number
  readonly onTime: number
  readonly late: number
  readonly missing: number
}

/** Zero reports of a round by district, within a scope; those ahead are not due yet. */
export async function countZeroReports(
  db: Db,
  scope: Scope,
  roundId: number,
  now: Date,
): Promise<(ZeroCounts & { district: string })[]> {
  return db
    .selectFrom('census_zero_report as z')
    .innerJoin('census_guard as g', 'g.round_id', 'z.round_id')
    .where('z.round_id', '=', roundId)
    .where(within(scope, 'z'))
    .groupBy('z.district')
    .orderBy('z.district')
    .select([
      'z.district',
      sql<number>`(count(*) filter (where z.due_at <= ${now} or z.signed_at is not null))::int`.as('due'),
      sql<number>`(count(*) filter (where z.signed_at <= ${lastAt}))::int`.as('onTime'),
      sql<number>`(count(*) filter (where z.signed_at > ${lastAt}))::int`.as('late'),
      sql<number>`(count(*) filter (where ${isMissing(now)}))::int`.as('missing'),
    ])
    .execute()
}
