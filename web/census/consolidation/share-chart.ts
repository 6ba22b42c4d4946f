import { DAY, monthOf, startOfDay } from '../../../shared/base/time.ts'
import type { ShareOfDay } from '../../../shared/census/consolidation/consolidation.ts'
import type { Chart, Series } from '../../base/charts/chart.ts'

export interface ShareWords {
  readonly shared: string
  readonly alone: string
}

const LAYER_OF = { shared: 'open', alone: 'overdue' } as const

/** Sites on shared platforms, and those that should not stand alone and do, over the days that were kept. */
export function shareChart(points: readonly ShareOfDay[], words: ShareWords): Chart {
  const places = points.map(({ day }) => startOfDay(day))
  const series = (key: keyof ShareWords): Series => ({
    ...{ kind: 'steps', name: words[key], layer: LAYER_OF[key] },
    dots: points.map((point, n) => [places[n] ?? 0, point[key]]),
  })
  return {
    from: (places[0] ?? 0) - DAY / 2,
    to: (places.at(-1) ?? 0) + DAY / 2,
    ticks: points.map(({ day }, n) => ({ at: places[n] ?? 0, label: monthOf(day) })),
    heading: (at) => points[places.indexOf(at)]?.day ?? '',
    panes: [
      {
        ...{ share: 1, stacked: false, barRoom: DAY, splits: 3, format: String },
        series: [series('shared'), series('alone')],
      },
    ],
  }
}
