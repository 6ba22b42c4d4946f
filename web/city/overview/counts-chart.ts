import type { SiteState } from '../../../shared/register/sites/states.ts'
import { WRONG_STATES } from '../../../shared/register/sites/states-rules.ts'
import type { Chart } from '../../base/charts/chart.ts'
import { timeAxis } from '../../base/charts/time-axis.ts'
import { MARKS } from '../../register/sites/marks/marks.ts'

export interface CountsPoint {
  readonly at: string
  readonly counts: Readonly<Record<SiteState, number>>
}

/** Worst at the bottom, where bars stand on one line and can be compared. */
const SHOWN: readonly SiteState[] = [...WRONG_STATES, 'unknown']

/**
 * How many sites were in each state that is not well, as stacked bars. Healthy sites are left out: 600 of them
 * would press the rest flat.
 * @param stepMs room of a bar; an instant without a point stays empty.
 */
export function countsChart(
  points: readonly CountsPoint[],
  stepMs: number,
  words: Readonly<Record<SiteState, string>>,
): Chart {
  const times = points.map((point) => Date.parse(point.at))
  const first = times[0] ?? 0
  const last = times.at(-1) ?? first
  const series = SHOWN.map((state) => ({
    kind: 'bars' as const,
    name: words[state],
    layer: state,
    mark: MARKS[state],
    dots: points.map((point, i) => [times[i] ?? 0, point.counts[state]] as const),
  }))
  return {
    ...timeAxis(first - stepMs / 2, last + stepMs / 2),
    panes: [{ share: 1, stacked: true, barRoom: stepMs, splits: 3, format: String, series }],
  }
}
