import {
  COLUMN_CLASSES,
  type ColumnClass,
  type ColumnCounts,
  type ColumnReading,
  type ColumnState,
  childrenAmong,
  columnStateOf,
  countsOf,
  judgeColumns,
  v3Of,
  windowStart,
} from '../../../shared/monitor/columns/columns.ts'
import type { Verdict } from '../../../shared/register/sites/states.ts'
import type { Db } from '../../base/db/database.ts'
import { rulesInForce } from '../verdicts/in-force.ts'
import { type MeasureRow, measuresOf } from './queries.ts'

/** V3 of a site, and how many columns count for each part of it. */
export interface ColumnsVerdict {
  readonly v3: Verdict
  readonly counts: ColumnCounts
  /** Those that count as neglected, as far as they have a page of their own. */
  readonly neglected: readonly NeglectedColumn[]
}

/** A column that nobody seems to keep up. */
export interface NeglectedColumn {
  readonly id: number
  readonly url: string
  /** When its page was drawn by a browser last. */
  readonly drawnAt: Date | null
}

const NEGLECTED: ReadonlySet<ColumnState> = new Set(['stale', 'undated', 'blank'])

/**
 * Judges the columns of sites by what is stored of them.
 * @param today local day.
 * @returns one entry for each of `siteIds`, also for a site without columns.
 */
export async function judgeSites(
  db: Db,
  siteIds: readonly number[],
  today: string,
): Promise<Map<number, ColumnsVerdict>> {
  const bySite = new Map<number, MeasureRow[]>(siteIds.map((id) => [id, []]))
  if (siteIds.length > 0) {
    for (const row of await measuresOf(db, [...bySite.keys()])) bySite.get(row.site_id)?.push(row)
  }
  return new Map([...bySite].map(([id, rows]) => [id, judgeRows(rows, today)]))
}

function judgeRows(rows: readonly MeasureRow[], today: string): ColumnsVerdict {
  const rules = rulesInForce()
  const isChild = childrenAmong(rows.map((row) => row.url))
  const counted = rows
    .filter((_, index) => !(rules.countsTopLevelOnly && isChild[index]))
    .map((row) => ({ row, class: row.class, state: columnStateOf(readingOf(row), today, rules) }))
  const verdicts = judgeColumns(counted, null, rules)
  const neglected = counted.flatMap(({ row: { id, url, drawn_at }, state }) =>
    url !== null && NEGLECTED.has(state) ? [{ id, url, drawnAt: drawn_at }] : [],
  )
  return { v3: v3Of(verdicts), counts: countsOf(verdicts), neglected }
}

/** Whether a column would count as neglected by a page that lists items and whose newest one is of this day. @param today local day. */
export function isNeglectedBy(kind: ColumnClass, newest: string | null, today: string): boolean {
  const reading = { class: kind, newest, items: 1, blankRuns: 0, isWholeRead: true }
  return NEGLECTED.has(columnStateOf(reading, today, rulesInForce()))
}

/** What the last readings of a column said. */
export function readingOf(row: MeasureRow): ColumnReading {
  const newest = [row.home_newest, row.list_newest].flatMap((day) => day ?? []).sort()
  return {
    class: row.class,
    newest: newest.at(-1) ?? null,
    items: Math.max(row.home_items ?? 0, row.list_items ?? 0),
    blankRuns: row.blank_runs,
    isWholeRead: row.list_read_at !== null || row.next_visit_at === null,
  }
}

/** From this day on a column of some class counts as kept up; before it none does. @param today local day. */
export function keptUpSince(today: string): string {
  const rules = rulesInForce()
  const [earliest] = COLUMN_CLASSES.flatMap((kind) => windowStart(kind, today, rules) ?? []).sort()
  return earliest ?? today
}
