import type { SiteState } from '../../../shared/register/sites/states.ts'
import { WRONG_STATES } from '../../../shared/register/sites/states-rules.ts'
import { baseOption, topLegend, valueAxis } from './base-option.ts'
import type { ChartOption } from './echarts.ts'
import type { Palette } from './palette.ts'
import { timeAxis } from './time-axis.ts'

export interface CountsPoint {
  readonly at: string
  readonly counts: Readonly<Record<SiteState, number>>
}

/** Worst at the bottom, where bars stand on one line and can be compared. */
const SHOWN: readonly SiteState[] = [...WRONG_STATES, 'unknown']

/**
 * How many sites were in each state that is not well, as stacked bars. Healthy sites are left out: 600 of them
 * would press the rest flat.
 * @param stepMs width of a bar; an instant without a point stays empty.
 */
export function countsOption(
  points: readonly CountsPoint[],
  stepMs: number,
  words: Readonly<Record<SiteState, string>>,
  palette: Palette,
): ChartOption {
  const times = points.map((point) => Date.parse(point.at))
  const first = times[0] ?? 0
  const last = times.at(-1) ?? first
  return {
    ...baseOption(palette),
    grid: { left: 8, right: 8, top: palette.fontSize * 3.2, bottom: 4 },
    legend: topLegend(palette),
    xAxis: timeAxis(first - stepMs / 2, last + stepMs / 2, palette),
    yAxis: valueAxis(palette),
    series: SHOWN.map((state) => ({
      type: 'bar',
      name: words[state],
      stack: 'counts',
      barWidth: '90%',
      color: palette.states[state],
      data: points.map((point, i) => [times[i] ?? 0, point.counts[state]]),
    })),
  }
}
