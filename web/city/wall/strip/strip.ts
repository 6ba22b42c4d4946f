import { HOUR, MINUTE } from '../../../../shared/base/time.ts'
import { instantOf, wallOf } from '../../../../shared/base/zone.ts'
import type { SiteState, StateCounts } from '../../../../shared/register/sites/states.ts'
import { type Bar, barsPath, niceMax } from '../plan/plot.ts'

/** What the strip counts, from the axis up. */
export const STRIP_STATES = ['dead', 'down', 'dormant'] as const satisfies readonly SiteState[]
export const STRIP_STEP_MIN = 15
export const STRIP_HOURS = 24

export interface CountsAt {
  readonly atMs: number
  readonly counts: Readonly<StateCounts>
}

export interface Frame {
  readonly width: number
  readonly height: number
}

export interface Strip {
  readonly max: number
  readonly series: readonly { readonly state: SiteState; readonly path: string }[]
  readonly ticks: readonly { readonly x: number; readonly atMs: number }[]
}

/** How much a strip shows, in what steps, and what its axis names. */
export interface Span {
  readonly hours: number
  readonly stepMinutes: number
  readonly tickHours: number
}
const DAY_SPAN: Span = { hours: STRIP_HOURS, stepMinutes: STRIP_STEP_MIN, tickHours: 6 }

/** A day of the city (or more) as stacked bars, the newest at the right edge; a gap where nothing was recorded. */
export function drawStrip(points: readonly CountsAt[], nowMs: number, frame: Frame, span = DAY_SPAN): Strip {
  const startMs = nowMs - span.hours * HOUR
  const firstMs = startMs + span.stepMinutes * MINUTE
  const shown = points.filter(({ atMs }) => atMs >= firstMs && atMs <= nowMs)
  const max = niceMax(Math.max(4, ...shown.map(({ counts }) => sum(counts, STRIP_STATES.length))))
  const toX = (atMs: number): number => ((atMs - startMs) / (span.hours * HOUR)) * frame.width
  const slot = toX(firstMs)
  const toY = (value: number): number => frame.height * (1 - value / max)
  const series = STRIP_STATES.map((state, index) => {
    const bars = shown.map(({ atMs, counts }): Bar => {
      const bottom = toY(sum(counts, index))
      return { x: toX(atMs) - slot, bottom, height: bottom - toY(sum(counts, index + 1)) }
    })
    return { state, path: barsPath(bars, slot * 0.78) }
  })
  return { max, series, ticks: ticksOf(startMs, nowMs, span.tickHours * HOUR, toX) }
}

/** The first point of each step of the local day: so few that they can be read out. */
export function firstOfEach(points: readonly CountsAt[], everyMs: number): CountsAt[] {
  const seen = new Set<number>()
  return points.filter(({ atMs }) => {
    const step = Math.floor(wallOf(atMs) / everyMs)
    return !seen.has(step) && seen.add(step)
  })
}

function sum(counts: Readonly<StateCounts>, states: number): number {
  return STRIP_STATES.slice(0, states).reduce((total, state) => total + counts[state], 0)
}

/** At whole steps of the local day, or of days. */
function ticksOf(startMs: number, endMs: number, everyMs: number, toX: (atMs: number) => number) {
  const first = Math.ceil(wallOf(startMs) / everyMs) * everyMs
  const ticks: { x: number; atMs: number }[] = []
  for (let wallMs = first; wallMs <= wallOf(endMs); wallMs += everyMs) {
    const atMs = instantOf(wallMs)
    ticks.push({ x: toX(atMs), atMs })
  }
  return ticks
}
