import type { Dot } from './chart.ts'

/** From units to px. */
export type Scale = (value: number) => number

const px = (n: number): string => String(Math.round(n * 10) / 10)

/** The runs of dots between two holes. */
function runsOf(dots: readonly Dot[]): (readonly [at: number, value: number])[][] {
  const runs: (readonly [at: number, value: number])[][] = [[]]
  for (const [at, value] of dots) {
    if (value === null) runs.push([])
    else runs.at(-1)?.push([at, value])
  }
  return runs.filter((run) => run.length > 0)
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** How many marks a line carries, so that it is told from its neighbour without colour and still is a line. */
const MARKS = 6

/** Some of a line's dots, evenly chosen, the last among them. */
export function pointsOn(dots: readonly Dot[], x: Scale, y: Scale): Point[] {
  const known = dots.flatMap(([at, value]) => (value === null ? [] : [{ x: x(at), y: y(value) }]))
  const every = Math.max(1, Math.ceil(known.length / MARKS))
  return known.filter((_, i) => (known.length - 1 - i) % every === 0)
}

/** A line through the dots, broken at holes; a dot between two holes is a dash of a pixel. */
export function linePath(dots: readonly Dot[], x: Scale, y: Scale): string {
  const points = (run: (readonly [number, number])[]) =>
    run.map(([at, value]) => `${px(x(at))} ${px(y(value))}`).join('L')
  return runsOf(dots)
    .map((run) => `M${points(run)}${run.length === 1 ? 'h1' : ''}`)
    .join('')
}

/** A line that keeps its height until the next dot. */
export function stepsPath(dots: readonly Dot[], x: Scale, y: Scale): string {
  return runsOf(dots)
    .map((run) => {
      const [first, ...rest] = run.map(([at, value]) => [px(x(at)), px(y(value))] as const)
      return `M${first?.join(' ')}${rest.map(([right, height]) => `H${right}V${height}`).join('')}`
    })
    .join('')
}

export interface Bars {
  /** px */
  readonly width: number
  /** px from the middle of the place. */
  readonly shift: number
  /** Sums of what stands at a place already, raised by these bars; without it they stand on 0. */
  readonly below?: Map<number, number>
}

/** A bar around every place that has something. */
export function barsPath(dots: readonly Dot[], x: Scale, y: Scale, { width, shift, below }: Bars): string {
  return dots
    .map(([at, value]) => {
      if (!value) return ''
      const base = below?.get(at) ?? 0
      below?.set(at, base + value)
      return `M${px(x(at) + shift - width / 2)} ${px(y(base))}V${px(y(base + value))}h${px(width)}V${px(y(base))}z`
    })
    .join('')
}
