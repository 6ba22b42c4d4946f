import { DAY, dayOfWeek, monthDay, startOfDay } from '../../../../shared/base/time.ts'
import type { AnswersOfDay } from '../../../../shared/register/ledger/ledger.ts'
import type { Chart, Series } from '../../../base/charts/chart.ts'

export interface ProgressWords {
  readonly unanswered: string
  readonly contested: string
  readonly settled: string
}

/** How it stood at the end of each week, and stands today. */
export const weekly = (days: readonly AnswersOfDay[]): AnswersOfDay[] =>
  days.filter(({ day }, at) => dayOfWeek(day) === 7 || at === days.length - 1)

const LAYER_OF = { unanswered: 'overdue', contested: 'due', settled: 'open' } as const

/** Sites that are settled, that have nobody and that have several to a question, over the days that there are. */
export function progressChart(points: readonly AnswersOfDay[], words: ProgressWords): Chart {
  const places = points.map(({ day }) => startOfDay(day))
  const series = (key: keyof ProgressWords): Series => ({
    ...{ kind: 'steps', name: words[key], layer: LAYER_OF[key] },
    dots: points.map((point, n) => [places[n] ?? 0, point[key]]),
  })
  return {
    from: (places[0] ?? 0) - DAY / 2,
    to: (places.at(-1) ?? 0) + DAY / 2,
    ticks: points.map(({ day }, n) => ({ at: places[n] ?? 0, label: monthDay(day) })),
    heading: (at) => points[places.indexOf(at)]?.day ?? '',
    panes: [
      {
        ...{ share: 1, stacked: false, barRoom: DAY, splits: 3, format: String },
        series: [series('settled'), series('unanswered'), series('contested')],
      },
    ],
  }
}
