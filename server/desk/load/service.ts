import { DAY } from '../../../shared/base/time.ts'
import type { Severity } from '../../../shared/desk/alerts/alerts.ts'
import { SEVERITIES } from '../../../shared/desk/alerts/alerts-rules.ts'
import type { AlertLoad, AlertRate } from '../../../shared/desk/load/load.ts'
import { causeOfRule, causeOfSite, STANDING_MS, TEN_MINUTES } from '../../../shared/desk/load/load-rules.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { alarmsByTen, countAlarms, type Span, standingAlerts, type TenRow, turnsOf } from './queries.ts'
import { peopleOnDuty, rateOf, stepsOf, type TenOf } from './rate.ts'

/** Minutes of a step of the chart, by days of the span: some 150 steps at most. */
const STEPS = [
  { days: 1, minutes: 10 },
  { days: 7, minutes: 60 },
  { days: 31, minutes: 360 },
  { days: 90, minutes: 1440 },
] as const

/** The last days in whole ten minutes. @param now epoch ms */
function spanOf(days: number, now: number): { fromTen: number; toTen: number; span: Span } {
  const toTen = Math.floor(now / TEN_MINUTES) + 1
  const fromTen = toTen - (days * DAY) / TEN_MINUTES
  return {
    fromTen,
    toTen,
    span: { from: new Date(fromTen * TEN_MINUTES), to: new Date(toTen * TEN_MINUTES) },
  }
}

/** What the last days asked of those on duty. @param now epoch ms; whole ten minutes before it are counted */
export async function alertLoadOf(db: Db, scope: Scope, days: number, now: number): Promise<AlertLoad> {
  const { fromTen, toTen, span } = spanOf(days, now)
  const [counted, standing, turns] = await Promise.all([
    countAlarms(db, scope, span),
    standingAlerts(db, scope, new Date(now - STANDING_MS)),
    turnsOf(db, scope, span),
  ])
  const { tens: rows, rules, sites } = counted
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
    rules: rules.map(({ fromThree, ...row }) => ({ ...row, cause: causeOfRule({ ...row, fromThree }) })),
    fromTopTen: sites.reduce((sum, one) => sum + one.alarms, 0),
    sites: sites.map(({ sameHour, days: onDays, ...row }) => {
      const liveSince = row.liveSince === null ? null : Date.parse(row.liveSince)
      const cause = causeOfSite({ ...row, sameHour, days: onDays, liveSince }, now)
      return { ...row, liveSince: liveSince === null ? null : new Date(liveSince).toISOString(), cause }
    }),
  }
}

/** What the last day asked of each on duty, and how many ten minutes were floods. */
export async function alertRateOf(db: Db, scope: Scope, now: number): Promise<AlertRate> {
  const { fromTen, toTen, span } = spanOf(1, now)
  const [tens, turns] = await Promise.all([alarmsByTen(db, scope, span), turnsOf(db, scope, span)])
  const { rate, inFlood } = rateOf(tens, peopleOnDuty(turns, fromTen, toTen), fromTen)
  return { rate, inFlood }
}

function mergedByTen(rows: readonly TenRow[]): TenOf[] {
  const tens = new Map<number, number>()
  for (const { ten, alarms } of rows) if (alarms > 0) tens.set(ten, (tens.get(ten) ?? 0) + alarms)
  return [...tens].map(([ten, alarms]) => ({ ten, alarms }))
}

const sumOf = (rows: readonly TenRow[], severity: Severity): number =>
  rows.reduce((sum, one) => sum + (one.severity === severity ? one.alarms : 0), 0)
