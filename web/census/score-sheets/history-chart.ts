import { addDays, DAY, dayOfWeek, monthDay, startOfDay } from '../../../shared/base/time.ts'
import type { SheetHistory } from '../../../shared/census/score-sheets/sheets.ts'
import type { Chart } from '../../base/charts/chart.ts'

type Kept = SheetHistory['items'][number]

/** The stretch that holds a day. */
export const keptOn = (items: readonly Kept[], day: string): Kept | undefined =>
  items.find(({ from, to }) => from <= day && day <= to)

/** Local days from one to another, both included. */
function daysFrom(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

/** Points that a site lost on each day of which a sheet was kept, and below them how many vetoes stood. */
export function historyChart(
  { items }: Pick<SheetHistory, 'items'>,
  words: { readonly points: string; readonly vetoes: string },
): Chart {
  const days = daysFrom(items[0]?.from ?? '', items.at(-1)?.to ?? '')
  const places = days.map((day) => startOfDay(day))
  const kept = days.map((day) => keptOn(items, day))
  const vetoes = kept.map((one) => (one && one.vetoes.length > 0 ? one.vetoes.length : null))
  const hasVetoes = vetoes.some((n) => n !== null)
  const dots = (values: readonly (number | null)[]) =>
    values.map((value, n) => [places[n] ?? 0, value] as const)
  return {
    from: (places[0] ?? 0) - DAY / 2,
    to: (places.at(-1) ?? 0) + DAY / 2,
    ticks: days.flatMap((day, n) =>
      dayOfWeek(day) === 1 ? [{ at: places[n] ?? 0, label: monthDay(day) }] : [],
    ),
    heading: (at) => days[places.indexOf(at)] ?? '',
    panes: [
      {
        ...{ share: 3, stacked: false, barRoom: DAY, splits: 3, format: String },
        series: [
          {
            ...{ kind: 'steps', name: words.points, layer: 'average' },
            dots: dots(kept.map((one) => one?.points ?? null)),
          },
        ],
      },
      ...(hasVetoes
        ? [
            {
              ...{ share: 1, stacked: false, barRoom: DAY, splits: 1, format: String },
              series: [
                { kind: 'bars' as const, name: words.vetoes, layer: 'failed' as const, dots: dots(vetoes) },
              ],
            },
          ]
        : []),
    ],
  }
}
