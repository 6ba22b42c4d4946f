import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { emptyCounts, SITE_STATES, type SiteState } from '../../../shared/register/sites/states.ts'
import type { Chart, Series } from '../../../web/base/charts/chart.ts'
import { LAYERS, LEAST_STEP, layerOf, TEXTURES } from '../../../web/base/charts/layers.ts'
import { countsChart } from '../../../web/city/overview/counts-chart.ts'
import { loadChart } from '../../../web/desk/load/load-chart.ts'
import { burnDownChart } from '../../../web/desk/rectifications/reports/burn-down-chart.ts'
import { latencyChart } from '../../../web/monitor/standing/latency-chart.ts'
import { colours, contrast, luminance } from '../../support/colours.ts'

/* What a chart says is there without colour: on a grey printer, a bad projector, for one man in twelve. */

const AT = '2026-05-04T00:00:00.000Z'
const states = Object.fromEntries(SITE_STATES.map((state) => [state, state])) as Record<SiteState, string>
const point = { at: AT, total: 9, failed: 1, excluded: 1, avgMs: 300, maxMs: 900 }
const CHARTS: readonly (readonly [string, Chart])[] = [
  ['states of a day', countsChart([{ at: AT, counts: emptyCounts() }], 1, states)],
  [
    'rectifications by day',
    burnDownChart([{ day: '2026-05-04', open: 1, overdue: 1, raised: 1, closed: 1 }], {
      open: 'open',
      overdue: 'overdue',
      raised: 'raised',
      closed: 'closed',
    }),
  ],
  [
    'alarms in ten minutes',
    loadChart(
      { from: AT, to: '2026-05-05T00:00:00.000Z', stepMinutes: 10, steps: [] },
      { busiest: 'busiest', average: 'average', limit: 'limit' },
    ),
  ],
  [
    'answers of a site',
    latencyChart(
      { level: 'day', binMs: 1, points: [point], from: 0, to: 1, intervalSeconds: 60 },
      { average: 'average', slowest: 'slowest', failed: 'failed', excluded: 'excluded', seconds: 's' },
    ),
  ],
]
/** Series that lie on or beside each other: areas among areas, lines among lines. */
const neighboursIn = (chart: Chart): (readonly [Series, Series])[] =>
  chart.panes.flatMap(({ series }) =>
    [true, false].flatMap((areBars) => {
      const alike = series.filter(({ kind }) => (kind === 'bars') === areBars)
      return alike.slice(1).map((one, i) => [alike[i]!, one] as const)
    }),
  )
const tokenOf = (name: keyof typeof LAYERS): string =>
  /^var\(--([\w-]+)\)$/.exec(layerOf(name).color)?.[1] ?? ''

describe.each(['dark', 'light'])('in grey, in the %s theme', (theme) => {
  const palette = colours(theme)
  const inkOf = (name: keyof typeof LAYERS): string => palette.get(tokenOf(name))!
  /** How bright the area is on the whole, its texture's gaps being of the ground. */
  const brightness = (name: keyof typeof LAYERS): number => {
    const { ink } = TEXTURES[layerOf(name).texture]
    return ink * luminance(inkOf(name)) + (1 - ink) * luminance(palette.get('surface')!)
  }
  const step = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)

  it.each(CHARTS)('layers that touch are told apart: %s', (_name, chart) => {
    const pairs = neighboursIn(chart)
    expect(pairs.length).toBeGreaterThan(0)
    for (const [a, b] of pairs) {
      expect(step(brightness(a.layer), brightness(b.layer)), `${a.name}, ${b.name}`).toBeGreaterThanOrEqual(
        LEAST_STEP,
      )
    }
  })
  it('every layer can be seen on its ground', () => {
    for (const name of Object.keys(LAYERS) as (keyof typeof LAYERS)[]) {
      for (const ground of ['bg', 'surface']) {
        expect(contrast(inkOf(name), palette.get(ground)!), name).toBeGreaterThanOrEqual(3)
      }
    }
  })
})

it('hatching is warning and nothing else', () => {
  const hatched = Object.entries(LAYERS).filter(([, { texture }]) => texture === 'hatched')
  expect(hatched.map(([name]) => name)).toEqual(['warning'])
})

it('lines and areas of one chart have marks that differ', () => {
  for (const [name, chart] of CHARTS) {
    const marks = chart.panes.flatMap(({ series }) =>
      series.map((one) => one.mark ?? layerOf(one.layer).mark),
    )
    expect(new Set(marks).size, name).toBe(marks.length)
    expect(marks.every(Boolean), name).toBe(true)
  }
})

const web = new URL('../../../web/', import.meta.url)
const parts = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.vue'))
/** Rules of a part's style about what is overdue, with the colours that they name. */
const OVERDUE = /([^{}]*\.(?:overdue|late)\b[^{}]*)\{([^}]*)\}/g

test('what is overdue has one colour on every screen', () => {
  const found = parts.flatMap((file) => {
    const style = readFileSync(new URL(file, web), 'utf8').split('<style')[1] ?? ''
    return [...style.matchAll(OVERDUE)].flatMap(([, selector, body]) =>
      [...(body ?? '').matchAll(/(?<!-)(?:color|fill|stroke|background):\s*var\(--([\w-]+)\)/g)].map(
        ([, token]) => ({ file, selector: selector?.trim(), token }),
      ),
    )
  })
  expect(found.length).toBeGreaterThan(4)
  expect(found.filter(({ token }) => token !== 'overdue')).toEqual([])
})
