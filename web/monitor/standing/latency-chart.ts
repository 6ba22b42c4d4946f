import type { HistoryPoint, SiteHistory } from '../../../shared/monitor/standing/standing.ts'
import type { Chart, Dot, Series } from '../../base/charts/chart.ts'
import type { LayerName } from '../../base/charts/layers.ts'
import { timeAxis } from '../../base/charts/time-axis.ts'

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

/** How fast a site answered, and below it how many visits failed or did not count. */
export function latencyChart(input: LatencyInput, words: LatencyWords): Chart {
  const barRoom = input.level === 'visit' ? input.intervalSeconds * 1000 : input.binMs
  return {
    ...timeAxis(input.from, input.to),
    panes: [
      {
        share: 3,
        stacked: false,
        barRoom,
        splits: 3,
        format: (ms) => duration(ms, words.seconds),
        series: lines(input, words),
      },
      {
        share: 1,
        stacked: true,
        barRoom,
        widestBar: 10,
        splits: 1,
        format: String,
        series: failures(input, words),
      },
    ],
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

function lines(input: LatencyInput, words: LatencyWords): Series[] {
  const line = (name: string, layer: LayerName, of: (point: HistoryPoint) => number | null): Series => ({
    kind: 'line',
    name,
    layer,
    dots: lineDots(input, of),
  })
  const average = line(words.average, 'average', (point) => point.avgMs)
  return input.level === 'visit' ? [average] : [line(words.slowest, 'slowest', slowest), average]
}

function failures(input: LatencyInput, words: LatencyWords): Series[] {
  const bars = (name: string, layer: LayerName, of: (point: HistoryPoint) => number): Series => ({
    kind: 'bars',
    name,
    layer,
    dots: input.points.filter((point) => of(point) > 0).map((point) => [Date.parse(point.at), of(point)]),
  })
  return [
    bars(words.failed, 'failed', (point) => point.failed),
    bars(words.excluded, 'excluded', (point) => point.excluded),
  ]
}
