import { sql } from 'kysely'
import { addDays, lastDayOfMonth, startOfDay } from '../../../shared/base/time.ts'
import type { Summary } from '../../../shared/census/summary/summary.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'

interface Span {
  readonly from: Date
  readonly until: Date
}

/** From its first instant until the first of the next. */
export const spanOf = (month: string): Span => ({
  from: new Date(startOfDay(`${month}-01`)),
  until: new Date(startOfDay(addDays(lastDayOfMonth(month), 1))),
})

/** What was raised, closed and relapsed in two months, and what was open at their ends. */
export async function rectificationsOf(
  db: Db,
  scope: Scope,
  [now, before]: readonly [Span, Span],
  today: string,
): Promise<Summary['rectifications']> {
  const within_ = within(scope, 'site')
  const inside = (column: string, { from, until }: Span) =>
    sql`count(*) filter (where ${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${until})::int`
  const openAt = ({ until }: Span) =>
    sql`count(*) filter (where r.raised_at < ${until} and (r.closed_at is null or r.closed_at >= ${until}))::int`
  const { rows } = await sql<Record<string, number>>`
    select ${inside('r.raised_at', now)} as raised_now, ${inside('r.raised_at', before)} as raised_before,
      ${inside('r.closed_at', now)} as closed_now, ${inside('r.closed_at', before)} as closed_before,
      ${openAt(now)} as open_now, ${openAt(before)} as open_before,
      count(*) filter (where r.closed_at is null and r.due_on < ${today})::int as overdue
    from rectification r join site on site.id = r.site_id where ${within_}`.execute(db)
  const { rows: relapsed } = await sql<Record<string, number>>`
    select ${inside('fact.at', now)} as now, ${inside('fact.at', before)} as before
    from fact join site on site.id = fact.site_id
    where fact.kind = 'rectification.relapsed' and fact.at >= ${before.from} and fact.at < ${now.until}
      and ${within_}`.execute(db)
  const of = (key: string) => rows[0]?.[key] ?? 0
  const both = (key: string) => ({ now: of(`${key}_now`), before: of(`${key}_before`) })
  return {
    ...{ raised: both('raised'), closed: both('closed'), open: both('open'), overdueNow: of('overdue') },
    relapsed: { now: relapsed[0]?.now ?? 0, before: relapsed[0]?.before ?? 0 },
  }
}

/** Rounds that fell due in a month, and those of them that are done. */
export async function roundsOf(db: Db, month: string): Promise<Summary['rounds']> {
  const { rows } = await sql<Summary['rounds']>`
    select count(*)::int as due, count(*) filter (where state = 'closed')::int as done
    from census_round where state <> 'void' and due_on between ${`${month}-01`} and ${lastDayOfMonth(month)}`.execute(
    db,
  )
  return rows[0] ?? { due: 0, done: 0 }
}

/**
 * Visits of a month as they stand in its half-monthly reports: those of districts, each for all of its units, and those of
 * units that belong to none. Null: nobody has reported any.
 */
export async function trafficOf(db: Db, scope: Scope, month: string): Promise<number | null> {
  const { rows } = await sql<{ traffic: number | null }>`
    select sum((s.answers ->> 'traffic')::float8) as traffic from census_submission s
    join census_round r on r.id = s.round_id
    where r.kind = 'report' and r.state <> 'void' and s.state in ('handed_in', 'accepted')
      and ${within(scope, 's')} and r.opens_on between ${`${month}-01`} and ${lastDayOfMonth(month)}`.execute(
    db,
  )
  return rows[0]?.traffic ?? null
}
