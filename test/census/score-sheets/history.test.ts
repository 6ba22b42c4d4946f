import { describe, expect, it } from 'vitest'
import { changesBetween } from '../../../shared/census/score-sheets/history-rules.ts'
import type { Measured, SheetHistory } from '../../../shared/census/score-sheets/sheets.ts'
import { countedBy, scoreSheet } from '../../../shared/census/score-sheets/sheets-rules.ts'
import { BUILT_IN } from '../../../shared/register/rule-editions/built-in.ts'
import { historyChart } from '../../../web/census/score-sheets/history-chart.ts'

const sheet = (measured: Measured, edition: keyof typeof BUILT_IN = 'cn-2015') =>
  scoreSheet(BUILT_IN[edition], { counted: countedBy(measured, 'machine'), isPortal: false })

describe('what changed between two sheets', () => {
  it('are the lines with another count, other points or another veto in their place', () => {
    const changes = changesBetween(sheet({ V1: 2, S1: 2, S2a: 3 }), sheet({ V1: 9, S1: 9, S2a: 3, S2b: 1 }))
    expect(changes.map(({ rule }) => rule)).toEqual(['V1', 'S1', 'S2b'])
    expect(changes[1]).toMatchObject({ before: { points: 10 }, after: { points: 0, replacedBy: 'V1' } })
    expect(changes[2]).toMatchObject({ before: { by: null }, after: { count: 1 } })
  })

  it('are none between a sheet and itself, whatever its proof says', () => {
    const [one, two] = [sheet({ S2a: 3 }), sheet({ S2a: 3 })]
    const lines = two.lines.map((line) => ({ ...line, proof: ['http://a/'] }))
    expect(changesBetween(one, { ...two, lines })).toEqual([])
  })

  it('are rules that only one of two editions has', () => {
    const changes = changesBetween(sheet({}), sheet({}, 'cn-2019'))
    expect(changes.some(({ before, after }) => before === null && after !== null)).toBe(true)
    expect(changes.some(({ before, after }) => before !== null && after === null)).toBe(true)
  })
})

const kept = (
  from: string,
  to: string,
  points: number,
  vetoes: string[] = [],
): SheetHistory['items'][number] => ({
  ...{ from, to, edition: 'cn-2015', revision: 1, outcome: 'open', points, score: 100 - points, vetoes },
  unmeasured: 0,
})

it('the chart has a dot for each day, a hole where no sheet was kept, and vetoes below', () => {
  const items = [kept('2026-03-01', '2026-03-02', 12), kept('2026-03-04', '2026-03-04', 7, ['V1', 'V2'])]
  const chart = historyChart({ items }, { points: '扣分', vetoes: '否决' })
  expect(chart.panes.map(({ series }) => series[0]?.dots.map(([, value]) => value))).toEqual([
    [12, 12, null, 7],
    [null, null, null, 2],
  ])
  expect(chart.heading(chart.panes[0]?.series[0]?.dots[3]?.[0] ?? 0)).toBe('2026-03-04')
  expect(historyChart({ items: items.slice(0, 1) }, { points: '', vetoes: '' }).panes).toHaveLength(1)
})
