import type { HistoryPoint, SiteHistory } from '../../../shared/register/sites/sites.ts'
import { baseOption, topLegend, valueAxis } from './base-option.ts'
import type { ChartOption, Series } from './echarts.ts'
import type { Palette } from './palette.ts'
import { timeAxis } from './time-axis.ts'

export interface LatencyWords {
  readonly average: string
  readonly slowest: string
  readonly failed: string
  readonly excluded: string
  readonly seconds: string
}

export interface LatencyInput {
  readonly level: SiteHistory['level']
  /** Width of a point, ms. */
  readonly binMs: number
  readonly points: readonly HistoryPoint[]
  /** Window shown, epoch ms. */
  readonly from: number
  readonly to: number
  /** Seconds between two visits: what is no further apart than three of them has no gap. */
  readonly intervalSeconds: number
}

type Dot = [at: number, value: number | null]

/** Neighbours on each side that say how close points lie thereabouts. */
const REACH = 5

/**
 * Whether something is missing between a point and the one before it. Hours and days lie side by
 * side; visits lie as close as the interval, the thinning for the chart, or the monitor of that time had them,
 * so a hole is what is three times as wide as is usual around it.
 */
function holesOf({ level, binMs, intervalSeconds }: LatencyInput, ats: readonly number[]): boolean[] {
  const spacings = ats.map((at, i) => at - (ats[i - 1] ?? at))
  if (level !== 'visit') return spacings.map((spacing) => spacing > 1.5 * binMs)
  return spacings.map((spacing, i) => {
    const usual = median(spacings.slice(Math.max(1, i - REACH), i + REACH + 1))
    return spacing > 3 * Math.max(intervalSeconds * 1000, usual)
  })
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}

/** The dots of a line, with a null wherever a bucket is absent or measured nothing: an outage is a hole. */
export function lineDots(input: LatencyInput, of: (point: HistoryPoint) => number | null): Dot[] {
  const ats = input.points.map((point) => Date.parse(point.at))
  const holes = holesOf(input, ats)
  return input.points.flatMap((point, i): Dot[] => {
    const at = ats[i] ?? 0
    const dot: Dot = [at, of(point)]
    return holes[i] ? [[(ats[i - 1] ?? at) + 1, null], dot] : [dot]
  })
}

/** Both charts stand on one time axis, so neither may be moved by the width of its labels. */
const gridOf = ({ fontSize }: Palette) => ({
  left: fontSize * 4,
  right: fontSize,
  outerBoundsMode: 'none' as const,
})

/** How fast a site answered, and below it how many visits failed or did not count. */
export function latencyOption(input: LatencyInput, words: LatencyWords, palette: Palette): ChartOption {
  const grid = gridOf(palette)
  const upper = timeAxis(input.from, input.to, palette)
  const lower = timeAxis(input.from, input.to, palette)
  return {
    ...baseOption(palette),
    grid: [
      { ...grid, top: palette.fontSize * 2.4, height: '56%' },
      { ...grid, top: '76%', bottom: palette.fontSize * 2 },
    ],
    legend: topLegend(palette),
    xAxis: [
      { ...upper, axisLabel: { show: false } },
      { ...lower, gridIndex: 1 },
    ],
    yAxis: [
      { ...valueAxis(palette, (ms) => duration(ms, words.seconds)), min: 0 },
      { ...valueAxis(palette), gridIndex: 1, splitNumber: 1, max: mostFailures(input.points) },
    ],
    series: [...lines(input, words, palette), ...failures(input, words, palette)],
  }
}

/** Milliseconds as people read them: 450 ms, 1.2 s. */
function duration(ms: number, seconds: string): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} ${seconds}`
}

/** Null, too, where nothing was answered at all. */
function slowest(point: HistoryPoint): number | null {
  return point.avgMs === null ? null : point.maxMs
}

function mostFailures(points: readonly HistoryPoint[]): number {
  return points.reduce((most, point) => Math.max(most, point.failed + point.excluded), 1)
}

function lines(input: LatencyInput, words: LatencyWords, palette: Palette): Series {
  const line = (name: string, opacity: number, of: (point: HistoryPoint) => number | null) => ({
    type: 'line' as const,
    name,
    color: palette.accent,
    itemStyle: { opacity },
    connectNulls: false,
    showSymbol: false,
    sampling: 'lttb' as const,
    lineStyle: { width: 1.5, opacity },
    tooltip: {
      valueFormatter: (ms: unknown) => (typeof ms === 'number' ? duration(ms, words.seconds) : '—'),
    },
    data: lineDots(input, of),
  })
  const average = line(words.average, 1, (point) => point.avgMs)
  return input.level === 'visit' ? [average] : [line(words.slowest, 0.4, slowest), average]
}

function failures(input: LatencyInput, words: LatencyWords, palette: Palette): Series {
  const bars = (name: string, color: string, of: (point: HistoryPoint) => number) => ({
    type: 'bar' as const,
    name,
    color,
    stack: 'failures',
    barMinWidth: 2,
    barMaxWidth: 10,
    xAxisIndex: 1,
    yAxisIndex: 1,
    data: input.points.filter((point) => of(point) > 0).map((point) => [Date.parse(point.at), of(point)]),
  })
  return [
    bars(words.failed, palette.bad, (point) => point.failed),
    bars(words.excluded, palette.states.unknown, (point) => point.excluded),
  ]
}
