/** A group of tiles to be placed, in the order of the wall. Lengths in design pixels (1080 to a screen's height). */
export interface GroupSize {
  readonly code: string
  readonly count: number
  /** What its heading needs. */
  readonly minWidth: number
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

/** Groups side by side, all `rows` tiles high, so that headings and tiles of neighbours stand on one line. */
interface Band {
  readonly from: number
  readonly to: number
  readonly rows: number
}

const STEP = 0.5

/**
 * The largest tiles with which every group fits: an even band of groups above the next, in the given order. It
 * depends on totals alone, never on states, so that a group keeps its place and people learn where it is.
 */
export function packBoard(groups: readonly GroupSize[], box: Box): Packing {
  for (let pitch = box.maxPitch; pitch > box.minPitch; pitch -= STEP) {
    const bands = bestBands(groups, box, pitch)
    if (bands && heightOf(bands, box, pitch) <= box.height) return place(groups, bands, box, pitch)
  }
  const bands = bestBands(groups, box, box.minPitch) ?? groups.map((_, i) => alone(groups, i, box))
  return place(groups, bands, box, box.minPitch)
}

function heightOf(bands: readonly Band[], box: Box, pitch: number): number {
  const heights = bands.map((band) => box.headHeight + band.rows * pitch)
  return heights.reduce((sum, height) => sum + height, box.gapY * Math.max(0, bands.length - 1))
}

/** Of all ways to break the list into bands the lowest, by dynamic programming over the break before each band. */
function bestBands(groups: readonly GroupSize[], box: Box, pitch: number): Band[] | null {
  const best: ({ height: number; bands: Band[] } | null)[] = [{ height: 0, bands: [] }]
  for (let to = 1; to <= groups.length; to += 1) {
    let found: { height: number; bands: Band[] } | null = null
    for (let from = to - 1; from >= 0; from -= 1) {
      const before = best[from]
      const rows = rowsOf(groups.slice(from, to), box, pitch)
      if (rows === null) break
      if (!before) continue
      const height = before.height + box.headHeight + rows * pitch + (from > 0 ? box.gapY : 0)
      if (!found || height < found.height) found = { height, bands: [...before.bands, { from, to, rows }] }
    }
    best.push(found)
  }
  return best[groups.length]?.bands ?? null
}

/** The fewest rows in which these groups fit side by side; null when their headings alone are too wide. */
function rowsOf(groups: readonly GroupSize[], box: Box, pitch: number): number | null {
  const most = Math.max(1, ...groups.map((group) => group.count))
  for (let rows = 1; rows <= most; rows += 1) {
    if (widthOf(groups, rows, box, pitch) <= box.width) return rows
  }
  return null
}

function widthOf(groups: readonly GroupSize[], rows: number, box: Box, pitch: number): number {
  const widths = groups.map((group) => groupWidth(group, rows, pitch))
  return widths.reduce((sum, width) => sum + width, box.gapX * (groups.length - 1))
}

function groupWidth(group: GroupSize, rows: number, pitch: number): number {
  return Math.max(group.minWidth, columnsOf(group, rows) * pitch)
}

function columnsOf(group: GroupSize, rows: number): number {
  return Math.max(1, Math.ceil(group.count / rows))
}

/** A group of few sites fills the width that its heading takes anyway. */
function wideColumns(group: GroupSize, rows: number, pitch: number): number {
  return Math.max(columnsOf(group, rows), Math.min(group.count, Math.floor(group.minWidth / pitch)))
}

/** A group on a screen that is narrower than its heading. */
function alone(groups: readonly GroupSize[], index: number, box: Box): Band {
  const columns = Math.max(1, Math.floor(box.width / box.minPitch))
  return { from: index, to: index + 1, rows: Math.ceil((groups[index]?.count ?? 1) / columns) }
}

/** What is left of the width goes between the groups, of the height between the bands: edges line up. */
function place(groups: readonly GroupSize[], bands: readonly Band[], box: Box, pitch: number): Packing {
  const total = heightOf(bands, box, pitch)
  const spare = Number.isFinite(box.height) ? Math.max(0, box.height - total) : 0
  const gapY = box.gapY + Math.min(box.gapY, spare / Math.max(1, bands.length - 1))
  const placed: PlacedGroup[] = []
  let y = 0
  for (const band of bands) {
    const members = groups.slice(band.from, band.to)
    const left = box.width - widthOf(members, band.rows, box, pitch)
    const gapX = box.gapX + Math.max(0, left) / Math.max(1, members.length - 1)
    let x = 0
    for (const group of members) {
      const width = groupWidth(group, band.rows, pitch)
      placed.push({
        code: group.code,
        x,
        y,
        width,
        columns: wideColumns(group, band.rows, pitch),
        rows: band.rows,
      })
      x += width + Math.min(gapX, 4 * box.gapX)
    }
    y += box.headHeight + band.rows * pitch + gapY
  }
  return { pitch, height: Math.max(0, y - gapY), groups: placed }
}
