import { sql } from 'kysely'
import { type Progress, progress } from '../../shared/rectifications.ts'
import { addDays, DAY, shanghaiDay } from '../../shared/time.ts'
import type { Scope } from '../../shared/users.ts'
import type { Db } from '../db/database.ts'
import { within } from '../users/scope.ts'

/** Fixes count as raised, and of these as closed, for this long. */
const TALLY_DAYS = 90

/** A submitted fix is in time until the monitor has judged it: the same as `isOverdue` in `shared/`. */
const WAITS = sql`fix.stage in ('submitted', 'verifying')`

/** Progress within a scope: raised and closed in the last 90 days; the rest now. */
export async function progressOf(db: Db, scope: Scope, now: number): Promise<Progress> {
  const since = new Date(now - TALLY_DAYS * DAY)
  const { rows } = await sql<Progress>`
    select count(*) filter (where fix.raised_at >= ${since}) as raised,
      count(*) filter (where fix.raised_at >= ${since} and fix.stage = 'closed') as closed,
      count(*) filter (where fix.stage <> 'closed' and not ${WAITS} and fix.due_on < ${shanghaiDay(now)}) as overdue,
      count(*) filter (where fix.stage = 'returned') as returned,
      count(*) filter (where ${WAITS}) as verifying
    from rectification fix join site on site.id = fix.site_id
    where (fix.raised_at >= ${since} or fix.stage <> 'closed') and ${within(scope, 'site')}
  `.execute(db)
  return progress.parse(rows[0])
}

export interface BurnDownPoint {
  readonly day: string
  readonly open: number
  readonly overdue: number
  readonly raised: number
  readonly closed: number
}

/**
 * Fixes by Shanghai day, oldest first, today last: open and overdue at its end, raised and closed on it. Of past
 * days only what the rows still tell is known: a fix that relapsed counts as open all along.
 */
export async function burnDown(db: Db, scope: Scope, days: number, now: number): Promise<BurnDownPoint[]> {
  const today = shanghaiDay(now)
  const { rows } = await sql<BurnDownPoint>`
    with fix as (
      select fix.stage, fix.due_on,
        to_char(fix.raised_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as raised_on,
        to_char(fix.closed_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as closed_on,
        to_char(fix.submitted_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as submitted_on
      from rectification fix join site on site.id = fix.site_id
      where ${within(scope, 'site')}
    ), days as (
      select to_char(day, 'YYYY-MM-DD') as day
      from generate_series(${addDays(today, 1 - days)}::date, ${today}::date, interval '1 day') day
    )
    select days.day,
      count(*) filter (where is_open)::int as open,
      count(*) filter (where is_open and fix.due_on < days.day
        and not (${WAITS} and fix.submitted_on <= days.day))::int as overdue,
      count(*) filter (where fix.raised_on = days.day)::int as raised,
      count(*) filter (where fix.closed_on = days.day)::int as closed
    from days left join fix on fix.raised_on <= days.day
      cross join lateral (select fix.raised_on is not null
        and (fix.closed_on is null or fix.closed_on > days.day) as is_open) status
    group by days.day order by days.day
  `.execute(db)
  return rows
}

/** Open and overdue fixes now, by district; districts without any are left out. */
export async function openByDistrict(
  db: Db,
  scope: Scope,
  now: number,
): Promise<{ district: string; open: number; overdue: number }[]> {
  const { rows } = await sql<{ district: string; open: number; overdue: number }>`
    select site.district, count(*)::int as open,
      count(*) filter (where not ${WAITS} and fix.due_on < ${shanghaiDay(now)})::int as overdue
    from rectification fix join site on site.id = fix.site_id join district on district.code = site.district
    where fix.stage <> 'closed' and ${within(scope, 'site')}
    group by site.district, district.position order by district.position
  `.execute(db)
  return rows
}
