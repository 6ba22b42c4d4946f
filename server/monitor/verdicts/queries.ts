import { sql } from 'kysely'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import type { RuleSet } from '../../../shared/monitor/verdicts/rule-set.ts'
import type { V1Counts } from '../../../shared/monitor/verdicts/verdicts.ts'
import type { Db } from '../../base/db/database.ts'
import { rulesInForce } from './in-force.ts'

/** What V1 is judged by, and how many visits of the window count for nothing. */
export interface WindowCounts extends V1Counts {
  readonly excluded: number
  /** Failed visits in each 24-hour block, newest first. */
  readonly failedPerDay: readonly number[]
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
  rules: Pick<RuleSet, 'v1WindowDays'> = rulesInForce(),
): Promise<Map<number, WindowCounts>> {
  const days = rules.v1WindowDays
  const counts = new Map(
    siteIds.map((id) => [
      id,
      { total: 0, failed: 0, excluded: 0, perDay: noneOf(days), failedPerDay: noneOf(days) },
    ]),
  )
  if (siteIds.length === 0) return counts
  for (const row of await blocks(db, siteIds, nowMs, days)) {
    const site = counts.get(row.site_id)
    if (!site) continue
    site.total += row.total
    site.failed += row.failed
    site.excluded += row.excluded
    site.perDay[row.block] = row.total
    site.failedPerDay[row.block] = row.failed
  }
  return counts
}

async function blocks(db: Db, siteIds: readonly number[], nowMs: number, days: number): Promise<BlockRow[]> {
  const edges = Array.from({ length: days }, (_, index) => nowMs - (index + 1) * DAY)
  const splitHours = sql.join(edges.map((edge) => sql`${hourOf(edge)}::timestamptz`))
  const { rows } = await sql<BlockRow>`
    select site_id, block, sum(total)::int as total, sum(failed)::int as failed, sum(excluded)::int as excluded
    from (
      select site_id, total, failed, excluded,
        greatest(0, floor((${nowMs / 1000}::float8 - extract(epoch from hour)::float8) / 86400)::int) as block
      from visit_hour
      where site_id = any(${siteIds}::int[]) and hour > ${new Date(nowMs - days * DAY)} and hour <= ${new Date(nowMs)}
        and hour not in (${splitHours})
      union all
      ${sql.join(
        edges.map((edge, index) => splitHour(siteIds, edge, index, index === days - 1)),
        sql` union all `,
      )}
    ) spaced
    group by 1, 2
  `.execute(db)
  return rows
}

/**
 * The visits of the hour in which block `index` ends, going back: those after its edge are its own, the others
 * the next one's or, for the last block, out of the window. One range after another rather than a join with the
 * ranges, so that each touches one partition only.
 */
function splitHour(siteIds: readonly number[], edge: number, index: number, isLast: boolean) {
  const hour = hourOf(edge)
  const at = new Date(edge)
  return sql`
    select site_id, count(*) filter (where not excluded) as total,
      count(*) filter (where not excluded and outcome = 1) as failed, count(*) filter (where excluded) as excluded,
      case when at > ${at} then ${index}::int else ${index + 1}::int end as block
    from visit
    where site_id = any(${siteIds}::int[]) and not extra
      and at >= ${hour} and at < ${new Date(hour.getTime() + HOUR)} ${isLast ? sql`and at > ${at}` : sql``}
    group by 1, 5`
}

const noneOf = (days: number): number[] => new Array<number>(days).fill(0)
const hourOf = (ms: number): Date => new Date(Math.floor(ms / HOUR) * HOUR)
