import { type RawBuilder, sql } from 'kysely'
import { addDays, localDay, MINUTE } from '../../../../shared/base/time.ts'
import { districtsOf, type Scope } from '../../../../shared/people/rights/rights.ts'
import type { AnswersOfDay } from '../../../../shared/register/ledger/ledger.ts'
import { QUESTIONS } from '../../../../shared/register/ledger/ledger-rules.ts'
import type { Context } from '../../../base/context.ts'
import type { Db } from '../../../base/db/database.ts'
import { isSettled, isThere, lengthOf } from './answers.ts'

/** What a day's figures are of at its end is known to within so much. */
const KEPT_FOR_MS = 30 * MINUTE

const some = (is: RawBuilder<unknown>) =>
  sql`(${sql.join(
    QUESTIONS.map((question) => sql`${lengthOf(question)} ${is}`),
    sql` or `,
  )})`

/** Keeps how many sites are not settled today, over what was kept of today before; several processes may. */
export async function keepAnswers({ db }: Pick<Context, 'db'>, now: number): Promise<void> {
  const day = localDay(now)
  const fresh = await db
    .selectFrom('answers_day')
    .select('day')
    .where('day', '=', day)
    .where('kept_at', '>', new Date(now - KEPT_FOR_MS))
    .limit(1)
    .executeTakeFirst()
  if (fresh) return
  await sql`
    insert into answers_day (day, district, sites, settled, unanswered, contested, kept_at, demo)
    select ${day}::text, district, count(*), count(*) filter (where ${isSettled}),
      count(*) filter (where ${some(sql`= 0`)}), count(*) filter (where ${some(sql`> 1`)}),
      ${new Date(now)}::timestamptz, bool_or(demo)
    from site where ${isThere} group by district
    on conflict (day, district) do update set sites = excluded.sites, settled = excluded.settled,
      unanswered = excluded.unanswered, contested = excluded.contested, kept_at = excluded.kept_at
  `.execute(db)
}

/** Whoever looks after a unit sees its sites, and no figures of a district. */
const seen = (scope: Scope): RawBuilder<boolean> =>
  scope.kind === 'city'
    ? sql<boolean>`true`
    : sql<boolean>`district = any(${[...districtsOf(scope)]}::text[])`

interface Asked {
  readonly district?: string | undefined
  readonly days: number
}

/** How it has gone on, day by day, as far as it was kept; within the districts of a scope. */
export async function answersProgress(
  db: Db,
  scope: Scope,
  { district, days }: Asked,
  now: number,
): Promise<AnswersOfDay[]> {
  let rows = db
    .selectFrom('answers_day')
    .where('day', '>', addDays(localDay(now), -days))
    .where(seen(scope))
  if (district !== undefined) rows = rows.where('district', '=', district)
  const sum = (column: 'sites' | 'settled' | 'unanswered' | 'contested') =>
    sql<number>`sum(${sql.ref(column)})::int`.as(column)
  return rows
    .groupBy('day')
    .select(['day', sum('sites'), sum('settled'), sum('unanswered'), sum('contested')])
    .orderBy('day')
    .execute()
}
