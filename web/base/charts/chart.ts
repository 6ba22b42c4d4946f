/** A place on the x axis and what was there; null is a hole. */
export type Dot = readonly [at: number, value: number | null]

export interface Series {
  /** `steps` hold their value until the next dot. */
  readonly kind: 'bars' | 'line' | 'steps'
  /** Said in the legend and beside the value under the pointer. */
  readonly name: string
  /** A CSS colour: a token, so that a change of theme needs no new chart. */
  readonly color: string
  readonly dots: readonly Dot[]
  /** 0 to 1; 1 unless given. */
  readonly opacity?: number
}

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
  readonly name: string
  readonly color: string
  readonly value: string
}

/** What the series that are shown say at a place; a hole is a dash. */
export function readingsAt(chart: Chart, at: number, hidden: ReadonlySet<string>): Reading[] {
  return chart.panes.flatMap(({ series, format }) =>
    series.flatMap(({ name, color, dots }): Reading[] => {
      const dot = hidden.has(name) ? undefined : dots.find(([place]) => place === at)
      return dot ? [{ name, color, value: dot[1] === null ? '—' : format(dot[1]) }] : []
    }),
  )
}
