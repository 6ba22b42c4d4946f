import {
  SITE_STATES,
  type StateCounts,
  WRONG_STATES,
} from '../../../../shared/register/sites/states-rules.ts'

/** A part of a division as its board shows it. */
export interface LevelRow {
  readonly code: string
  readonly total: number
  readonly counts: StateCounts
}

/** The parts that have sites, in the order of the administration. */
export function levelRows(codes: readonly string[], counts: ReadonlyMap<string, StateCounts>): LevelRow[] {
  return codes.flatMap((code) => {
    const of = counts.get(code)
    const total = of ? SITE_STATES.reduce((sum, state) => sum + of[state], 0) : 0
    return of && total > 0 ? [{ code, total, counts: of }] : []
  })
}

/** Rows of one column at most: below 40 of the screen's 1,080 lines the figures of a row cannot be read from afar. */
const MOST_ROWS = 16
const HIGHEST = 84

/** How many columns so many rows stand in, and how high each is (design pixels). */
export function levelGrid(
  rows: number,
  height: number,
): { columns: number; lines: number; rowHeight: number } {
  const columns = Math.max(1, Math.ceil(rows / MOST_ROWS))
  const lines = Math.max(1, Math.ceil(rows / columns))
  return { columns, lines, rowHeight: Math.min(HIGHEST, Math.floor(height / lines)) }
}

/** Where each state begins and how wide it is in a bar of 100: what is wrong, the worst first, on the ground of the rest. */
export function wrongBar({
  total,
  counts,
}: LevelRow): { state: (typeof WRONG_STATES)[number]; x: number; width: number }[] {
  let x = 0
  return WRONG_STATES.flatMap((state) => {
    const width = (counts[state] / total) * 100
    const at = x
    x += width
    return width > 0 ? [{ state, x: at, width }] : []
  })
}
