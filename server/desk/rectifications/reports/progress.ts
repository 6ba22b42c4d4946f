import { sql } from 'kysely'
import { groupBy } from '../../../../shared/base/lists/group.ts'
import { addDays, DAY, localDay, startOfDay } from '../../../../shared/base/time.ts'
import { zoneInForce } from '../../../../shared/base/zone.ts'
import {
  type CountedRectification,
  figuresOf,
  type ProgressReport,
} from '../../../../shared/desk/rectifications/progress.ts'
import type { Scope } from '../../../../shared/people/rights/rights.ts'
import { type Calendar, workdaysBetween } from '../../../../shared/register/workdays/workdays.ts'
import type { Db } from '../../../base/db/database.ts'
import { inSlices, type Steps } from '../../../base/slices.ts'
import { within } from '../../../people/rights/scope.ts'
import { liesUnder } from '../../../register/divisions/queries.ts'
import { calendarIn } from '../../../register/workdays/calendar.ts'

/** A submitted rectification is in time until the monitor has judged it: the same as `isOverdue` in `shared/`. */
const WAITS = sql`rectification.stage in ('submitted', 'verifying')`

/** What is open within a scope, and what was raised or closed since. */
const rowsSince = (db: Db, scope: Scope, since: Date) =>
  db
    .selectFrom('rectification')
    .innerJoin('site', 'site.id', 'rectification.site_id')
    .innerJoin('district', 'district.code', 'site.district')
    .select([
      'site.district',
      'rectification.stage',
      'rectification.due_on',
      'rectification.due_at',
      'rectification.due_hours',
      'rectification.at_risk_on',
      'rectification.pause',
    ])
    .select([
      'rectification.submitted_at',
      'rectification.raised_at',
      'rectification.closed_at',
      'rectification.relapses',
      'rectification.overridden',
    ])
    .where(within(scope, 'site'))
    .where(
      sql<boolean>`(rectification.stage <> 'closed' or rectification.raised_at >= ${since} or rectification.closed_at >= ${since})`,
    )
    .orderBy('district.position')
    .execute()
type Row = Awaited<ReturnType<typeof rowsSince>>[number]

/** How the fixing goes within a scope, for all of it and by district, over the last `days`. */
export async function progressOf(db: Db, scope: Scope, days: number, now: number): Promise<ProgressReport> {
  const sinceMs = now - days * DAY
  const rows = await rowsSince(db, scope, new Date(sinceMs))
  const { calendar } = await calendarIn(db)
  return inSlices(reportOf(rows, { sinceMs, now }, calendar))
}

/** Those of a nation are more than can be counted while others wait. */
function* reportOf(
  rows: readonly Row[],
  span: { readonly sinceMs: number; readonly now: number },
  calendar: Calendar,
): Steps<ProgressReport> {
  const rectifications: Counted[] = []
  for (const row of rows) {
    rectifications.push(countedOf(row))
    yield
  }
  // Most were raised and closed on the same few days.
  const known = new Map<string, number>()
  const workdays = (from: string, to: string): number => {
    const key = `${from} ${to}`
    const between = known.get(key) ?? workdaysBetween(calendar, from, to)
    known.set(key, between)
    return between
  }
  const districts: ProgressReport['districts'] = []
  for (const [district, some] of byDistrict(rectifications)) {
    districts.push({ district, ...figuresOf(some, span, workdays) })
    yield
  }
  const since = new Date(span.sinceMs).toISOString()
  return { since, total: figuresOf(rectifications, span, workdays), districts }
}

interface Counted extends CountedRectification {
  readonly district: string
}

const countedOf = (row: Row): Counted => ({
  district: row.district,
  stage: row.stage,
  dueOn: row.due_on,
  dueAt: row.due_at?.toISOString() ?? null,
  dueHours: row.due_hours,
  atRiskOn: row.at_risk_on ?? row.due_on,
  pause: row.pause,
  submittedAt: row.submitted_at?.toISOString() ?? null,
  raisedAt: row.raised_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
  relapses: row.relapses,
  overridden: row.overridden,
})

export interface BurnDownPoint {
  readonly day: string
  readonly open: number
  readonly overdue: number
  readonly raised: number
  readonly closed: number
}

/**
 * Rectifications by local day, oldest first, today last: open and overdue at its end, raised and closed on it. Of past
 * days only what the rows still tell is known: a rectification that relapsed counts as open all along.
 */
export async function burnDown(
  db: Db,
  scope: Scope,
  { days, under }: { days: number; under?: string | undefined },
  now: number,
): Promise<BurnDownPoint[]> {
  const today = localDay(now)
  const first = addDays(today, 1 - days)
  // Each is counted on the days on which something of it begins or ends, and those days are added up.
  const { rows } = await sql<BurnDownPoint>`
    with rectification as materialized (
      select rectification.stage, to_char(rectification.due_on::date + 1, 'YYYY-MM-DD') as late_on,
        to_char(rectification.raised_at at time zone ${zoneInForce()}::text, 'YYYY-MM-DD') as raised_on,
        to_char(rectification.closed_at at time zone ${zoneInForce()}::text, 'YYYY-MM-DD') as closed_on,
        to_char(rectification.submitted_at at time zone ${zoneInForce()}::text, 'YYYY-MM-DD') as submitted_on
      from rectification join site on site.id = rectification.site_id
      where (rectification.closed_at is null or rectification.closed_at >= ${new Date(startOfDay(first))})
        and ${within(scope, 'site')} and ${liesUnder(under)}
    ), late as (
      select greatest(raised_on, late_on) as begins, least(closed_on, case when ${WAITS} then submitted_on end) as ends
      from rectification
    ), moved as (
      select raised_on as day, 1 as open, 0 as overdue, 1 as raised, 0 as closed from rectification
      union all select closed_on, -1, 0, 0, 1 from rectification where closed_on is not null
      union all select begins, 0, 1, 0, 0 from late where ends is null or begins < ends
      union all select ends, 0, -1, 0, 0 from late where begins < ends
    ), summed as materialized (
      select day, sum(open) as open, sum(overdue) as overdue, sum(raised) as raised, sum(closed) as closed from moved group by day
    ), days as (
      select to_char(day, 'YYYY-MM-DD') as day
      from generate_series(${first}::date, ${today}::date, interval '1 day') day
    )
    select days.day, coalesce(sum(summed.open), 0)::int as open, coalesce(sum(summed.overdue), 0)::int as overdue,
      coalesce(sum(summed.raised) filter (where summed.day = days.day), 0)::int as raised,
      coalesce(sum(summed.closed) filter (where summed.day = days.day), 0)::int as closed
    from days left join summed on summed.day <= days.day
    group by days.day order by days.day
  `.execute(db)
  return rows
}

const byDistrict = <T extends { readonly district: string }>(
  rectifications: readonly T[],
): Map<string, T[]> => groupBy(rectifications, ({ district }) => district)
