import { type RawBuilder, sql } from 'kysely'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import { CorruptPack } from '../visit-store/bytes.ts'
import { unpackMarks } from '../visit-store/pack.ts'
import { utcDay } from '../visit-store/partitions.ts'

/* The hours in which one 24-hour block ends and the next one begins: counted visit by visit, whether plain or packed. */

/** What a site has in a block, or a part of it. */
export interface BlockRow {
  readonly site_id: number
  readonly block: number
  readonly total: number
  readonly failed: number
  readonly excluded: number
}

/** A packed day of a site that has visits in the split hour of a block, and the sums of that hour. */
export interface PackedHourRow extends BlockRow {
  readonly data: Buffer
}

/** Where block `index` ends, going back. */
export interface Edge {
  readonly index: number
  readonly atMs: number
  /** Behind it is out of the window. */
  readonly isLast: boolean
}

/** The edges of so many blocks of 24 hours before an instant. */
export const edgesOf = (nowMs: number, days: number): Edge[] =>
  Array.from({ length: days }, (_, index) => ({
    index,
    atMs: nowMs - (index + 1) * DAY,
    isLast: index === days - 1,
  }))

/** Begin of the hour that an edge splits (epoch ms). */
export const splitHourMs = ({ atMs }: Edge): number => Math.floor(atMs / HOUR) * HOUR

/** SQL for the plain visits of the split hour. One range after another rather than a join with the ranges: so each touches one partition only. */
export function plainSplit(siteIds: readonly number[], edge: Edge): RawBuilder<BlockRow> {
  const [at, hourMs] = [new Date(edge.atMs), splitHourMs(edge)]
  return sql`
    select site_id, count(*) filter (where not excluded) as total,
      count(*) filter (where not excluded and outcome = 1) as failed, count(*) filter (where excluded) as excluded,
      case when at > ${at} then ${edge.index}::int else ${edge.index + 1}::int end as block
    from visit
    where site_id = any(${siteIds}::int[]) and not extra
      and at >= ${new Date(hourMs)} and at < ${new Date(hourMs + HOUR)} ${edge.isLast ? sql`and at > ${at}` : sql``}
    group by 1, 5`
}

/** SQL for the packed days that the split hour lies in, of the sites that have visits in it. */
export function packedSplit(siteIds: readonly number[], edge: Edge): RawBuilder<PackedHourRow> {
  const hourMs = splitHourMs(edge)
  return sql`
    select p.site_id, ${edge.index}::int as block, h.total, h.failed, h.excluded, p.data
    from packed_visit p join visit_hour h on h.site_id = p.site_id
    where p.site_id = any(${siteIds}::int[]) and p.day = ${utcDay(hourMs)} and h.hour = ${new Date(hourMs)}
      and h.total + h.excluded > 0`
}

/**
 * Counts the packed visits of a split hour as `plainSplit` counts plain ones. A day that is damaged keeps no site from
 * being judged: the sums of its hour count on the side on which more of it lies.
 */
export function countPacked(row: PackedHourRow, edge: Edge): BlockRow[] {
  const hourMs = splitHourMs(edge)
  const [newer, older] = [noneIn(row, edge.index), noneIn(row, edge.index + 1)]
  try {
    for (const visit of unpackMarks(utcDay(hourMs) * DAY, row.data)) {
      if (visit.extra || visit.atMs < hourMs || visit.atMs >= hourMs + HOUR) continue
      const block = visit.atMs > edge.atMs ? newer : older
      if (visit.excluded) block.excluded++
      else block.total++
      if (visit.outcome === 1 && !visit.excluded) block.failed++
    }
  } catch (error) {
    if (!(error instanceof CorruptPack)) throw error
    const { total, failed, excluded } = row
    Object.assign(edge.atMs - hourMs < HOUR / 2 ? newer : older, { total, failed, excluded })
  }
  return edge.isLast ? [newer] : [newer, older]
}

const noneIn = ({ site_id }: BlockRow, block: number) => ({
  site_id,
  block,
  total: 0,
  failed: 0,
  excluded: 0,
})
