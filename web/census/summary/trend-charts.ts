import { DAY, startOfDay } from '../../../shared/base/time.ts'
import type { Summary } from '../../../shared/census/summary/summary.ts'
import { QUESTIONS, type Question } from '../../../shared/census/summary/summary-rules.ts'
import type { Chart, Series } from '../../base/charts/chart.ts'

type Month = Summary['trend'][number]
type Outcome = keyof Month['outcomes']

const HALF_A_MONTH = 15 * DAY
/** In the order in which they stand on each other. */
const OUTCOMES = ['vetoed', 'failed', 'open', 'passed'] as const
const LAYER_OF_OUTCOME = { vetoed: 'dead', failed: 'warning', open: 'unknown', passed: 'closed' } as const

const frame = (months: readonly Month[]): Pick<Chart, 'from' | 'to' | 'ticks' | 'heading'> => {
  const places = months.map(({ month }) => startOfDay(`${month}-01`))
  return {
    from: (places[0] ?? 0) - HALF_A_MONTH,
    to: (places.at(-1) ?? 0) + HALF_A_MONTH,
    ticks: months.map(({ month }, n) => ({ at: places[n] ?? 0, label: month })),
    heading: (at) => months[places.indexOf(at)]?.month ?? '',
  }
}
const dotsOf = (months: readonly Month[], value: (of: Month) => number): Series['dots'] =>
  months.map((of) => [startOfDay(`${of.month}-01`), value(of)])

/** How many sites came out how, month by month. */
export function outcomesChart(months: readonly Month[], words: Readonly<Record<Outcome, string>>): Chart {
  const series = OUTCOMES.map(
    (outcome): Series => ({
      ...{ kind: 'bars', name: words[outcome], layer: LAYER_OF_OUTCOME[outcome] },
      dots: dotsOf(months, ({ outcomes }) => outcomes[outcome]),
    }),
  )
  const pane = {
    share: 1,
    stacked: true,
    barRoom: 2 * HALF_A_MONTH,
    widestBar: 40,
    splits: 3,
    format: String,
  }
  return { ...frame(months), panes: [{ ...pane, series }] }
}

/** Against how many sites a rule of each question stood, month by month. */
export function questionsChart(months: readonly Month[], words: Readonly<Record<Question, string>>): Chart {
  const series = QUESTIONS.map(
    (question): Series => ({
      ...{ kind: 'line', name: words[question], layer: question },
      dots: dotsOf(months, ({ questions }) => questions[question]),
    }),
  )
  const pane = { share: 1, stacked: false, barRoom: 2 * HALF_A_MONTH, splits: 3, format: String }
  return { ...frame(months), panes: [{ ...pane, series }] }
}
