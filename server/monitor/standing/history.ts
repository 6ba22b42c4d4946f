import { groupBy } from '../../../shared/base/lists/group.ts'
import { DAY, HOUR, localDay, startOfDay } from '../../../shared/base/time.ts'
import { wallOf } from '../../../shared/base/zone.ts'
import type { HistoryPoint, SiteHistory } from '../../../shared/monitor/standing/standing.ts'
import type { Db } from '../../base/db/database.ts'
import { hoursBetween, visitsBetween } from '../visit-store/queries.ts'
import { siteChanges } from './changes.ts'

/** What a chart can show and a browser can draw. */
export const MAX_POINTS = 800
const VISIT_LEVEL_MS = 36 * HOUR
/** A quarter of a year by the hour, three hours to a point: an outage of two hours is seen at its time. */
const HOUR_LEVEL_MS = 92 * DAY

/** How finely a stretch of this length is shown. */
export function levelOf(rangeMs: number): SiteHistory['level'] {
  if (rangeMs <= VISIT_LEVEL_MS) return 'visit'
  return rangeMs <= HOUR_LEVEL_MS ? 'hour' : 'day'
}

/**
 * Visits and changes of a site between two instants (epoch ms), oldest first. The first change is the last one
 * before `from`, since it says what the stretch began with.
 * @throws Refusal internal when what is stored of the visits is damaged.
 */
export async function siteHistory(db: Db, siteId: number, from: number, to: number): Promise<SiteHistory> {
  const level = levelOf(to - from)
  const unitMs = UNIT_MS[level]
  const binMs = Math.max(1, Math.ceil((to - from) / unitMs / (MAX_POINTS - 1))) * unitMs
  const sums = await SUMS[level](db, siteId, from, to)
  const points = binned(sums, (atMs) => Math.floor((level === 'visit' ? atMs - from : wallOf(atMs)) / binMs))
  const changes = await siteChanges(db, siteId, new Date(from), new Date(to))
  return {
    level,
    binMs,
    points,
    changes: changes.map(({ at, data: { after } }) => ({
      at,
      state: after.state,
      availability: after.availability,
      cause: after.cause,
    })),
  }
}

/** A visit, an hour or a day: what a point is added up from. */
interface Sums {
  readonly atMs: number
  readonly total: number
  readonly failed: number
  readonly excluded: number
  /** Answers, and the time that they took together. */
  readonly ok: number
  readonly okMs: number
  readonly maxMs: number | null
}

const UNIT_MS: Record<SiteHistory['level'], number> = { visit: 1, hour: HOUR, day: DAY }
type SumsOf = (db: Db, siteId: number, from: number, to: number) => Promise<Sums[]>
const SUMS: Record<SiteHistory['level'], SumsOf> = { visit: visits, hour: hours, day: days }

/** Each visit, confirmations and requests too. */
async function visits(db: Db, siteId: number, from: number, to: number): Promise<Sums[]> {
  const found = (await visitsBetween(db, [siteId], from, to)).get(siteId) ?? []
  return found.map(({ atMs, outcome, excluded, totalMs }) => ({
    atMs,
    total: excluded ? 0 : 1,
    failed: outcome === 1 && !excluded ? 1 : 0,
    excluded: excluded ? 1 : 0,
    ok: outcome === 0 && totalMs !== null ? 1 : 0,
    okMs: outcome === 0 ? (totalMs ?? 0) : 0,
    maxMs: totalMs,
  }))
}

/** Hours, also the one in which the stretch begins. */
async function hours(db: Db, siteId: number, from: number, to: number): Promise<Sums[]> {
  const found = (await hoursBetween(db, [siteId], from - HOUR + 1, to)).get(siteId) ?? []
  return found.map(({ hourMs, total, failed, excluded, okMsSum, maxMs }) => ({
    atMs: hourMs,
    total,
    failed,
    excluded,
    ok: total - failed,
    okMs: okMsSum,
    maxMs,
  }))
}

async function days(db: Db, siteId: number, from: number, to: number): Promise<Sums[]> {
  const rows = await db
    .selectFrom('visit_day')
    .select(['day', 'total', 'failed', 'excluded', 'ok_ms_sum', 'max_ms'])
    .where('site_id', '=', siteId)
    .where('day', '>=', localDay(from))
    .where('day', '<=', localDay(to))
    .orderBy('day')
    .execute()
  return rows.map(({ day, total, failed, excluded, ok_ms_sum, max_ms }) => ({
    atMs: startOfDay(day),
    total,
    failed,
    excluded,
    ok: total - failed,
    okMs: ok_ms_sum,
    maxMs: max_ms,
  }))
}

/** Puts neighbours together (`sums` oldest first), so that there is one at most in each bin; those of hours and days are laid by local days. */
function binned(sums: readonly Sums[], binOf: (atMs: number) => number): HistoryPoint[] {
  return [...groupBy(sums, ({ atMs }) => binOf(atMs)).values()].map(toPoint)
}

function toPoint(sums: readonly Sums[]): HistoryPoint {
  const add = (of: (one: Sums) => number) => sums.reduce((sum, one) => sum + of(one), 0)
  const ok = add((one) => one.ok)
  const slowest = sums.flatMap(({ maxMs }) => maxMs ?? [])
  return {
    at: new Date(sums[0]?.atMs ?? 0).toISOString(),
    total: add((one) => one.total),
    failed: add((one) => one.failed),
    excluded: add((one) => one.excluded),
    avgMs: ok > 0 ? tenth(add((one) => one.okMs) / ok) : null,
    maxMs: slowest.length > 0 ? tenth(Math.max(...slowest)) : null,
  }
}

const tenth = (ms: number): number => Math.round(ms * 10) / 10
