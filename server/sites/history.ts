import { type RawBuilder, sql } from 'kysely'
import type { HistoryPoint, SiteHistory } from '../../shared/sites.ts'
import { DAY, HOUR, shanghaiDay, startOfDay } from '../../shared/time.ts'
import type { Db } from '../db/database.ts'
import { lastSiteChange, siteChanges } from '../facts/queries.ts'

/** What a chart can show and a browser can draw. */
export const MAX_POINTS = 800
const VISIT_LEVEL_MS = 36 * HOUR
const HOUR_LEVEL_MS = 10 * DAY

/** How finely a stretch of this length is shown. */
export function levelOf(rangeMs: number): SiteHistory['level'] {
  if (rangeMs <= VISIT_LEVEL_MS) return 'visit'
  return rangeMs <= HOUR_LEVEL_MS ? 'hour' : 'day'
}

/**
 * Visits and changes of a site between two instants (epoch ms), oldest first. The first change is the last one
 * before `from`, since it says what the stretch began with.
 */
export async function siteHistory(db: Db, siteId: number, from: number, to: number): Promise<SiteHistory> {
  const level = levelOf(to - from)
  const points = await POINTS[level](db, siteId, from, to)
  const before = await lastSiteChange(db, siteId, new Date(from))
  const since = await siteChanges(db, siteId, new Date(from), new Date(to))
  const changes = [...(before ? [before] : []), ...since].flatMap((fact) =>
    fact.kind === 'site.changed' ? [fact] : [],
  )
  return {
    level,
    points,
    changes: changes.map(({ at, data: { after } }) => ({
      at,
      state: after.state,
      availability: after.availability,
      cause: after.cause,
    })),
  }
}

type PointsOf = (db: Db, siteId: number, from: number, to: number) => Promise<HistoryPoint[]>
const POINTS: Record<SiteHistory['level'], PointsOf> = { visit: visits, hour: hours, day: days }

/** Each visit, confirmations and requests too; neighbours are put together where there are too many to draw. */
async function visits(db: Db, siteId: number, from: number, to: number): Promise<HistoryPoint[]> {
  const widthMs = Math.max(1, Math.ceil((to - from) / (MAX_POINTS - 1)))
  return points(
    db,
    sql`
      select min(at) as at, (count(*) filter (where not excluded))::int as total,
        (count(*) filter (where not excluded and outcome = 1))::int as failed,
        (count(*) filter (where excluded))::int as excluded,
        avg(total_ms) filter (where outcome = 0) as avg_ms, max(total_ms) as max_ms
      from visit
      where site_id = ${siteId} and at >= ${new Date(from)} and at <= ${new Date(to)}
      group by date_bin(${widthMs}::float8 * interval '1 millisecond', at, ${new Date(from)}::timestamptz)
      order by 1`,
  )
}

const SUMS = sql`total, failed, excluded, ok_ms_sum / nullif(total - failed, 0) as avg_ms, max_ms`

function hours(db: Db, siteId: number, from: number, to: number): Promise<HistoryPoint[]> {
  return points(
    db,
    sql`
      select hour as at, ${SUMS} from visit_hour
      where site_id = ${siteId} and hour > ${new Date(from - HOUR)} and hour <= ${new Date(to)}
      order by hour`,
  )
}

/** The most recent days, where there are more than can be drawn. */
async function days(db: Db, siteId: number, from: number, to: number): Promise<HistoryPoint[]> {
  const { rows } = await sql<PointRow & { day: string }>`
    select day, ${SUMS} from visit_day
    where site_id = ${siteId} and day >= ${shanghaiDay(from)} and day <= ${shanghaiDay(to)}
    order by day desc limit ${MAX_POINTS}
  `.execute(db)
  return rows.reverse().map((row) => toPoint({ ...row, at: new Date(startOfDay(row.day)) }))
}

interface PointRow {
  at: Date
  total: number
  failed: number
  excluded: number
  avg_ms: number | null
  max_ms: number | null
}

async function points(db: Db, query: RawBuilder<unknown>): Promise<HistoryPoint[]> {
  const { rows } = await sql<PointRow>`${query}`.execute(db)
  return rows.map(toPoint)
}

function toPoint({ at, total, failed, excluded, avg_ms, max_ms }: PointRow): HistoryPoint {
  return { at: at.toISOString(), total, failed, excluded, avgMs: tenth(avg_ms), maxMs: tenth(max_ms) }
}

const tenth = (ms: number | null): number | null => (ms === null ? null : Math.round(ms * 10) / 10)
