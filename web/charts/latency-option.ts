import type { HistoryPoint, SiteHistory } from '../../shared/sites.ts'
import { DAY, HOUR } from '../../shared/time.ts'
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
  readonly points: readonly HistoryPoint[]
  /** Window shown, epoch ms. */
  readonly from: number
  readonly to: number
  /** Seconds between two visits, for the gaps of single visits. */
  readonly intervalSeconds: number
}

type Dot = [at: number, value: number | null]

/** Distance of two points (ms) beyond which something is missing between them. */
function gapAfter(input: Pick<LatencyInput, 'level' | 'intervalSeconds'>): number {
  const step = { visit: input.intervalSeconds * 1000, hour: HOUR, day: DAY }[input.level]
  return step * 1.5
}

/** The dots of a line, with a null wherever a bucket is absent or measured nothing: an outage is a hole. */
export function lineDots(input: LatencyInput, of: (point: HistoryPoint) => number | null): Dot[] {
  const gap = gapAfter(input)
  const dots: Dot[] = []
  let before: number | null = null
  for (const point of input.points) {
    const at = Date.parse(point.at)
    if (before !== null && at - before > gap) dots.push([before + 1, null])
    dots.push([at, of(point)])
    before = at
  }
  return dots
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
