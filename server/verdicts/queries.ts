import { sql } from 'kysely'
import { DAY, HOUR } from '../../shared/time.ts'
import { RULES_2015, type RuleSet, type V1Counts } from '../../shared/verdicts.ts'
import type { Db } from '../db/database.ts'

/** What V1 is judged by, and how many visits of the window count for nothing. */
export interface WindowCounts extends V1Counts {
  readonly excluded: number
}

interface BlockRow {
  site_id: number
  block: number
  total: number
  failed: number
  excluded: number
}

/**
 * Spaced visits of the window that ends now (`nowMs`) and begins after the same millisecond seven days ago.
 * Whole hours come from their sums; the hours that a 24-hour block begins in are counted visit by visit.
 * @returns one entry for each of `siteIds`, also for a site without visits.
 */
export async function v1Counts(
  db: Db,
  siteIds: readonly number[],
  nowMs: number,
  rules: Pick<RuleSet, 'v1WindowDays'> = RULES_2015,
): Promise<Map<number, WindowCounts>> {
  const days = rules.v1WindowDays
  const counts = new Map(
    siteIds.map((id) => [id, { total: 0, failed: 0, excluded: 0, perDay: new Array<number>(days).fill(0) }]),
  )
  if (siteIds.length === 0) return counts
  for (const row of await blocks(db, siteIds, nowMs, days)) {
    const site = counts.get(row.site_id)
    if (!site) continue
    site.total += row.total
    site.failed += row.failed
    site.excluded += row.excluded
    site.perDay[row.block] = row.total
  }
  return counts
}

async function blocks(db: Db, siteIds: readonly number[], nowMs: number, days: number): Promise<BlockRow[]> {
  const end = new Date(nowMs)
  const start = new Date(nowMs - days * DAY)
  const split = Array.from({ length: days }, (_, k) => hourOf(nowMs - (k + 1) * DAY))
  const splitHours = sql`(${sql.join(split.map((hour) => sql`${hour}::timestamptz`))})`
  const block = (at: 'hour' | 'at') =>
    sql`floor(extract(epoch from ${end}::timestamptz - ${sql.ref(at)}) / 86400)::int`
  // One range after another rather than a join with the ranges: each then touches one partition only.
  const visits = split.map(
    (hour) => sql`
      select site_id, ${block('at')} as block, (not excluded)::int as total,
        (outcome = 1 and not excluded)::int as failed, excluded::int as excluded
      from visit
      where site_id = any(${siteIds}::int[]) and not extra
        and at >= ${hour} and at < ${new Date(hour.getTime() + HOUR)} and at > ${start} and at <= ${end}`,
  )
  const { rows } = await sql<BlockRow>`
    select site_id, greatest(block, 0) as block, sum(total)::int as total, sum(failed)::int as failed,
      sum(excluded)::int as excluded
    from (
      select site_id, ${block('hour')} as block, total, failed, excluded
      from visit_hour
      where site_id = any(${siteIds}::int[]) and hour > ${start} and hour <= ${end}
        and hour not in ${splitHours}
      union all ${sql.join(visits, sql` union all `)}
    ) spaced
    group by 1, 2
  `.execute(db)
  return rows
}

const hourOf = (ms: number): Date => new Date(Math.floor(ms / HOUR) * HOUR)
