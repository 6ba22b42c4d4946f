import { expect, it } from 'vitest'
import { MINUTE } from '../../../shared/base/time.ts'
import { emptyCounts, SITE_STATES, type SiteState } from '../../../shared/register/sites/states.ts'
import { layoutOf } from '../../../web/base/charts/layout.ts'
import { countsChart } from '../../../web/city/overview/counts-chart.ts'

const SIZE = { width: 800, height: 300, font: 12 }
const START = Date.parse('2015-09-08T00:00:00+08:00')
const words = Object.fromEntries(SITE_STATES.map((state) => [state, `状态 ${state}`])) as Record<
  SiteState,
  string
>

it('draws what is not well and leaves the healthy out', () => {
  const points = Array.from({ length: 96 }, (_, i) => ({
    at: new Date(START + i * 15 * MINUTE).toISOString(),
    counts: { ...emptyCounts(), healthy: 620, dead: 3, warning: i % 5 },
  }))
  const { shapes, columns, rows } = layoutOf(countsChart(points, 15 * MINUTE, words), SIZE, new Set())
  const drawn = shapes.filter(({ d }) => d !== '')
  expect(drawn.map(({ name, layer }) => [name, layer])).toEqual([
    ['状态 dead', 'dead'],
    ['状态 warning', 'warning'],
  ])
  expect(drawn[0]?.d.match(/M/g)).toHaveLength(96)
  expect(columns.map(({ label }) => label)).toContain('12:00')
  expect(Number(rows.at(-1)?.label)).toBeLessThan(20)
})

it('draws an empty history without complaint', () => {
  const { shapes } = layoutOf(countsChart([], 15 * MINUTE, words), SIZE, new Set())
  expect(shapes.every(({ d }) => d === '')).toBe(true)
})
