import { chance, choose, shuffle } from '../../server/demo/cast/random.ts'
import type { DemoSite } from '../../server/demo/cast/register.ts'
import type { OutageKind } from '../../server/demo/fleet/outages.ts'
import { isBlocking } from '../../server/demo/fleet/outages.ts'
import { behaviourAt, outagesBetween } from '../../server/demo/fleet/script.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/base/time.ts'

/** What the fleet's script knows, and two answers of servers that ask for patience. */
export type TroubleKind = OutageKind | 'rate_limited' | 'maintenance'

/** From `start` to `end` (epoch ms, end not included). */
export interface Span {
  readonly start: number
  readonly end: number
}
export interface Trouble extends Span {
  readonly kind: TroubleKind
}

/** How the monitor's own line fails: refused at once, swallowed, or names that are not found. */
export type LineKind = 'cut' | 'swallowed' | 'nameless'
export interface LineFault extends Span {
  readonly kind: LineKind
  /** `hosts`: half of the hosts cannot be reached; `packets`: each visit fares well or ill by chance. */
  readonly reach: 'all' | 'hosts' | 'packets'
}

/** All that happens in the simulated time, and what every site does in it: the truth to be judged against. */
export interface Story extends Span {
  readonly sites: readonly DemoSite[]
  readonly line: readonly LineFault[]
  /** By site index, in time order and never overlapping. */
  readonly troubles: readonly (readonly Trouble[])[]
  /** Indices of sites that take about as long as the law allows. */
  readonly atLimit: ReadonlySet<number>
}

/** One visit in so many meets a site that does not answer for an instant. */
const TRANSIENT = 1 / 500
const TRANSIENT_MS = 2 * SECOND
/** Sites that take about as long as the law allows a page to take: by minutes now less, now more. */
const AT_THE_LIMIT = 4
const LIMIT_FROM_MS = 13_500
const LIMIT_TO_MS = 15_400
export const LIMIT_MS = 15_000
/** Seconds between two visits to a site. */
export const INTERVAL_S = 300

/** A story of `days` from `startMs`: the fleet's script, and what it does not do by itself. */
export function writeStory(sites: readonly DemoSite[], startMs: number, days: number, faults: number): Story {
  const end = startMs + days * DAY
  const scripted = sites.map((site): readonly Trouble[] => outagesBetween(site, startMs, end))
  const calm = shuffle(
    [...sites.keys()].filter((index) => scripted[index]?.every((outage) => outage.end - outage.start < HOUR)),
    7,
  )
  const troubles = [...scripted]
  const atLimit = calm.slice(0, AT_THE_LIMIT)
  for (const [place, index] of atLimit.entries()) {
    troubles[index] = mergeTroubles(scripted[index] ?? [], limitSpans(place, startMs, end))
  }
  for (const [place, index] of calm.slice(AT_THE_LIMIT, AT_THE_LIMIT + 4).entries()) {
    const kind = place % 2 === 0 ? 'rate_limited' : 'maintenance'
    const spans = Array.from({ length: Math.ceil(days) }, (_, day): Trouble => {
      const start = startMs + day * DAY + choose(20 * HOUR, 8, index, day)
      const lasts = (20 + choose(60, 9, index, day)) * MINUTE
      return { start, end: Math.min(start + lasts, end), kind }
    }).filter((span) => span.start < end)
    troubles[index] = mergeTroubles(scripted[index] ?? [], spans)
  }
  const line = lineFaults(scripted, startMs, end, faults)
  return { sites, start: startMs, end, troubles, line, atLimit: new Set(atLimit) }
}

/** Minutes at which a site at the limit takes longer than the law allows. */
function limitSpans(place: number, startMs: number, endMs: number): Trouble[] {
  const spans: Trouble[] = []
  for (let start = startMs; start < endMs; start += MINUTE) {
    if (limitLatency(place, start) >= LIMIT_MS) spans.push({ start, end: start + MINUTE, kind: 'slow' })
  }
  return spans
}

function limitLatency(place: number, atMs: number): number {
  return LIMIT_FROM_MS + (LIMIT_TO_MS - LIMIT_FROM_MS) * chance(11, place, Math.floor(atMs / MINUTE))
}

/** `more` where the script has nothing. */
function mergeTroubles(scripted: readonly Trouble[], more: readonly Trouble[]): Trouble[] {
  const free = more.filter(({ start, end }) => !scripted.some((one) => one.start < end && start < one.end))
  return [...scripted, ...free].sort((a, b) => a.start - b.start)
}

const KINDS: readonly LineKind[] = ['cut', 'swallowed', 'nameless']

/**
 * Faults of 1 to 10 minutes, evenly spread. One in three is partial, and one in four begins in the minute after the
 * most real outages have begun.
 */
function lineFaults(
  scripted: readonly (readonly Trouble[])[],
  startMs: number,
  endMs: number,
  count: number,
): LineFault[] {
  const slotMs = (endMs - startMs) / count
  return Array.from({ length: count }, (_, number): LineFault => {
    const from = startMs + number * slotMs + 12 * MINUTE
    const rangeMs = slotMs - 30 * MINUTE
    const start =
      number % 4 === 1 ? busiest(scripted, from, from + rangeMs) + MINUTE : from + choose(rangeMs, 12, number)
    const partial = number % 6 === 2 ? 'hosts' : 'packets'
    const lasts = MINUTE + choose(9 * MINUTE, 14, number)
    const kind = KINDS[(number + Math.floor(number / 3)) % KINDS.length] ?? 'cut'
    return { start, end: start + lasts, kind, reach: number % 3 === 2 ? partial : 'all' }
  })
}

/** The minute at which the most outages have just begun. */
function busiest(scripted: readonly (readonly Trouble[])[], fromMs: number, toMs: number): number {
  const starts = scripted.flat().map(({ start }) => start)
  let best = { atMs: fromMs, count: 0 }
  for (let atMs = fromMs; atMs < toMs; atMs += MINUTE) {
    const count = starts.filter((start) => atMs <= start && start < atMs + MINUTE).length
    if (count > best.count) best = { atMs, count }
  }
  return best.atMs
}

/** What a site does to a visitor at an instant. */
export interface Doing {
  readonly trouble: TroubleKind | null
  readonly latencyMs: number
}

export function doingAt(story: Story, index: number, atMs: number): Doing {
  const site = story.sites[index] as DemoSite
  const troubles = story.troubles[index] ?? []
  const trouble = troubleAt(troubles, atMs)
  const { latencyMs } = behaviourAt(site, atMs)
  if (trouble) return { trouble: trouble.kind, latencyMs }
  const isAway = chance(15, index, Math.floor(atMs / TRANSIENT_MS)) < TRANSIENT
  const isAtLimit = story.atLimit.has(index)
  return {
    trouble: isAway ? 'reset' : null,
    latencyMs: isAtLimit ? LIMIT_FROM_MS + Math.floor(1_400 * chance(16, index, atMs)) : latencyMs,
  }
}

/** The last trouble that has begun, if it is not over. */
function troubleAt(troubles: readonly Trouble[], atMs: number): Trouble | null {
  let low = 0
  let high = troubles.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((troubles[middle] as Trouble).start <= atMs) low = middle + 1
    else high = middle
  }
  const last = troubles[low - 1]
  return last && atMs < last.end ? last : null
}

/** Whether the law counts it as not open, rather than as nothing known. */
export function isFailure(kind: TroubleKind): boolean {
  return kind !== 'rate_limited' && (kind === 'maintenance' || !isBlocking(kind))
}

/** The fault of the line that keeps a visit to a host from arriving between two instants; null without one. */
export function lineFaultOf(story: Story, host: string, fromMs: number, toMs: number): LineFault | null {
  const fault = story.line.find(({ start, end }) => start < toMs && fromMs < end)
  if (!fault || fault.reach === 'all') return fault ?? null
  const salt = [...host].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 17)
  const isLost = fault.reach === 'hosts' ? chance(salt) < 0.5 : chance(salt, fromMs) < 0.5
  return isLost ? fault : null
}
