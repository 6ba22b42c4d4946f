import { type RawBuilder, sql } from 'kysely'
import { SECOND } from '../../../shared/base/time.ts'
import { zoneInForce } from '../../../shared/base/zone.ts'
import type { AlertRule, Severity } from '../../../shared/desk/alerts/alerts.ts'
import { RECURRENCE_MS } from '../../../shared/desk/alerts/alerts-rules.ts'
import { MOST_NOISY, SHORT_MS, TEN_MINUTES } from '../../../shared/desk/load/load-rules.ts'
import { districtsOf, type Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { ruleIn } from '../alerts/keyed/rules.ts'
import type { TenOf, Turn } from './rate.ts'

export interface Span {
  readonly from: Date
  readonly to: Date
}

/**
 * Every alarm of a span: an alert that opened or came back, read by the index `fact_opened`. `is_part`: it belongs to a
 * failure of several sites; those who see the city hear the one alert of that, a district hears of its own sites one by one.
 * `is_again`: the same site's alarm by the same rule came within a day before.
 */
function heard(scope: Scope, span: Span): RawBuilder<unknown> {
  return sql`heard as materialized (
    select fact.at, fact.site_id, fact.alert_id, ${ruleIn('alert.rule')} as rule,
      alert.rule <> 'PLATFORM' and alert.incident_id is not null as is_part,
      alert.false_alarm is not null as is_false,
      coalesce(fact.at - lag(fact.at) over (partition by fact.site_id, alert.rule order by fact.at)
        < ${RECURRENCE_MS} * interval '1 millisecond', false) as is_again,
      fact.data #>> '{alert,severity}' as severity,
      alert.opened_at = fact.at and alert.resolved_at - alert.opened_at < ${SHORT_MS} * interval '1 millisecond' as is_short
    from fact join alert on alert.id = fact.alert_id
    where ${isHeard(scope, span)})`
}

function isHeard(scope: Scope, { from, to }: Span): RawBuilder<unknown> {
  const own =
    scope.kind === 'city'
      ? sql`true`
      : sql`fact.site_id in (select site.id from site where ${within(scope, 'site')})`
  return sql`fact.kind in ('alert.opened', 'alert.reopened') and fact.at >= ${from} and fact.at < ${to} and ${own}`
}

export interface TenRow {
  readonly ten: number
  readonly severity: Severity
  readonly alarms: number
  readonly folded: number
}

/** SQL of what stood behind the one alert of a shared failure, for who hears that one. */
const folded = (scope: Scope) => (scope.kind === 'city' ? sql`is_part` : sql`false`)
const TEN = sql`floor(extract(epoch from at) / ${TEN_MINUTES / SECOND})::int`

interface NoiseRow {
  readonly alarms: number
  readonly shared: number
  readonly again: number
  readonly short: number
  readonly falsified: number
}
export interface RuleRow extends NoiseRow {
  readonly rule: AlertRule
  readonly sites: number
  readonly fromThree: number
}
export interface SiteRow extends NoiseRow {
  readonly siteId: number
  readonly name: string
  readonly district: string
  readonly rule: AlertRule
  readonly hour: number
  readonly sameHour: number
  readonly days: number
  readonly liveSince: string | null
  readonly rectificationId: number | null
}
const NOISE = sql`count(*)::int as alarms, (count(*) filter (where is_part))::int as shared,
  (count(*) filter (where is_again))::int as again,
  (count(*) filter (where is_short))::int as short,
  (count(distinct alert_id) filter (where is_false))::int as falsified`

/** What a span's alarms come to. */
export interface Counted {
  /** Alarms of each ten minutes that had any, by severity, in order. */
  readonly tens: readonly TenRow[]
  /** Rules by how many alarms they gave. */
  readonly rules: readonly RuleRow[]
  /** The sites with most alarms, with the hour of the day in which most of them came. */
  readonly sites: readonly SiteRow[]
}

/** Counts the alarms of a span in one reading of them. */
export async function countAlarms(db: Db, scope: Scope, span: Span): Promise<Counted> {
  const isFolded = folded(scope)
  const { rows } = await sql<Counted>`
    with ${heard(scope, span)},
    tens as (
      select ${TEN} as ten, severity, (count(*) filter (where not ${isFolded}))::int as alarms,
        (count(*) filter (where ${isFolded}))::int as folded from heard group by 1, 2),
    ranked as (
      select rule, n, row_number() over (partition by rule order by n desc) as place
      from (select rule, count(*) as n from heard where site_id is not null group by rule, site_id) as of_site),
    rules as (
      select rule, ${NOISE}, count(distinct site_id)::int as sites,
        coalesce((select sum(n) from ranked where ranked.rule = heard.rule and place <= 3), 0)::int as "fromThree"
      from heard group by rule order by alarms desc, rule limit ${MOST_NOISY}),
    top as (
      select site_id, ${NOISE}, mode() within group (order by rule) as rule from heard
      where site_id is not null group by site_id order by alarms desc, site_id limit ${MOST_NOISY}),
    by_hour as (
      select site_id, extract(hour from local)::int as hour, count(*)::int as n, count(distinct local::date)::int as days
      from (select site_id, at at time zone ${zoneInForce()}::text as local from heard join top using (site_id)) as told
      group by 1, 2),
    hours as (select distinct on (site_id) * from by_hour order by site_id, n desc, hour),
    sites as (
      select site.id as "siteId", site.name, site.district, top.rule, top.alarms, top.shared, top.again, top.short,
        top.falsified, hours.hour, hours.n as "sameHour", hours.days,
        (select min(opened_at) from alert where alert.site_id = site.id and status <> 'resolved') as "liveSince",
        (select min(id) from rectification where rectification.site_id = site.id and stage <> 'closed') as "rectificationId"
      from top join site on site.id = top.site_id join hours on hours.site_id = top.site_id)
    select (select coalesce(json_agg(tens order by ten), '[]') from tens) as tens,
      (select coalesce(json_agg(rules order by alarms desc, rule), '[]') from rules) as rules,
      (select coalesce(json_agg(sites order by alarms desc, "siteId"), '[]') from sites) as sites
  `.execute(db)
  return rows[0] ?? { tens: [], rules: [], sites: [] }
}

/** Alarms of each ten minutes that had any, in order: what the rate needs, and nothing of who made the noise. */
export async function alarmsByTen(db: Db, scope: Scope, { from, to }: Span): Promise<TenOf[]> {
  const { rows } = await sql<TenOf>`
    select ${TEN} as ten, count(*)::int as alarms from (
      select fact.at, alert.rule <> 'PLATFORM' and alert.incident_id is not null as is_part
      from fact join alert on alert.id = fact.alert_id where ${isHeard(scope, { from, to })}) as heard
    where not ${folded(scope)} group by 1 order by 1
  `.execute(db)
  return rows
}

/** Alerts that nobody has taken since `before`. */
export async function standingAlerts(db: Db, scope: Scope, before: Date): Promise<number> {
  const own =
    scope.kind === 'city'
      ? sql`true`
      : sql`site_id in (select site.id from site where ${within(scope, 'site')})`
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from alert where status = 'open' and opened_at < ${before} and ${own}
  `.execute(db)
  return rows[0]?.n ?? 0
}

/** Turns at the desks that answer for a scope: the city's, or those of its districts. A unit has none. */
export async function turnsOf(db: Db, scope: Scope, { from, to }: Span): Promise<Turn[]> {
  if (scope.kind === 'unit') return []
  const desks = [...districtsOf(scope)]
  const rows = await db
    .selectFrom('duty_shift')
    .select(['user_id', 'starts_at', 'ends_at'])
    .where('ends_at', '>', from)
    .where('starts_at', '<', to)
    .where(
      scope.kind === 'city' ? sql<boolean>`district is null` : sql<boolean>`district = any(${desks}::text[])`,
    )
    .execute()
  return rows.map((row) => ({
    userId: row.user_id,
    startsMs: row.starts_at.getTime(),
    endsMs: row.ends_at.getTime(),
  }))
}
