/** Where a value stands on an axis, and the marks beside it. Lengths in design pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

const NICE = [1, 2, 3, 4, 5, 6, 8, 10]

/** The lowest round figure that is not below `value`: 1, 2, 3, 4, 5, 6, 8, 10, 20, 30 … */
export function niceMax(value: number): number {
  if (value <= 1) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return (NICE.find((step) => step * power >= value) ?? 10) * power
}

const round = (value: number): number => Math.round(value * 10) / 10

export function linePath(points: readonly Point[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('')
}

/** Level until the next point, then straight to it: counts that hold for a day. */
export function stepPath(points: readonly Point[]): string {
  return points
    .map(({ x, y }, index) => (index === 0 ? `M${round(x)} ${round(y)}` : `H${round(x)}V${round(y)}`))
    .join('')
}

export function areaPath(points: readonly Point[], base: number): string {
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return ''
  return `${linePath(points)}L${round(last.x)} ${base}L${round(first.x)} ${base}Z`
}

/** A column of a bar chart. */
export interface Bar {
  readonly x: number
  readonly bottom: number
  readonly height: number
}

/** All bars of a series as one path, which is one element whatever their number. */
export function barsPath(bars: readonly Bar[], width: number): string {
  return bars
    .filter(({ height }) => height > 0)
    .map(
      ({ x, bottom, height }) =>
        `M${round(x)} ${round(bottom)}h${round(width)}v${round(-height)}h${round(-width)}Z`,
    )
    .join('')
}
