import { type RawBuilder, sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import type { RuleSet } from '../../../shared/monitor/verdicts/rule-set.ts'
import type { V1Counts } from '../../../shared/monitor/verdicts/verdicts.ts'
import type { Db } from '../../base/db/database.ts'
import { rulesInForce } from './in-force.ts'
import {
  type BlockRow,
  countPacked,
  type Edge,
  edgesOf,
  type PackedHourRow,
  packedSplit,
  plainSplit,
  splitHourMs,
} from './split-hours.ts'

/** What V1 is judged by, and how many visits of the window count for nothing. */
export interface WindowCounts extends V1Counts {
  readonly excluded: number
  /** Failed visits in each 24-hour block, newest first. */
  readonly failedPerDay: readonly number[]
}

/**
 * Spaced visits of the window that ends now (`nowMs`) and begins after the same millisecond seven days ago.
 * Whole hours come from their sums; the hours that a 24-hour block begins in are counted visit by visit, whether their
 * day is packed or not.
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
    site.perDay[row.block] = (site.perDay[row.block] ?? 0) + row.total
    site.failedPerDay[row.block] = (site.failedPerDay[row.block] ?? 0) + row.failed
  }
  return counts
}

/** One statement, so that a day which is just being packed is seen once; a block may be in several rows. */
async function blocks(db: Db, siteIds: readonly number[], nowMs: number, days: number): Promise<BlockRow[]> {
  const edges = edgesOf(nowMs, days)
  const splitHours = sql.join(edges.map((edge) => sql`${new Date(splitHourMs(edge))}::timestamptz`))
  const each = (part: (siteIds: readonly number[], edge: Edge) => RawBuilder<unknown>) =>
    sql.join(
      edges.map((edge) => part(siteIds, edge)),
      sql` union all `,
    )
  const { rows } = await sql<BlockRow & ({ data: null } | PackedHourRow)>`
    select site_id, block, sum(total)::int as total, sum(failed)::int as failed, sum(excluded)::int as excluded, null::bytea as data
    from (
      select site_id, total, failed, excluded,
        greatest(0, floor((${nowMs / 1000}::float8 - extract(epoch from hour)::float8) / 86400)::int) as block
      from visit_hour
      where site_id = any(${siteIds}::int[]) and hour > ${new Date(nowMs - days * DAY)} and hour <= ${new Date(nowMs)}
        and hour not in (${splitHours})
      union all ${each(plainSplit)}
    ) spaced
    group by 1, 2
    union all ${each(packedSplit)}
  `.execute(db)
  return rows.flatMap((row) => {
    const edge = edges[row.block]
    return row.data === null || !edge ? [row] : countPacked(row, edge)
  })
}

const noneOf = (days: number): number[] => new Array<number>(days).fill(0)
