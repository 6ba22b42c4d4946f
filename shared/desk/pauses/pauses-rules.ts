import { DAY, dayOfWeek, localDay } from '../../base/time.ts'
import { instantOf, wallOf } from '../../base/zone.ts'
import type { PauseTimes } from './pauses.ts'

/** What a pause plan is for: one site, all of a unit's, what runs on a platform, or a district. */
export const PAUSE_KINDS = ['site', 'unit', 'platform', 'district'] as const
export type PauseKind = (typeof PAUSE_KINDS)[number]

/** A plan that nobody has answered when its last window is over has ended too. */
export const PAUSE_STATES = ['filed', 'approved', 'refused', 'withdrawn', 'ended'] as const
export type PauseState = (typeof PAUSE_STATES)[number]

/** No plan reaches further ahead than a year. */
export const PAUSE_AHEAD_DAYS = 366

/** One stretch of planned downtime, epoch ms: from the first instant, to the one after the last. */
export interface PauseWindow {
  readonly fromMs: number
  readonly toMs: number
}

/** The local day of the week of an instant (epoch ms): 1 Monday to 7 Sunday. */
export function weekdayOf(atMs: number): number {
  return dayOfWeek(localDay(atMs))
}

/**
 * Every window of a plan, in order. One that repeats has the hours of its first, on each of its weekdays up to and
 * with its last day; a window belongs to the day on which it begins, also where it runs past midnight.
 */
export function windowsOf({ from, to, repeat }: PauseTimes): PauseWindow[] {
  const first = { fromMs: Date.parse(from), toMs: Date.parse(to) }
  if (!repeat) return [first]
  const windows: PauseWindow[] = []
  for (let n = 0; n <= PAUSE_AHEAD_DAYS; n++) {
    const fromMs = instantOf(wallOf(first.fromMs) + n * DAY)
    if (localDay(fromMs) > repeat.until) break
    const toMs = instantOf(wallOf(first.toMs) + n * DAY)
    if (repeat.weekdays.includes(weekdayOf(fromMs))) windows.push({ fromMs, toMs })
  }
  return windows
}

/** The window that is running at an instant (epoch ms), or begins within `leadMs` of it. */
export function windowAt(times: PauseTimes, atMs: number, leadMs = 0): PauseWindow | null {
  return windowsOf(times).find(({ fromMs, toMs }) => fromMs <= atMs + leadMs && toMs > atMs) ?? null
}

/** The first window that begins after an instant (epoch ms). */
export function windowAfter(times: PauseTimes, atMs: number): PauseWindow | null {
  return windowsOf(times).find(({ fromMs }) => fromMs > atMs) ?? null
}

/** When the last window ends (epoch ms); null when there is none. */
export const endOfPlan = (times: PauseTimes): number | null => windowsOf(times).at(-1)?.toMs ?? null

export const PAUSE_FAULTS = ['order', 'past', 'far', 'long', 'none', 'over'] as const
export type PauseFault = (typeof PAUSE_FAULTS)[number]

/**
 * Why a plan cannot be filed, or changed, at `nowMs`; null when it can. A minute that has begun may still be its first.
 * @param before of one that is changed: it may go on from when it began.
 */
export function pauseFault(
  times: PauseTimes,
  nowMs: number,
  before: PauseTimes | null = null,
): PauseFault | null {
  const fromMs = Date.parse(times.from)
  const toMs = Date.parse(times.to)
  if (toMs <= fromMs) return 'order'
  const isKept = before !== null && fromMs === Date.parse(before.from)
  if (!isKept && fromMs < nowMs - (nowMs % 60_000)) return 'past'
  if (times.repeat && toMs - fromMs > DAY) return 'long'
  const end = endOfPlan(times)
  if (end === null) return 'none'
  if (end <= nowMs) return 'over'
  const lastDay = times.repeat?.until ?? localDay(end)
  return lastDay > localDay(nowMs + PAUSE_AHEAD_DAYS * DAY) ? 'far' : null
}
