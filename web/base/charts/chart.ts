import { type LayerName, layerOf } from './layers.ts'

/** A place on the x axis and what was there; null is a hole. */
export type Dot = readonly [at: number, value: number | null]

export interface Series {
  /** `steps` hold their value until the next dot. */
  readonly kind: 'bars' | 'line' | 'steps'
  /** Said in the legend and beside the value under the pointer. */
  readonly name: string
  /** What it means; colour, texture and mark follow (`layers.ts`). */
  readonly layer: LayerName
  /** In place of the layer's mark. */
  readonly mark?: string
  readonly dots: readonly Dot[]
}

/** The mark of a series, in its legend and on its line. */
export const markOf = ({ mark, layer }: Pick<Series, 'mark' | 'layer'>): string | undefined =>
  mark ?? layerOf(layer).mark

/** Series on one y axis, which begins at 0. */
export interface Pane {
  /** Of the height, beside the `share` of the other panes. */
  readonly share: number
  readonly series: readonly Series[]
  /** Bars of the same place stand on each other, else side by side. */
  readonly stacked: boolean
  /** Room for the bars of one place, in units of the x axis. */
  readonly barRoom: number
  /** px; a bar fills its room unless given. */
  readonly widestBar?: number
  /** How many lines the axis has above 0, about. */
  readonly splits: number
  readonly format: (value: number) => string
}

/** What is drawn, in its own units: panes one above the other on one x axis. */
export interface Chart {
  readonly from: number
  readonly to: number
  readonly ticks: readonly Tick[]
  /** Words for a place on the x axis, above the values there. */
  readonly heading: (at: number) => string
  readonly panes: readonly Pane[]
}

export interface Tick {
  readonly at: number
  readonly label: string
}

/** Every place where a series has a dot, in order. */
export function placesOf(chart: Chart): number[] {
  const places = new Set(
    chart.panes.flatMap(({ series }) => series.flatMap(({ dots }) => dots.map(([at]) => at))),
  )
  return [...places].sort((a, b) => a - b)
}

export interface Reading {
  readonly series: Series
  readonly value: string
}

/** What the series that are shown say at a place; a hole is a dash. */
export function readingsAt(chart: Chart, at: number, hidden: ReadonlySet<string>): Reading[] {
  return chart.panes.flatMap(({ series, format }) =>
    series.flatMap((one): Reading[] => {
      const dot = hidden.has(one.name) ? undefined : one.dots.find(([place]) => place === at)
      return dot ? [{ series: one, value: sayDot(dot, format) }] : []
    }),
  )
}

function sayDot([, value]: Dot, format: Pane['format']): string {
  return value === null ? '—' : format(value)
}

/** The figures of a chart as rows, the newest first; what has no dot at a place is empty. */
export interface FigureRow {
  readonly at: number
  readonly heading: string
  readonly values: readonly string[]
}

/** Every place where something was counted; where a line is merely broken there is nothing to say. */
export function figuresOf(chart: Chart): FigureRow[] {
  const columns = chart.panes.flatMap(({ series, format }) =>
    series.map(({ dots }) => ({ format, dots: new Map(dots.map((dot) => [dot[0], dot])) })),
  )
  return placesOf(chart)
    .reverse()
    .flatMap((at): FigureRow[] => {
      const dots = columns.map((column) => column.dots.get(at))
      if (dots.every((dot) => dot === undefined || dot[1] === null)) return []
      const values = columns.map(({ format }, i) => {
        const dot = dots[i]
        return dot ? sayDot(dot, format) : ''
      })
      return [{ at, heading: chart.heading(at), values }]
    })
}
