import { DAY, shortDay, startOfDay } from '../../../../shared/base/time.ts'
import type { Chart, Series } from '../../../base/charts/chart.ts'

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

/** Open rectifications and how many of them are late, day by day; what was raised and closed that day as bars. */
export function burnDownChart(points: readonly BurnDownPoint[], words: BurnDownWords): Chart {
  const days = points.map(({ day }) => startOfDay(day))
  const series = (key: keyof BurnDownWords, kind: Series['kind']): Series => ({
    kind,
    name: words[key],
    layer: key,
    dots: points.map((point, i) => [days[i] ?? 0, point[key]]),
  })
  return {
    from: (days[0] ?? 0) - DAY / 2,
    to: (days.at(-1) ?? 0) + DAY / 2,
    ticks: points.map(({ day }, i) => ({ at: days[i] ?? 0, label: shortDay(day) })),
    heading: (at) => shortDay(points[days.indexOf(at)]?.day ?? ''),
    panes: [
      {
        share: 1,
        stacked: false,
        barRoom: DAY * 0.8,
        splits: 3,
        format: String,
        series: [
          series('raised', 'bars'),
          series('closed', 'bars'),
          series('open', 'steps'),
          series('overdue', 'steps'),
        ],
      },
    ],
  }
}
