import { sql } from 'kysely'
import { addDays, DAY, localDay } from '../../../../shared/base/time.ts'
import { zoneInForce } from '../../../../shared/base/zone.ts'
import {
  type CountedRectification,
  figuresOf,
  type ProgressReport,
} from '../../../../shared/desk/rectifications/progress.ts'
import type { Scope } from '../../../../shared/people/rights/rights.ts'
import { workdaysBetween } from '../../../../shared/register/workdays/workdays.ts'
import type { Db } from '../../../base/db/database.ts'
import { within } from '../../../people/rights/scope.ts'
import { liesUnder } from '../../../register/divisions/queries.ts'
import { calendarIn } from '../../../register/workdays/calendar.ts'

/** A submitted rectification is in time until the monitor has judged it: the same as `isOverdue` in `shared/`. */
const WAITS = sql`rectification.stage in ('submitted', 'verifying')`

/** How the fixing goes within a scope, for all of it and by district, over the last `days`. */
export async function progressOf(db: Db, scope: Scope, days: number, now: number): Promise<ProgressReport> {
  const sinceMs = now - days * DAY
  const since = new Date(sinceMs)
  const rows = await db
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
  const rectifications = rows.map((row) => ({
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
  }))
  const { calendar } = await calendarIn(db)
  const figures = (some: readonly CountedRectification[]) =>
    figuresOf(some, { sinceMs, now }, (from, to) => workdaysBetween(calendar, from, to))
  return {
    since: since.toISOString(),
    total: figures(rectifications),
    districts: [...byDistrict(rectifications)].map(([district, some]) => ({
      district,
      ...figures(some),
    })),
  }
}

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
  const { rows } = await sql<BurnDownPoint>`
    with rectification as materialized (
      select rectification.stage, rectification.due_on,
        to_char(rectification.raised_at at time zone ${zoneInForce()}::text, 'YYYY-MM-DD') as raised_on,
        to_char(rectification.closed_at at time zone ${zoneInForce()}::text, 'YYYY-MM-DD') as closed_on,
        to_char(rectification.submitted_at at time zone ${zoneInForce()}::text, 'YYYY-MM-DD') as submitted_on
      from rectification join site on site.id = rectification.site_id
      where ${within(scope, 'site')} and ${liesUnder(under)}
    ), days as (
      select to_char(day, 'YYYY-MM-DD') as day
      from generate_series(${addDays(today, 1 - days)}::date, ${today}::date, interval '1 day') day
    )
    select days.day,
      count(*) filter (where is_open)::int as open,
      count(*) filter (where is_open and rectification.due_on < days.day
        and not (${WAITS} and rectification.submitted_on <= days.day))::int as overdue,
      count(*) filter (where rectification.raised_on = days.day)::int as raised,
      count(*) filter (where rectification.closed_on = days.day)::int as closed
    from days left join rectification on rectification.raised_on <= days.day
      cross join lateral (select rectification.raised_on is not null
        and (rectification.closed_on is null or rectification.closed_on > days.day) as is_open) status
    group by days.day order by days.day
  `.execute(db)
  return rows
}

function byDistrict<T extends { readonly district: string }>(rectifications: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const rectification of rectifications) {
    const group = groups.get(rectification.district)
    if (group) group.push(rectification)
    else groups.set(rectification.district, [rectification])
  }
  return groups
}
