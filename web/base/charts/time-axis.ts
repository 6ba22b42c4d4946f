import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import { instantOf, wallOf } from '../../../shared/base/zone.ts'
import type { Chart } from './chart.ts'

/** Distances between two labels that people count in. */
const STEPS = [
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
]

const two = (n: number): string => String(n).padStart(2, '0')

/** Months between two labels, where days would be too many. */
const MONTH_STEPS = [1, 2, 3, 6, 12]
const MONTH = 30 * DAY

/**
 * An instant in local figures: `HH:mm`, or `M-D` where labels stand a day or more apart, `YYYY-M` where they stand
 * months apart.
 */
export function axisTime(at: number, stepMs: number): string {
  const local = new Date(wallOf(at))
  if (stepMs >= MONTH) return `${local.getUTCFullYear()}-${local.getUTCMonth() + 1}`
  if (stepMs >= DAY) return `${local.getUTCMonth() + 1}-${local.getUTCDate()}`
  return `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`
}

/**
 * Instants of the labels between `from` and `to`: full local hours, midnights or beginnings of months, some `most`
 * of them.
 */
export function ticksBetween(from: number, to: number, most = 8): { ticks: number[]; step: number } {
  const step = STEPS.find((size) => (to - from) / size <= most)
  if (step === undefined) return monthsBetween(from, to, most)
  const first = Math.ceil(wallOf(from) / step) * step
  const count = Math.max(0, Math.floor((wallOf(to) - first) / step) + 1)
  return { ticks: Array.from({ length: count }, (_, i) => instantOf(first + i * step)), step }
}

function monthsBetween(from: number, to: number, most: number): { ticks: number[]; step: number } {
  const months = MONTH_STEPS.find((size) => (to - from) / (size * MONTH) <= most) ?? 24
  const year = new Date(wallOf(from)).getUTCFullYear()
  const ticks: number[] = []
  for (let month = 0, at = 0; at <= to; month += months) {
    at = instantOf(Date.UTC(year, month, 1))
    if (at >= from && at <= to) ticks.push(at)
  }
  return { ticks, step: months * MONTH }
}

/** The labels of a window in local hours, wherever the browser stands, and words for any instant in it. */
export function timeAxis(
  from: number,
  to: number,
  most = 8,
): Pick<Chart, 'from' | 'to' | 'ticks' | 'heading'> {
  const { ticks, step } = ticksBetween(from, to, most)
  return {
    from,
    to,
    ticks: ticks.map((at) => ({ at, label: axisTime(at, step) })),
    heading: (at) => fullTime(at, step),
  }
}

/** Local `M-D HH:mm`, with the year where labels stand months apart. */
function fullTime(at: number, stepMs: number): string {
  const year = stepMs >= MONTH ? `${new Date(wallOf(at)).getUTCFullYear()}-` : ''
  return `${year}${axisTime(at, DAY)} ${axisTime(at, SECOND)}`
}
