import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { HistoryPoint } from '../../../shared/register/sites/sites.ts'
import { emptyCounts, SITE_STATES, type SiteState } from '../../../shared/register/sites/states.ts'
import { burnDownOption } from '../../../web/base/charts/burn-down-option.ts'
import { countsOption } from '../../../web/base/charts/counts-option.ts'
import { type ChartOption, init } from '../../../web/base/charts/echarts.ts'
import { latencyOption, lineDots } from '../../../web/base/charts/latency-option.ts'
import type { Palette } from '../../../web/base/charts/palette.ts'
import { axisTime, ticksBetween } from '../../../web/base/charts/time-axis.ts'

const COLOURS: Record<SiteState, string> = {
  dead: '#d00001',
  down: '#d00002',
  dormant: '#d00003',
  warning: '#d00004',
  unknown: '#d00005',
  healthy: '#d00006',
  paused: '#d00007',
}
const PALETTE: Palette = {
  text: '#111111',
  muted: '#777777',
  line: '#cccccc',
  surface: '#ffffff',
  accent: '#0000ff',
  bad: '#ff0000',
  font: 'sans-serif',
  fontSize: 12,
  states: COLOURS,
}
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

/** Draws without a browser, as ECharts does on a server. */
function draw(option: ChartOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 800, height: 300 })
  chart.setOption(option)
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

beforeEach(() => {
  vi.spyOn(console, 'warn')
  vi.spyOn(console, 'error')
})
afterEach(() => {
  expect(console.warn).not.toHaveBeenCalled()
  expect(console.error).not.toHaveBeenCalled()
  vi.restoreAllMocks()
})

describe('time axis', () => {
  it('labels Shanghai hours and midnights wherever the browser stands', () => {
    const { ticks, step } = ticksBetween(START + 20 * MINUTE, START + DAY)
    expect(ticks.map((tick) => axisTime(tick, step))).toEqual([
      '04:00',
      '08:00',
      '12:00',
      '16:00',
      '20:00',
      '00:00',
    ])
    const week = ticksBetween(START + HOUR, START + 7 * DAY)
    expect(week.ticks.map((tick) => axisTime(tick, week.step))[0]).toBe('9-9')
  })

  it('labels years by months', () => {
    const years = ticksBetween(Date.parse('2023-03-10T02:00:00Z'), Date.parse('2026-03-09T02:00:00Z'))
    expect(years.ticks.map((tick) => axisTime(tick, years.step))).toEqual([
      '2023-7',
      '2024-1',
      '2024-7',
      '2025-1',
      '2025-7',
      '2026-1',
    ])
  })

  it('has no labels for a window without length beyond its own instant', () => {
    expect(ticksBetween(START, START).ticks).toEqual([START])
  })
})

describe('city strip', () => {
  const words = Object.fromEntries(SITE_STATES.map((state) => [state, `状态 ${state}`])) as Record<
    SiteState,
    string
  >

  it('draws what is not well and leaves the healthy out', () => {
    const points = Array.from({ length: 96 }, (_, i) => ({
      at: at(i * 15 * MINUTE),
      counts: { ...emptyCounts(), healthy: 620, dead: 3, warning: i % 5 },
    }))
    const svg = draw(countsOption(points, 15 * MINUTE, words, PALETTE))
    expect(svg).toContain(COLOURS.dead)
    expect(svg).toContain(COLOURS.warning)
    expect(svg).not.toContain(COLOURS.healthy)
    expect(svg).toContain('12:00')
    expect(svg).toContain('状态 dead')
  })

  it('draws an empty history without complaint', () => {
    expect(draw(countsOption([], 15 * MINUTE, words, PALETTE))).toContain('<svg')
  })
})

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
    const svg = draw(latencyOption({ level: 'visit', binMs: 1, points, ...window }, LATENCY_WORDS, PALETTE))
    expect(svg).toContain(PALETTE.bad)
    expect(svg).toContain('失败')
    expect(svg).not.toContain('最慢')
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
    const svg = draw(latencyOption(input, LATENCY_WORDS, PALETTE))
    const bar = /<path d="M([\d.]+) [\d.]+l([\d.]+) [^"]*" fill="#ff0000" ecmeta_series_index/.exec(svg)
    const grid = /<path d="M([\d.]+) [\d.]+L([\d.]+) [\d.]+" [^>]*stroke="#cccccc"/.exec(svg)
    const [start, end] = [Number(grid?.[1]), Number(grid?.[2])]
    const middle = Number(bar?.[1]) + Number(bar?.[2]) / 2
    expect(middle).toBeCloseTo(start + (end - start) / 4, -0.5)
  })

  it('draws the slowest answer beside the average once visits are summed', () => {
    const points = Array.from({ length: 90 }, (_, i) =>
      visit(i * DAY, { total: 288, excluded: i === 3 ? 12 : 0, maxMs: 9000 }),
    )
    const to = START + 90 * DAY
    const svg = draw(
      latencyOption(
        { level: 'day', binMs: DAY, points, from: START, to, intervalSeconds: 300 },
        LATENCY_WORDS,
        PALETTE,
      ),
    )
    expect(svg).toContain('最慢')
    expect(svg).toContain(COLOURS.unknown)
  })

  it('draws a site that was never visited', () => {
    expect(
      draw(latencyOption({ level: 'visit', binMs: 1, points: [], ...window }, LATENCY_WORDS, PALETTE)),
    ).toContain('<svg')
  })
})

describe('burn-down', () => {
  it('draws open and overdue fixes over what was raised and closed', () => {
    const points = Array.from({ length: 30 }, (_, i) => ({
      day: at(i * DAY + 9 * HOUR).slice(0, 10),
      open: 30 - i,
      overdue: i % 3,
      raised: 1,
      closed: 2,
    }))
    const words = { open: '未办结', overdue: '超期', raised: '新增', closed: '办结' }
    const svg = draw(burnDownOption(points, words, PALETTE))
    for (const word of Object.values(words)) expect(svg).toContain(word)
    expect(svg).toContain('9-8')
    expect(svg).toContain(PALETTE.bad)
  })
})
