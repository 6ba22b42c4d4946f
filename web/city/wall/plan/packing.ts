/** A group of tiles to be placed, in the order of the wall. Lengths in design pixels (1080 to a screen's height). */
export interface GroupSize {
  readonly code: string
  readonly count: number
  /** What its heading needs. */
  readonly minWidth: number
}

/** Whether two lists of groups are placed alike. */
export function sameSizes(a: readonly GroupSize[], b: readonly GroupSize[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => one.code === b[i]?.code && one.count === b[i].count && one.minWidth === b[i].minWidth)
  )
}

export interface Box {
  readonly width: number
  /** Infinity where the page scrolls. */
  readonly height: number
  readonly headHeight: number
  readonly gapX: number
  readonly gapY: number
  readonly minPitch: number
  readonly maxPitch: number
}

export interface PlacedGroup {
  readonly code: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly columns: number
  readonly rows: number
}

export interface Packing {
  /** Distance from one tile to the next. */
  readonly pitch: number
  readonly height: number
  readonly groups: readonly PlacedGroup[]
}

/** A group, or two of so few sites that one stands below the other. */
type Column = readonly GroupSize[]

/** Columns side by side, all `rows` tiles high, so that headings and tiles of neighbours stand on one line. */
interface Band {
  readonly from: number
  readonly to: number
  readonly rows: number
}

interface Plan {
  readonly columns: readonly Column[]
  readonly bands: readonly Band[]
}

const STEP = 0.5

/**
 * The largest tiles with which every group fits: an even band of groups above the next, in the given order, but
 * for small ones that share a column. It depends on totals alone, never on states, so that a group keeps its
 * place and people learn where it is.
 */
export function packBoard(groups: readonly GroupSize[], box: Box): Packing {
  for (let pitch = largestPitch(groups, box); pitch > box.minPitch; pitch -= STEP) {
    const plan = bestPlan(groups, box, pitch)
    if (plan && heightOf(plan.bands, box, pitch) <= box.height) return place(plan, box, pitch)
  }
  return place(bestPlan(groups, box, box.minPitch) ?? oneByOne(groups, box), box, box.minPitch)
}

/** What the area alone allows: there is no use in trying larger ones. */
function largestPitch(groups: readonly GroupSize[], box: Box): number {
  const count = groups.reduce((sum, group) => sum + group.count, 0)
  const bound = Math.sqrt((box.width * box.height) / Math.max(1, count))
  return Math.min(box.maxPitch, Math.ceil(bound / STEP) * STEP)
}

/** With and without sharing, whatever is lower. */
function bestPlan(groups: readonly GroupSize[], box: Box, pitch: number): Plan | null {
  const plans = [groups.map((group) => [group]), shareColumns(groups, pitch)].flatMap((columns): Plan[] => {
    const bands = bestBands(columns, box, pitch)
    return bands ? [{ columns, bands }] : []
  })
  const [first, second] = plans
  if (!first || !second) return first ?? null
  return heightOf(second.bands, box, pitch) < heightOf(first.bands, box, pitch) ? second : first
}

/** Groups whose tiles are one row under their heading, by twos, in the place of the first of them. */
function shareColumns(groups: readonly GroupSize[], pitch: number): Column[] {
  const columns: GroupSize[][] = []
  let open: GroupSize[] | null = null
  for (const group of groups) {
    const isSmall = group.count * pitch <= group.minWidth
    if (isSmall && open) {
      open.push(group)
      open = null
      continue
    }
    const column = [group]
    if (isSmall) open = column
    columns.push(column)
  }
  return columns
}

function heightOf(bands: readonly Band[], box: Box, pitch: number): number {
  const heights = bands.map((band) => box.headHeight + band.rows * pitch)
  return heights.reduce((sum, height) => sum + height, box.gapY * Math.max(0, bands.length - 1))
}

/** Of all ways to break the list into bands the lowest, by dynamic programming over the break before each band. */
function bestBands(columns: readonly Column[], box: Box, pitch: number): Band[] | null {
  const best: ({ height: number; bands: Band[] } | null)[] = [{ height: 0, bands: [] }]
  for (let to = 1; to <= columns.length; to += 1) {
    let found: { height: number; bands: Band[] } | null = null
    for (let from = to - 1; from >= 0; from -= 1) {
      const before = best[from]
      const rows = rowsOf(columns.slice(from, to), box, pitch)
      if (rows === null) break
      if (!before) continue
      const height = before.height + box.headHeight + rows * pitch + (from > 0 ? box.gapY : 0)
      if (!found || height < found.height) found = { height, bands: [...before.bands, { from, to, rows }] }
    }
    best.push(found)
  }
  return best[columns.length]?.bands ?? null
}

/** The fewest rows in which these columns fit side by side; null when their headings alone are too wide. */
function rowsOf(columns: readonly Column[], box: Box, pitch: number): number | null {
  const least = Math.max(...columns.map((column) => leastRows(column, box, pitch)))
  const most = Math.max(least, ...columns.flat().map((group) => group.count))
  for (let rows = least; rows <= most; rows += 1) {
    if (widthOf(columns, rows, box, pitch) <= box.width) return rows
  }
  return null
}

/** A second group needs its heading, and half a gap above it; its tiles stand beside the last row of the others. */
function leastRows(column: Column, box: Box, pitch: number): number {
  return column.length === 1 ? 1 : 2 + Math.ceil((box.headHeight + box.gapY / 2) / pitch)
}

function widthOf(columns: readonly Column[], rows: number, box: Box, pitch: number): number {
  const widths = columns.map((column) => columnWidth(column, rows, pitch))
  return widths.reduce((sum, width) => sum + width, box.gapX * (columns.length - 1))
}

function columnWidth(column: Column, rows: number, pitch: number): number {
  const each = column.length === 1 ? rows : 1
  return Math.max(...column.map((group) => Math.max(group.minWidth, tilesAcross(group, each) * pitch)))
}

function tilesAcross(group: GroupSize, rows: number): number {
  return Math.max(1, Math.ceil(group.count / rows))
}

/** Every group by itself, on a screen that is narrower than a heading. */
function oneByOne(groups: readonly GroupSize[], box: Box): Plan {
  const across = Math.max(1, Math.floor(box.width / box.minPitch))
  return {
    columns: groups.map((group) => [group]),
    bands: groups.map(({ count }, i) => ({ from: i, to: i + 1, rows: Math.ceil(count / across) })),
  }
}

/** What is left of the width goes between the groups, of the height between the bands: edges line up. */
function place({ columns, bands }: Plan, box: Box, pitch: number): Packing {
  const total = heightOf(bands, box, pitch)
  const spare = Number.isFinite(box.height) ? Math.max(0, box.height - total) : 0
  const gapY = box.gapY + Math.min(box.gapY, spare / Math.max(1, bands.length - 1))
  const placed: PlacedGroup[] = []
  let y = 0
  for (const { from, to, rows } of bands) {
    const members = columns.slice(from, to)
    const left = Math.max(0, box.width - widthOf(members, rows, box, pitch))
    const gapX = Math.min(4 * box.gapX, box.gapX + left / Math.max(1, members.length - 1))
    let x = 0
    for (const column of members) {
      const width = columnWidth(column, rows, pitch)
      placed.push(...stack(column, rows, pitch).map((group) => ({ ...group, x, y: y + group.y, width })))
      x += width + gapX
    }
    y += box.headHeight + rows * pitch + gapY
  }
  return { pitch, height: Math.max(0, y - gapY), groups: placed }
}

/** The groups of one column in a band of `rows`, the second with its tiles in the last row. */
function stack(column: Column, rows: number, pitch: number): Omit<PlacedGroup, 'x' | 'width'>[] {
  return column.map((group, index) => {
    const own = column.length === 1 ? rows : 1
    // A group of few sites fills the width that its heading takes anyway.
    const columns = Math.max(
      tilesAcross(group, own),
      Math.min(group.count, Math.floor(group.minWidth / pitch)),
    )
    return { code: group.code, y: index === 0 ? 0 : (rows - 1) * pitch, columns, rows: own }
  })
}
