import { type Chart, markOf, type Pane, type Series, type Tick } from './chart.ts'
import type { LayerName } from './layers.ts'
import { barsPath, linePath, type Point, pointsOn, type Scale, stepsPath } from './paths.ts'

export interface Size {
  /** px */
  readonly width: number
  readonly height: number
  readonly font: number
}

/** One series as the path of an SVG. */
export interface Shape {
  readonly name: string
  readonly kind: Series['kind']
  readonly layer: LayerName
  readonly d: string
  readonly mark: string | undefined
  /** Where its mark stands; bars need none. */
  readonly marks: readonly Point[]
}

export interface Mark {
  readonly at: number
  readonly label: string
}

/** A chart in px: what is left is to write it down as SVG. */
export interface Layout {
  readonly left: number
  readonly right: number
  readonly bottom: number
  /** Lines across with the values they stand for. */
  readonly rows: readonly Mark[]
  /** Labels below; those that would run into their neighbour are left out. */
  readonly columns: readonly Mark[]
  readonly shapes: readonly Shape[]
  readonly x: Scale
}

/** Lays out the series that are not hidden. */
export function layoutOf(chart: Chart, { width, height, font }: Size, hidden: ReadonlySet<string>): Layout {
  const axes = chart.panes.map((pane) => axisOf(pane, hidden))
  const labels = axes.flatMap((axis, i) => axis.map((value) => chart.panes[i]?.format(value) ?? ''))
  const left = (Math.max(1, ...labels.map(emsOf)) + 0.7) * font
  const right = width - 1.5 * font
  const bottom = height - 1.8 * font
  const x = scale(chart.from, chart.to, left, right)
  const gap = 1.4 * font
  const room = bottom - 0.7 * font - gap * (chart.panes.length - 1)
  const shares = chart.panes.reduce((sum, { share }) => sum + share, 0)
  const rows: Mark[] = []
  const shapes: Shape[] = []
  let top = 0.7 * font
  for (const [i, pane] of chart.panes.entries()) {
    const axis = axes[i] ?? [0, 1]
    const end = top + (room * pane.share) / shares
    const y = scale(0, axis.at(-1) ?? 1, end, top)
    rows.push(...axis.map((value) => ({ at: y(value), label: pane.format(value) })))
    shapes.push(...shapesOf(pane, x, y, hidden))
    top = end + gap
  }
  return { left, right, bottom, rows, columns: apart(chart.ticks, x, font), shapes, x }
}

function shapesOf(pane: Pane, x: Scale, y: Scale, hidden: ReadonlySet<string>): Shape[] {
  const shown = pane.series.filter(({ name }) => !hidden.has(name))
  const bars = shown.filter(({ kind }) => kind === 'bars')
  const room = Math.abs(x(pane.barRoom) - x(0))
  const each = pane.stacked ? room : room / bars.length
  const width = Math.max(2, Math.min(each * 0.9, pane.widestBar ?? Number.POSITIVE_INFINITY))
  const below = new Map<number, number>()
  return shown.map((series) => {
    const { name, kind, layer, dots } = series
    const nth = bars.findIndex((one) => one.name === name)
    const shift = pane.stacked ? 0 : (nth - (bars.length - 1) / 2) * each
    const path = {
      bars: () => barsPath(dots, x, y, { width, shift, ...(pane.stacked && { below }) }),
      line: () => linePath(dots, x, y),
      steps: () => stepsPath(dots, x, y),
    }
    const marks = kind === 'bars' ? [] : pointsOn(dots, x, y)
    return { name, kind, layer, d: path[kind](), mark: markOf(series), marks }
  })
}

/** The values of the lines across, from 0 to what has room for everything: whole and round ones. */
function axisOf({ series, stacked, splits }: Pane, hidden: ReadonlySet<string>): number[] {
  const sums = new Map<number, number>()
  let most = 1
  for (const { name, kind, dots } of series) {
    if (hidden.has(name)) continue
    for (const [at, value] of dots) {
      const sum = (value ?? 0) + (stacked && kind === 'bars' ? (sums.get(at) ?? 0) : 0)
      if (stacked && kind === 'bars') sums.set(at, sum)
      most = Math.max(most, sum)
    }
  }
  if (splits === 1) return [0, most]
  const power = 10 ** Math.floor(Math.log10(most / splits))
  const steps = [1, 2, 2.5, 5, 10].map((times) => times * power).filter(Number.isInteger)
  const step = steps.find((one) => one * splits >= most) ?? 1
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step)
}

function apart(ticks: readonly Tick[], x: Scale, font: number): Mark[] {
  const kept: Mark[] = []
  let free = Number.NEGATIVE_INFINITY
  for (const { at, label } of ticks) {
    const half = (emsOf(label) * font) / 2
    if (x(at) - half < free) continue
    kept.push({ at: x(at), label })
    free = x(at) + half + font / 2
  }
  return kept
}

/** Width of a label, in the size of its type: figures are half as wide as a Chinese character. */
function emsOf(label: string): number {
  return [...label].reduce((sum, letter) => sum + (letter > 'ÿ' ? 1 : 0.6), 0)
}

function scale(from: number, to: number, start: number, end: number): Scale {
  const each = (end - start) / (to - from || 1)
  return (value) => start + (value - from) * each
}
