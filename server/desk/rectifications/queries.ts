import { type RawBuilder, sql } from 'kysely'
import { HOUR, localDay } from '../../../shared/base/time.ts'
import {
  RELAPSE_DAYS,
  type Rectification,
  type RectificationSource,
  type Stage,
  WORKING_STAGES,
} from '../../../shared/desk/rectifications/rectifications.ts'
import type { BrokenLinks } from '../../../shared/monitor/links/links.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { isShown } from '../../monitor/columns/queries.ts'
import { within } from '../../people/rights/scope.ts'
import { OPEN_REQUEST, rectificationRows, rulesOf, toRectification } from './rows.ts'

export interface RectificationFilter {
  readonly stage: Stage | 'open' | 'all'
  readonly district?: string | undefined
  readonly unitId?: number | undefined
  readonly siteId?: number | undefined
  readonly source?: RectificationSource | undefined
  readonly batchId?: number | undefined
  readonly clock?: RectificationClock | undefined
  readonly relapsed?: boolean | undefined
  readonly asked?: boolean | undefined
  /** When the clock is read, epoch ms. */
  readonly now: number
}

/** How a rectification that is being worked on stands to its due day. */
export type RectificationClock = 'atRisk' | 'overdue' | 'paused'

/** One rectification within a scope. */
export async function findRectification(
  db: Db,
  scope: Scope,
  id: number,
): Promise<Rectification | undefined> {
  const row = await rectificationRows(db)
    .where('rectification.id', '=', id)
    .where(within(scope, 'site'))
    .executeTakeFirst()
  return row && toRectification(row)
}

/** The rectifications with these ids, whoever asks, by id. */
export async function rectificationsById(
  db: Db,
  ids: readonly number[],
): Promise<Map<number, Rectification>> {
  if (ids.length === 0) return new Map()
  const rows = await rectificationRows(db)
    .where(sql<boolean>`rectification.id = any(${ids}::int[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, toRectification(row)]))
}

/** Every rectification of the city that is not closed, oldest first. */
export async function listOpenRectifications(db: Db): Promise<Rectification[]> {
  const rows = await rectificationRows(db)
    .where('rectification.stage', '<>', sql.lit('closed'))
    .orderBy('rectification.id')
    .execute()
  return rows.map(toRectification)
}

/** Rectifications within a scope, newest first; at most `limit`, with ids before `before`. */
export async function listRectifications(
  db: Db,
  scope: Scope,
  filter: RectificationFilter,
  page: { limit: number; before?: number | undefined },
): Promise<{ items: Rectification[]; total: number }> {
  let query = rectificationRows(db).where(matches(scope, filter))
  if (page.before !== undefined) query = query.where('rectification.id', '<', page.before)
  const rows = await query.orderBy('rectification.id', 'desc').limit(page.limit).execute()
  const { total } = await db
    .selectFrom('rectification')
    .innerJoin('site', 'site.id', 'rectification.site_id')
    .where(matches(scope, filter))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map(toRectification), total }
}

/** The SQL side of `isPaused`, `isAtRisk` and `isOverdue` in `shared/desk/rectifications/rectifications.ts`. */
export function clockIs(
  clock: RectificationClock,
  now: number,
  table = 'rectification',
): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${table}.${column}`)
  const today = localDay(now)
  const at = new Date(now)
  const isWorking = sql`${of('stage')} = any(${WORKING_STAGES}::text[])`
  const isPaused = sql`coalesce(${of('pause')} ->> 'until', '') >= ${today}`
  const isPast = sql`case when ${of('due_at')} is null then ${of('due_on')} < ${today} else ${of('due_at')} < ${at} end`
  if (clock === 'paused') return sql<boolean>`(${isWorking} and ${isPaused})`
  if (clock === 'overdue') return sql<boolean>`(${isWorking} and ${isPast})`
  const isNear = sql`case when ${of('due_at')} is null then coalesce(${of('at_risk_on')}, ${of('due_on')}) <= ${today}
    else ${of('due_at')} - ${of('due_hours')} * interval '12 minutes' <= ${at} end`
  return sql<boolean>`(${isWorking} and not ${isPaused} and ${isNear} and not ${isPast})`
}

function matches(scope: Scope, filter: RectificationFilter) {
  const { stage, district, unitId, siteId, source, batchId, clock, relapsed, asked, now } = filter
  const stages = {
    all: [],
    open: [sql`rectification.stage <> 'closed'`],
  }
  return sql<boolean>`${sql.join(
    [
      within(scope, 'site'),
      ...(stage === 'all' || stage === 'open' ? stages[stage] : [sql`rectification.stage = ${stage}`]),
      ...(district === undefined ? [] : [sql`site.district = ${district}`]),
      ...(unitId === undefined ? [] : [sql`rectification.unit_id = ${unitId}`]),
      ...(siteId === undefined ? [] : [sql`rectification.site_id = ${siteId}`]),
      ...(source === undefined ? [] : [sql`rectification.source = ${source}`]),
      ...(batchId === undefined ? [] : [sql`rectification.batch_id = ${batchId}`]),
      ...(clock === undefined ? [] : [clockIs(clock, now)]),
      ...(asked === undefined ? [] : [sql`(${OPEN_REQUEST} is not null) = ${asked}`]),
      ...(relapsed === undefined ? [] : [sql`(rectification.relapses > 0) = ${relapsed}`]),
    ],
    sql` and `,
  )}`
}

/** Of these sites, those that have an open rectification about a rule, with its id. */
export async function openRectificationsAbout(
  db: Db,
  siteIds: readonly number[],
  rule: string,
): Promise<Map<number, number>> {
  const { rows } = await sql<{ site_id: number; id: number }>`
    select rectification.site_id, max(rectification.id) as id from rectification
    where rectification.site_id = any(${siteIds}::int[]) and rectification.stage <> 'closed' and ${rule} = any(${rulesOf('rectification')})
    group by rectification.site_id
  `.execute(db)
  return new Map(rows.map((row) => [row.site_id, row.id]))
}

export interface SubmittedRectificationRow {
  readonly id: number
  readonly site_id: number
  readonly stage: Stage
  readonly submitted_at: Date
  readonly verification: Rectification['verification']
  readonly rules: string[]
  /** Newest date on the page when its V2 alert was raised. */
  readonly newest_before: string | null
  /** When the page was last read; where it is judged by what a browser drew, when that was drawn. */
  readonly finding_at: Date | null
  /** Whether the own page of some column was not visited since the rectification was submitted. */
  readonly columns_unread: boolean
  /** When the links of the last scan that has seen all that was broken were visited last, and what was found broken. */
  readonly links_at: Date | null
  readonly links_found: BrokenLinks | null
  /** That scan, over for less than an hour, had begun when the rectification was submitted, and nobody is to visit its broken links again. */
  readonly links_overtaken: boolean
  /** When the site was last looked through, and the problems that it is to cure: those seen since the submission, and those not looked at. */
  readonly looked_at: Date | null
  readonly problems: { readonly seen: number; readonly unseen: number }
}

/**
 * The rectifications of these sites that wait for the monitor, locked in the order of their ids against the people who
 * may return or override them meanwhile.
 * @param now epoch ms.
 */
export async function lockSubmitted(
  db: Db,
  siteIds: readonly number[],
  now: number,
): Promise<SubmittedRectificationRow[]> {
  const { rows } = await sql<SubmittedRectificationRow>`
    select rectification.id, rectification.site_id, rectification.stage, rectification.submitted_at, rectification.verification,
      case when site_state.finding->'drawn' is null then site_state.finding_at else drawing.drawn_at end as finding_at,
      ${rulesOf('rectification')} as rules,
      (select max(alert.evidence ->> 'newest') from rectification_alert covered
        join alert on alert.id = covered.alert_id
        where covered.rectification_id = rectification.id and alert.rule = 'V2') as newest_before,
      exists (select from site_column c where c.site_id = rectification.site_id and c.next_visit_at is not null and ${isShown}
        and coalesce(c.list_tried_at, '-infinity') <= rectification.submitted_at) as columns_unread,
      greatest(case when scan.started_at > rectification.submitted_at then scan.finished_at end, scan.rechecked_at) as links_at,
      scan.found as links_found,
      coalesce(scan.started_at <= rectification.submitted_at and scan.finished_at > rectification.submitted_at
        and scan.finished_at > ${new Date(now - HOUR)}
        and scan.recheck_at is null and scan.rechecked_at is null, false) as links_overtaken,
      (select max(one.at) from inspection one where one.site_id = rectification.site_id) as looked_at,
      (select jsonb_build_object('seen', count(*) filter (where p.last_at > rectification.submitted_at),
          'unseen', count(*) filter (where p.last_at <= rectification.submitted_at))
        from inspection_problem p
        where p.site_id = rectification.site_id and p.gone_at is null and p.state <> 'refused' and p.rule in (
          select one ->> 'id' from rectification_alert covered join alert on alert.id = covered.alert_id
            cross join jsonb_array_elements(alert.evidence -> 'found' -> 'rules') one
          where covered.rectification_id = rectification.id)) as problems
    from rectification left join site_state on site_state.site_id = rectification.site_id
      left join site_rendering drawing on drawing.site_id = rectification.site_id
      left join lateral (select started_at, finished_at, recheck_at, rechecked_at, found from link_scan
        where site_id = rectification.site_id and state = 'done' and found is not null and pages > 0
        order by id desc limit 1) scan on true
    where rectification.site_id = any(${siteIds}::int[]) and rectification.stage in ('submitted', 'verifying')
      and rectification.rule is distinct from 'OTHER'
      and rectification.submitted_at is not null
    order by rectification.id
    for update of rectification
  `.execute(db)
  return rows
}

/**
 * Of each alert, the rectification that was closed last, within the time of a relapse, for the same site and rule; none
 * where an open rectification already covers that rule. Locked.
 */
export async function lockRelapsed(
  db: Db,
  alertIds: readonly number[],
  now: number,
): Promise<{ id: number; alert_id: number; due_workdays: number; due_hours: number | null }[]> {
  const since = new Date(now - RELAPSE_DAYS * 24 * 3_600_000)
  const { rows } = await sql<{
    id: number
    alert_id: number
    due_workdays: number
    due_hours: number | null
  }>`
    select rectification.id, alert.id as alert_id, rectification.due_workdays, rectification.due_hours
    from alert cross join lateral (
      select closed.id from rectification closed
      where closed.site_id = alert.site_id and closed.stage = 'closed' and closed.closed_at > ${since}
        and alert.rule = any(${rulesOf('closed')})
      order by closed.closed_at desc limit 1
    ) latest join rectification on rectification.id = latest.id
    where alert.id = any(${alertIds}::int[]) and not exists (
      select from rectification open_rectification
      where open_rectification.site_id = alert.site_id and open_rectification.stage <> 'closed'
        and alert.rule = any(${rulesOf('open_rectification')}))
    order by rectification.id
    for update of rectification
  `.execute(db)
  return rows
}
