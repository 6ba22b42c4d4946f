import { DAY, startOfDay } from '../../../shared/base/time.ts'
import type { QualityNight } from '../../../shared/monitor/quality/quality.ts'
import {
  missedRate,
  type QualityLimits,
  type Rate,
  wrongRate,
} from '../../../shared/monitor/quality/quality-rules.ts'
import type { Chart, Pane, Series } from '../../base/charts/chart.ts'
import { timeAxis } from '../../base/charts/time-axis.ts'

export interface QualityWords {
  readonly missed: string
  readonly wrong: string
  /** Of one of both. */
  readonly limit: (of: string) => string
}

/** Per cent, with one decimal where it is below ten. */
export const percentOf = (share: number): string => {
  const percent = share * 100
  if (percent > 0 && percent < 0.05) return '<0.1%'
  return percent === 0 || percent >= 10 ? `${Math.round(percent)}%` : `${percent.toFixed(1)}%`
}

const format = (percent: number): string => percentOf(percent / 100)

/** What was missed and what was wrongly told, in per cent of each night, with the limits of both. */
export function qualityChart(
  nights: readonly QualityNight[],
  limits: Pick<QualityLimits, 'missedPercent' | 'wrongPercent'>,
  words: QualityWords,
): Chart {
  const places = nights.map(({ night }) => startOfDay(night))
  const [from, to] = [(places[0] ?? 0) - DAY / 2, (places.at(-1) ?? 0) + DAY / 2]
  const pane = (
    name: string,
    layer: Series['layer'],
    rate: (night: QualityNight) => Rate,
    limit: number,
  ): Pane => ({
    ...{ share: 1, stacked: false, barRoom: DAY, splits: 2, format },
    series: [
      {
        ...{ kind: 'line', name, layer },
        dots: nights.map((night, n) => {
          const { share } = rate(night)
          return [places[n] ?? 0, share === null ? null : share * 100]
        }),
      },
      { kind: 'line', name: words.limit(name), layer: 'limit', dots: places.map((at) => [at, limit]) },
    ],
  })
  return {
    ...timeAxis(from, to),
    heading: (at) => nights[places.indexOf(at)]?.night ?? '',
    panes: [
      pane(words.missed, 'average', missedRate, limits.missedPercent),
      pane(words.wrong, 'slowest', wrongRate, limits.wrongPercent),
    ],
  }
}
