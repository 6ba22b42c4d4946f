import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { HistoryPoint } from '../../../shared/monitor/standing/standing.ts'
import { readingsAt } from '../../../web/base/charts/chart.ts'
import { layoutOf } from '../../../web/base/charts/layout.ts'
import { type LatencyInput, latencyChart, lineDots } from '../../../web/monitor/standing/latency-chart.ts'

const LATENCY_WORDS = { average: '平均', slowest: '最慢', failed: '失败', excluded: '不计', seconds: '秒' }
const START = Date.parse('2015-09-08T00:00:00+08:00')
const at = (ms: number): string => new Date(START + ms).toISOString()
const visit = (ms: number, changes: Partial<HistoryPoint> = {}): HistoryPoint => ({
  at: at(ms),
  total: 1,
  failed: 0,
  excluded: 0,
  avgMs: 400,
  maxMs: 400,
  ...changes,
})

function draw(input: LatencyInput) {
  const chart = latencyChart(input, LATENCY_WORDS)
  const layout = layoutOf(chart, { width: 800, height: 300, font: 12 }, new Set())
  const drawn = layout.shapes.filter(({ d }) => d !== '')
  return {
    chart,
    layout,
    names: layout.shapes.map(({ name }) => name),
    shown: drawn.map(({ name, layer }) => [name, layer]),
  }
}

describe('latency', () => {
  const window = { from: START, to: START + DAY, intervalSeconds: 300 }

  it('leaves a hole where the site was not visited or did not answer', () => {
    const points = [
      visit(0),
      visit(5 * MINUTE),
      visit(10 * MINUTE, { failed: 1, avgMs: null, maxMs: null }),
      visit(HOUR),
    ]
    const dots = lineDots({ level: 'visit', binMs: 1, points, ...window }, (point) => point.avgMs)
    expect(dots.map(([, value]) => value)).toEqual([400, 400, null, null, 400])
  })

  it('runs through a past that was visited less often, and breaks only where visits are missing', () => {
    const past = Array.from({ length: 60 }, (_, i) => visit(i * 10 * MINUTE))
    const lately = Array.from({ length: 100 }, (_, i) => visit(10 * HOUR + i * 2 * MINUTE))
    const input = { level: 'visit', binMs: 1, ...window, intervalSeconds: 60 } as const
    const holes = (points: HistoryPoint[]) =>
      lineDots({ ...input, points }, (point) => point.avgMs).filter(([, value]) => value === null).length
    expect(holes([...past, ...lately])).toBe(0)
    expect(holes([...past, ...lately.slice(0, 40), ...lately.slice(55)])).toBe(1)
  })

  it('draws single visits with the failures below', () => {
    const points = Array.from({ length: 288 }, (_, i) =>
      visit(i * 5 * MINUTE, i === 100 ? { failed: 1, avgMs: null } : {}),
    )
    const drawn = draw({ level: 'visit', binMs: 1, points, ...window })
    expect(drawn.shown).toEqual([
      ['平均', 'average'],
      ['失败', 'failed'],
    ])
    expect(drawn.names).not.toContain('最慢')
  })

  it('puts a failure under its own time, however few there are', () => {
    const points = [visit(0), visit(6 * HOUR, { failed: 1, avgMs: null }), visit(DAY)]
    const input = {
      level: 'visit',
      binMs: 1,
      points,
      from: START,
      to: START + DAY,
      intervalSeconds: 300,
    } as const
    const { layout } = draw(input)
    const [, left, width] = /M([\d.]+) [\d.]+V[\d.]+h([\d.]+)/.exec(layout.shapes.at(-2)?.d ?? '') ?? []
    const middle = Number(left) + Number(width) / 2
    expect(middle).toBeCloseTo(layout.left + (layout.right - layout.left) / 4, 0)
  })

  it('draws the slowest answer beside the average once visits are summed', () => {
    const points = Array.from({ length: 90 }, (_, i) =>
      visit(i * DAY, { total: 288, excluded: i === 3 ? 12 : 0, maxMs: 9000 }),
    )
    const to = START + 90 * DAY
    const drawn = draw({ level: 'day', binMs: DAY, points, from: START, to, intervalSeconds: 300 })
    expect(drawn.names).toContain('最慢')
    expect(drawn.shown).toContainEqual(['不计', 'excluded'])
  })

  it('draws a site that was never visited', () => {
    expect(draw({ level: 'visit', binMs: 1, points: [], ...window }).shown).toEqual([])
  })

  it('says how long an answer took as people read it', () => {
    const { chart } = draw({
      level: 'visit',
      binMs: 1,
      points: [visit(0), visit(MINUTE, { avgMs: 1240 })],
      ...window,
    })
    expect(readingsAt(chart, START, new Set())).toMatchObject([{ value: '400 ms' }])
    expect(readingsAt(chart, START + MINUTE, new Set())).toMatchObject([{ value: '1.2 秒' }])
  })
})
