/** A group of sites on the city plan, in the order of the administration. Lengths in design pixels (1080 to a screen's height). */
export interface GroupSize {
  readonly code: string
  readonly count: number
  /** What its heading needs. */
  readonly minWidth: number
}

/** Whether two lists of groups have the same plan. */
export function sameSizes(a: readonly GroupSize[], b: readonly GroupSize[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => one.code === b[i]?.code && one.count === b[i].count && one.minWidth === b[i].minWidth)
  )
}

/** A group's place as shares of the whole: the same on every screen, whatever its shape. */
export interface Place {
  readonly code: string
  readonly count: number
  readonly column: number
  readonly top: number
  readonly height: number
}

export interface CityPlan {
  readonly columns: number
  readonly places: readonly Place[]
}

/** The board of a wall of 1920 × 1080, for which a city is planned once; every screen stretches that plan. */
export const CANON = { width: 1222, height: 655 } as const
export const HEAD = 46
export const GAP_X = 26
export const GAP_Y = 8
const MOST_COLUMNS = 8
const STEP = 0.5
const LEAST_PITCH = 4
/** A group keeps its place though a site comes or goes: it is planned for whole fives. */
const ROUNDED = 5

/** So that what is wrong can be large in a group of few sites too: the portal of the city stands by itself. */
const LEAST_ROWS = 1.6

const planned = (count: number): number => Math.max(1, Math.ceil(count / ROUNDED)) * ROUNDED

/**
 * Where every group of a city has its place: columns of equal width, read downwards, in the given order, each group
 * as high as its sites need. Of all numbers of columns and ways to break the list the one with the largest tiles. It
 * depends on totals and names alone, never on states or on the screen, so that people learn where a district is.
 * @param most columns at most: one where the page scrolls.
 */
export function planCity(groups: readonly GroupSize[], most = MOST_COLUMNS): CityPlan {
  if (groups.length === 0) return { columns: 1, places: [] }
  const widest = Math.max(...groups.map(({ minWidth }) => minWidth))
  const counts = Array.from({ length: Math.min(most, groups.length) }, (_, index) => index + 1)
  const possible = counts.filter((columns) => columns === 1 || columnWidth(CANON.width, columns) >= widest)
  const total = groups.reduce((sum, { count }) => sum + planned(count), 0)
  const first = Math.ceil(Math.sqrt((CANON.width * CANON.height) / total) / STEP) * STEP
  for (let pitch = first; pitch > LEAST_PITCH; pitch -= STEP) {
    const found = possible
      .map((columns) => breakUp(groups, columns, pitch))
      .filter(({ height }) => height <= CANON.height)
    if (found.length > 0) return toPlan(groups, lowest(found), pitch)
  }
  return toPlan(groups, lowest(possible.map((columns) => breakUp(groups, columns, LEAST_PITCH))), LEAST_PITCH)
}

export const columnWidth = (width: number, columns: number): number =>
  (width - GAP_X * (columns - 1)) / columns

interface Break {
  readonly columns: number
  /** Index of the first group of each column. */
  readonly starts: readonly number[]
  /** Of the highest column. */
  readonly height: number
}

const lowest = (breaks: readonly Break[]): Break =>
  breaks.reduce((best, one) => (one.height < best.height ? one : best))

function heightAt(group: GroupSize, columns: number, pitch: number): number {
  const across = Math.max(1, Math.floor(columnWidth(CANON.width, columns) / pitch))
  return HEAD + Math.max(LEAST_ROWS, Math.ceil(planned(group.count) / across)) * pitch
}

/** The list in so many columns with the least height of the highest, by dynamic programming over the last break. */
function breakUp(groups: readonly GroupSize[], columns: number, pitch: number): Break {
  const heights = groups.map((group) => heightAt(group, columns, pitch))
  const span = (from: number, to: number): number =>
    heights.slice(from, to).reduce((sum, height) => sum + height, GAP_Y * (to - from - 1))
  let best: Break[] = groups.map((_, to) => ({ columns, starts: [0], height: span(0, to + 1) }))
  for (let column = 1; column < columns; column += 1) {
    const before = best
    best = groups.map((_, last) => {
      const ways = Array.from({ length: last }, (_, index) => index + 1).map((from): Break => {
        const { starts, height } = before[from - 1] as Break
        return { columns, starts: [...starts, from], height: Math.max(height, span(from, last + 1)) }
      })
      return ways.length > 0 ? lowest(ways) : (before[last] as Break)
    })
  }
  return best[groups.length - 1] as Break
}

/** What is left of a column's height goes to its groups by their sites, so that all columns end on one line. */
function toPlan(groups: readonly GroupSize[], { columns, starts }: Break, pitch: number): CityPlan {
  const places = starts.flatMap((from, column) => {
    const members = groups.slice(from, starts[column + 1] ?? groups.length)
    const own = members.map((group) => heightAt(group, columns, pitch))
    const used = own.reduce((sum, height) => sum + height, GAP_Y * (members.length - 1))
    const spare = Math.max(0, CANON.height - used)
    const sites = members.reduce((sum, { count }) => sum + count, 0)
    let top = 0
    return members.map(({ code, count }, index): Place => {
      const height = (own[index] ?? 0) + (spare * count) / Math.max(1, sites)
      const place = { code, count, column, top: top / CANON.height, height: height / CANON.height }
      top += height + GAP_Y
      return place
    })
  })
  return { columns, places }
}

export interface Area {
  readonly width: number
  readonly height: number
}

/** A group's place on one screen; `height` is that of its tiles, below the heading. */
export interface PlacedGroup {
  readonly code: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PlacedCity {
  /** The largest distance from tile to tile at which all sites of every group fit. */
  readonly pitch: number
  readonly height: number
  readonly groups: readonly PlacedGroup[]
}

/** The plan on a screen that it has to fit. */
export function placeCity({ columns, places }: CityPlan, { width, height }: Area, most: number): PlacedCity {
  const across = columnWidth(width, columns)
  const groups = places.map(
    ({ code, column, top, height: share }): PlacedGroup => ({
      code,
      x: column * (across + GAP_X),
      y: top * height,
      width: across,
      height: Math.max(0, share * height - HEAD),
    }),
  )
  const pitch = Math.min(most, ...places.map(({ count }, i) => pitchFor(count, groups[i] as PlacedGroup)))
  return { pitch: Math.max(1, pitch), height, groups }
}

/** The plan on a page that scrolls: tiles of one size, as high as they need. */
export function stackCity({ places }: CityPlan, width: number, pitch: number): PlacedCity {
  const across = Math.max(1, Math.floor(width / pitch))
  let y = 0
  const groups = places.map(({ code, count }): PlacedGroup => {
    const group = { code, x: 0, y, width, height: Math.ceil(count / across) * pitch }
    y += HEAD + group.height + GAP_Y
    return group
  })
  return { pitch, height: Math.max(0, y - GAP_Y), groups }
}

/** The largest squares of which so many fit into an area, in steps of half a pixel. */
export function pitchFor(count: number, { width, height }: Area): number {
  let pitch = Math.ceil(Math.sqrt((width * height) / Math.max(1, count)) / STEP) * STEP
  while (pitch > STEP && Math.floor(width / pitch) * Math.floor(height / pitch) < count) pitch -= STEP
  return pitch
}
