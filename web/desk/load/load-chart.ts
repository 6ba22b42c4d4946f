import { MINUTE } from '../../../shared/base/time.ts'
import type { AlertLoad } from '../../../shared/desk/load/load.ts'
import { LOAD_LIMITS } from '../../../shared/desk/load/load-rules.ts'
import type { Chart, Dot } from '../../base/charts/chart.ts'
import { timeAxis } from '../../base/charts/time-axis.ts'

export interface LoadWords {
  readonly busiest: string
  readonly average: string
  readonly limit: string
}

/** The busiest ten minutes of each step as bars, what is usual in it as a line, and where a flood begins. */
export function loadChart(
  { from, to, stepMinutes, steps }: Pick<AlertLoad, 'from' | 'to' | 'stepMinutes' | 'steps'>,
  words: LoadWords,
): Chart {
  const [fromMs, toMs, step] = [Date.parse(from), Date.parse(to), stepMinutes * MINUTE]
  const told = new Map(steps.map((one) => [Date.parse(one.at), one]))
  const first = Math.ceil(fromMs / step) * step
  const places = Array.from({ length: Math.ceil((toMs - first) / step) }, (_, i) => first + i * step)
  const dots = (of: 'busiest' | 'average'): Dot[] => places.map((at) => [at, told.get(at)?.[of] ?? 0])
  return {
    ...timeAxis(fromMs - step / 2, toMs + step / 2),
    panes: [
      {
        share: 1,
        stacked: false,
        barRoom: step,
        splits: 3,
        format: String,
        series: [
          { kind: 'bars', name: words.busiest, layer: 'busiest', dots: dots('busiest') },
          { kind: 'line', name: words.average, layer: 'average', dots: dots('average') },
          {
            kind: 'line',
            name: words.limit,
            layer: 'limit',
            dots: places.map((at) => [at, LOAD_LIMITS.flood]),
          },
        ],
      },
    ],
  }
}
