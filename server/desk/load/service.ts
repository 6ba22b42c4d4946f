import { DAY } from '../../../shared/base/time.ts'
import type { Severity } from '../../../shared/desk/alerts/alerts.ts'
import { SEVERITIES } from '../../../shared/desk/alerts/alerts-rules.ts'
import type { AlertLoad } from '../../../shared/desk/load/load.ts'
import { causeOf, type Noise, STANDING_MS, TEN_MINUTES } from '../../../shared/desk/load/load-rules.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import {
  alarmsByTen,
  noisyRules,
  noisySites,
  type RuleRow,
  type SiteRow,
  type Span,
  standingAlerts,
  type TenRow,
  turnsOf,
} from './queries.ts'
import { peopleOnDuty, rateOf, stepsOf, type TenOf } from './rate.ts'

/** Minutes of a step of the chart, by days of the span: some 150 steps at most. */
const STEPS = [
  { days: 1, minutes: 10 },
  { days: 7, minutes: 60 },
  { days: 31, minutes: 360 },
  { days: 90, minutes: 1440 },
] as const

/** What the last days asked of those on duty. @param now epoch ms; whole ten minutes before it are counted */
export async function alertLoadOf(db: Db, scope: Scope, days: number, now: number): Promise<AlertLoad> {
  const toTen = Math.floor(now / TEN_MINUTES) + 1
  const fromTen = toTen - (days * DAY) / TEN_MINUTES
  const span: Span = { from: new Date(fromTen * TEN_MINUTES), to: new Date(toTen * TEN_MINUTES) }
  const [rows, rules, sites, standing, turns] = await Promise.all([
    alarmsByTen(db, scope, span),
    noisyRules(db, scope, span),
    noisySites(db, scope, span),
    standingAlerts(db, scope, new Date(now - STANDING_MS)),
    turnsOf(db, scope, span),
  ])
  const tens = mergedByTen(rows)
  const stepMinutes = STEPS.find((step) => days <= step.days)?.minutes ?? 1440
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    alarms: tens.reduce((sum, one) => sum + one.alarms, 0),
    folded: rows.reduce((sum, one) => sum + one.folded, 0),
    ...rateOf(tens, peopleOnDuty(turns, fromTen, toTen), fromTen),
    bySeverity: Object.fromEntries(SEVERITIES.map((severity) => [severity, sumOf(rows, severity)])) as Record<
      Severity,
      number
    >,
    standing,
    stepMinutes,
    steps: stepsOf(tens, stepMinutes),
    rules: rules.map((row) => toRule(row, now)),
    fromTopTen: sites.reduce((sum, one) => sum + one.alarms, 0),
    sites: sites.map((row) => toSite(row, now)),
  }
}

function mergedByTen(rows: readonly TenRow[]): TenOf[] {
  const tens = new Map<number, number>()
  for (const { ten, alarms } of rows) if (alarms > 0) tens.set(ten, (tens.get(ten) ?? 0) + alarms)
  return [...tens].map(([ten, alarms]) => ({ ten, alarms }))
}

const sumOf = (rows: readonly TenRow[], severity: Severity): number =>
  rows.reduce((sum, one) => sum + (one.severity === severity ? one.alarms : 0), 0)

function toRule({ from_three: fromThree, ...row }: RuleRow, now: number): AlertLoad['rules'][number] {
  const noise: Noise = { ...row, fromThree, sameHour: 0, days: 0, liveSince: null }
  return { ...row, cause: causeOf(noise, now) }
}

function toSite(row: SiteRow, now: number): AlertLoad['sites'][number] {
  const { site_id: siteId, name, district, rule, hour, alarms, shared, again, short, falsified } = row
  const liveSince = row.live_since?.getTime() ?? null
  const noise = { alarms, shared, again, short, falsified }
  const cause = causeOf(
    { ...noise, sameHour: row.same_hour, days: row.days, liveSince, fromThree: alarms, sites: 1 },
    now,
  )
  return {
    ...{ siteId, name, district, rule, hour, ...noise, cause },
    liveSince: row.live_since?.toISOString() ?? null,
    rectificationId: row.rectification_id,
  }
}
