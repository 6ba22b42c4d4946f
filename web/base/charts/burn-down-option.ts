import { baseOption, topLegend, valueAxis } from './base-option.ts'
import type { ChartOption } from './echarts.ts'
import type { Palette } from './palette.ts'

export interface BurnDownPoint {
  readonly day: string
  readonly open: number
  readonly overdue: number
  readonly raised: number
  readonly closed: number
}

export interface BurnDownWords {
  readonly open: string
  readonly overdue: string
  readonly raised: string
  readonly closed: string
}

/** Open fixes and how many of them are late, day by day; what was raised and closed that day as bars. */
export function burnDownOption(
  points: readonly BurnDownPoint[],
  words: BurnDownWords,
  palette: Palette,
): ChartOption {
  const values = (key: keyof BurnDownWords) => points.map((point) => point[key])
  return {
    ...baseOption(palette),
    grid: { left: 8, right: 8, top: palette.fontSize * 3.2, bottom: 4 },
    legend: topLegend(palette),
    xAxis: {
      type: 'category',
      data: points.map((point) => shortDay(point.day)),
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: { color: palette.muted, fontSize: palette.fontSize, hideOverlap: true },
    },
    yAxis: valueAxis(palette),
    series: [
      { type: 'bar', name: words.raised, color: palette.muted, data: values('raised') },
      { type: 'bar', name: words.closed, color: palette.states.healthy, data: values('closed') },
      area(words.open, palette.accent, values('open')),
      area(words.overdue, palette.bad, values('overdue')),
    ],
  }
}

function area(name: string, color: string, data: number[]) {
  return {
    type: 'line' as const,
    name,
    color,
    data,
    step: 'end' as const,
    showSymbol: false,
    lineStyle: { width: 2 },
    areaStyle: { opacity: 0.12 },
  }
}

/** '2015-09-08' as '9-8'. */
function shortDay(day: string): string {
  return `${Number(day.slice(5, 7))}-${Number(day.slice(8))}`
}
