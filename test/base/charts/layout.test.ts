import { describe, expect, it } from 'vitest'
import {
  type Chart,
  figuresOf,
  type Pane,
  placesOf,
  readingsAt,
  type Series,
} from '../../../web/base/charts/chart.ts'
import { layoutOf } from '../../../web/base/charts/layout.ts'

const SIZE = { width: 400, height: 200, font: 10 }
const NONE = new Set<string>()
const bars = (name: string, ...values: number[]): Series => ({
  kind: 'bars',
  name,
  layer: 'raised',
  dots: values.map((value, at) => [at, value]),
})
const pane = (changes: Partial<Pane>): Pane => ({
  share: 1,
  series: [],
  stacked: false,
  barRoom: 1,
  splits: 3,
  format: String,
  ...changes,
})
const chart = (...panes: Pane[]): Chart => ({
  from: -0.5,
  to: 3.5,
  ticks: [0, 1, 2, 3].map((at) => ({ at, label: `第 ${at} 天` })),
  heading: String,
  panes,
})
const labels = (drawn: Chart, hidden = NONE) => layoutOf(drawn, SIZE, hidden).rows.map(({ label }) => label)
/** Top and foot of each bar, px. */
const heights = (path = '') =>
  [...path.matchAll(/M[\d.]+ ([\d.]+)V([\d.]+)/g)].map(([, foot, top]) => [Number(top), Number(foot)])

describe('layout of a chart', () => {
  it('has whole values on its axis, some of them, and room for the largest', () => {
    expect(labels(chart(pane({ series: [bars('a', 0, 0, 1)] })))).toEqual(['0', '1'])
    expect(labels(chart(pane({ series: [bars('a', 3, 17)] })))).toEqual(['0', '10', '20'])
    expect(labels(chart(pane({ series: [bars('a', 640)] })))).toEqual(['0', '250', '500', '750'])
    expect(labels(chart(pane({ splits: 1, series: [bars('a', 7)] })))).toEqual(['0', '7'])
  })

  it('stacks bars on each other, without those that are hidden', () => {
    const stacked = chart(pane({ stacked: true, series: [bars('a', 2, 0), bars('b', 3, 1)] }))
    const { shapes } = layoutOf(stacked, SIZE, NONE)
    const [[topOfA = 0] = []] = heights(shapes[0]?.d)
    const [[, footOfB] = [], [, footAlone] = []] = heights(shapes[1]?.d)
    expect(footOfB).toBe(topOfA)
    expect(footAlone).toBeGreaterThan(topOfA)
    const alone = layoutOf(stacked, SIZE, new Set(['a']))
    expect(alone.shapes.map(({ name }) => name)).toEqual(['b'])
    expect(heights(alone.shapes[0]?.d)[0]?.[1]).toBe(footAlone)
  })

  it('stands bars beside each other around their place', () => {
    const { shapes, x } = layoutOf(chart(pane({ series: [bars('a', 1), bars('b', 1)] })), SIZE, NONE)
    const [left, right] = shapes.map(({ d }) => Number(/M([\d.]+)/.exec(d)?.[1]))
    expect(left).toBeLessThan(x(0))
    expect(right).toBeGreaterThan(x(0))
  })

  it('breaks a line at its holes, and keeps a step until the next', () => {
    const dots = [
      [0, 1],
      [1, null],
      [2, 1],
      [3, 2],
    ] as const
    const { shapes } = layoutOf(
      chart(
        pane({
          series: [
            { kind: 'line', name: 'line', layer: 'average', dots },
            { kind: 'steps', name: 'steps', layer: 'open', dots: dots.slice(2) },
          ],
        }),
      ),
      SIZE,
      NONE,
    )
    expect(shapes[0]?.d.match(/M/g)).toHaveLength(2)
    expect(shapes[1]?.d).toMatch(/^M[\d. ]+H[\d.]+V[\d.]+$/)
  })

  it('leaves out labels that would run into each other', () => {
    const narrow = layoutOf(chart(pane({})), { ...SIZE, width: 120 }, NONE)
    expect(layoutOf(chart(pane({})), SIZE, NONE).columns).toHaveLength(4)
    expect(narrow.columns.length).toBeGreaterThan(0)
    expect(narrow.columns.length).toBeLessThan(4)
  })

  it('draws nothing of nothing', () => {
    const empty = { ...chart(pane({ series: [bars('a')] })), from: 0, to: 0, ticks: [] }
    expect(layoutOf(empty, SIZE, NONE).shapes).toEqual([expect.objectContaining({ d: '' })])
    expect(JSON.stringify(layoutOf(empty, SIZE, NONE))).not.toContain('null')
  })
})

describe('what a chart says at a place', () => {
  it('says each series that is shown, a hole as a dash', () => {
    const line: Series = {
      kind: 'line',
      name: 'line',
      layer: 'average',
      dots: [
        [0, null],
        [5, 2],
      ],
    }
    const both = chart(pane({ series: [bars('a', 4)] }), pane({ format: (n) => `${n} ms`, series: [line] }))
    expect(placesOf(both)).toEqual([0, 5])
    expect(readingsAt(both, 0, NONE).map(({ value }) => value)).toEqual(['4', '—'])
    expect(readingsAt(both, 5, NONE)).toEqual([{ series: line, value: '2 ms' }])
    expect(readingsAt(both, 0, new Set(['a'])).map(({ series }) => series)).toEqual([line])
  })

  it('has the same figures as a table, newest first, and no row where a line is merely broken', () => {
    const line: Series = {
      kind: 'line',
      name: 'line',
      layer: 'average',
      dots: [
        [0, 7],
        [1, null],
        [5, 2],
        [6, null],
      ],
    }
    const both = chart(
      pane({ series: [bars('a', 4, 3)] }),
      pane({ format: (n) => `${n} ms`, series: [line] }),
    )
    expect(figuresOf(both)).toEqual([
      { at: 5, heading: '5', values: ['', '2 ms'] },
      { at: 1, heading: '1', values: ['3', '—'] },
      { at: 0, heading: '0', values: ['4', '7 ms'] },
    ])
  })

  it('marks a line here and there, its end always, so that it is known without colour', () => {
    const dots = Array.from({ length: 100 }, (_, at) => [at, at] as const)
    const series: Series = { kind: 'line', name: 'line', layer: 'average', dots }
    const { shapes, x } = layoutOf(chart(pane({ series: [series, bars('a', 1)] })), SIZE, NONE)
    expect(shapes[0]?.marks.length).toBeGreaterThan(3)
    expect(shapes[0]?.marks.length).toBeLessThan(8)
    expect(shapes[0]?.marks.at(-1)?.x).toBe(x(99))
    expect(shapes[1]?.marks).toEqual([])
  })
})
