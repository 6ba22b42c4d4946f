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

/** By what the columns of a site are judged anew. */
export interface SeenSince {
  readonly since: Date
  /** A renderer is there, which draws the pages of columns. */
  readonly canRender: boolean
  /** Local day. */
  readonly today: string
}

/**
 * Judges the columns of a site by what was seen of them since then alone: one that seemed neglected until then, and was not seen
 * since, may be kept up by now.
 * @returns V3, and the columns that it leaves open
 */
export async function judgeSince(
  db: Db,
  siteId: number,
  seen: SeenSince,
): Promise<Pick<ColumnsVerdict, 'v3'> & { readonly open: readonly NeglectedColumn[] }> {
  const rows = await measuresOf(db, [siteId])
  const { v3, neglected } = judgeRows(rows, seen.today, (row) => isSeenSince(row, seen))
  const seenIds = new Set(neglected.map(({ id }) => id))
  return { v3, open: judgeRows(rows, seen.today).neglected.filter(({ id }) => !seenIds.has(id)) }
}

/**
 * Whether a column was seen since then as far as it can be: by its own page or, where that never said anything and nobody draws it,
 * with the home page. Of a page that is sent without a date a browser may show more.
 */
function isSeenSince(
  { url, drawn_at, list_read_at, list_newest }: MeasureRow,
  { since, canRender }: SeenSince,
): boolean {
  const isSince = (at: Date | null) => at !== null && at.getTime() > since.getTime()
  if (url === null || isSince(drawn_at)) return true
  if (canRender) return isSince(list_read_at) && list_newest !== null
  return list_read_at === null || isSince(list_read_at)
}

/** @param isSeen whether a column may be held to be neglected by what is known of it; without it, every one. */
function judgeRows(
  rows: readonly MeasureRow[],
  today: string,
  isSeen: (row: MeasureRow) => boolean = () => true,
): ColumnsVerdict {
  const rules = rulesInForce()
  const stateOf = (row: MeasureRow): ColumnState => {
    const state = columnStateOf(readingOf(row), today, rules)
    return NEGLECTED.has(state) && !isSeen(row) ? 'unknown' : state
  }
  const isChild = childrenAmong(rows.map((row) => row.url))
  const counted = rows
    .filter((_, index) => !(rules.countsTopLevelOnly && isChild[index]))
    .map((row) => ({ row, class: row.class, state: stateOf(row) }))
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
