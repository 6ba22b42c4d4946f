import { DAY, HOUR, localDay, MINUTE, startOfDay } from '../../../shared/base/time.ts'
import type { SiteFacts } from '../../../shared/monitor/standing/facts.ts'
import { judgeV2 } from '../../../shared/monitor/verdicts/verdicts.ts'
import {
  type Availability,
  DEAD_AFTER_MS,
  deriveState,
  type Verdict,
} from '../../../shared/register/sites/states.ts'
import { chance } from '../cast/random.ts'
import type { DemoSite } from '../cast/register.ts'
import { DEMO_RULES } from '../cast/rules.ts'
import { columnsTruth } from '../fleet/neglected-columns.ts'
import { isBlocking, OUTAGE_CAUSES, type Outage } from '../fleet/outages.ts'
import { behaviourAt, newestOn, outagesBetween, readingOf } from '../fleet/script.ts'

/** How a site stood from an instant on. */
export interface Moment {
  readonly atMs: number
  readonly facts: SiteFacts
}

/** A monitor confirms an outage this long after it began, and a recovery. */
const CONFIRM_MS = 40_000
/** Shorter outages of more than a day ago are in the roll-ups only. */
const NOTABLE_MS = 30 * MINUTE
const WINDOW_MS = DEMO_RULES.v1WindowDays * DAY

const iso = (ms: number) => new Date(ms).toISOString()

/** Everything that an operator would want to replay of one demo site in [fromMs, toMs], in time order. */
export function timelineOf(site: DemoSite, fromMs: number, toMs: number): Moment[] {
  const outages = outagesBetween(site, fromMs - WINDOW_MS, toMs)
  const { traits, publisher } = behaviourAt(site, toMs)
  const reading = readingOf(traits.home)
  const neglected = { v3: columnsTruth(traits.columns).v3, fromMs: toMs - neglectedFor(publisher.salt) }
  const newest = newestByDay(site, toMs)
  const moments: Moment[] = []
  for (const atMs of timesToLook(outages, fromMs, toMs)) {
    const last = moments.at(-1)
    const v3 = atMs < neglected.fromMs ? 'ok' : neglected.v3
    const next = standingAt(atMs, outages, { reading, newest: newest(atMs), v3 }, last)
    const isNews = atMs === toMs && last?.facts.newest !== next.facts.newest
    if (!last || isNews || differs(last.facts, next.facts)) moments.push(next)
  }
  return moments
}

/** How long ago the columns of a site that does not keep them up came to count, in ms. */
function neglectedFor(salt: number): number {
  return Math.round((4 + 50 * chance(salt, 41)) * DAY)
}

/** Newest date at the beginning of a day, found once a day; at `toMs` itself exactly. */
function newestByDay(site: DemoSite, toMs: number): (atMs: number) => string | null {
  const days = new Map<string, string | null>()
  return (atMs) => {
    if (atMs === toMs) return newestOn(site, atMs)
    const day = localDay(atMs)
    let found = days.get(day)
    if (found === undefined) {
      found = newestOn(site, startOfDay(day))
      days.set(day, found)
    }
    return found
  }
}

/** When a site's standing may change: outages, what follows from them a day and a week later, and each midnight. */
function timesToLook(outages: readonly Outage[], fromMs: number, toMs: number): number[] {
  const times = [fromMs, toMs]
  for (let at = startOfDay(localDay(fromMs)) + DAY; at < toMs; at += DAY) times.push(at + 10 * MINUTE)
  for (const outage of outages) {
    if (!isNotable(outage, toMs)) continue
    times.push(outage.start + CONFIRM_MS, outage.end + CONFIRM_MS, outage.start + DEAD_AFTER_MS)
    times.push(outage.end + WINDOW_MS, outage.end + WINDOW_MS - HOUR)
  }
  return [...new Set(times.filter((at) => at >= fromMs && at <= toMs))].sort((a, b) => a - b)
}

function isNotable({ start, end }: Outage, toMs: number): boolean {
  return end - start >= NOTABLE_MS || (end - start > 2 * CONFIRM_MS && end > toMs - DAY)
}

function standingAt(
  atMs: number,
  outages: readonly Outage[],
  page: { reading: ReturnType<typeof readingOf>; newest: string | null; v3: Verdict },
  last: Moment | undefined,
): Moment {
  const outage = outages.find(({ start, end }) => start + CONFIRM_MS <= atMs && atMs < end + CONFIRM_MS)
  const availability: Availability = !outage ? 'up' : isBlocking(outage.kind) ? 'blocked' : 'down'
  const share = shareAt(atMs, outages)
  const v1 = judgeShare(share)
  const { reading, newest, v3 } = page
  const v2 = judgeV2(
    reading === 'undated' || reading === 'unreadable'
      ? { outcome: reading, newest: null, entrance: false }
      : { outcome: 'dated', newest, entrance: false },
    localDay(atMs),
    DEMO_RULES,
  )
  const sinceMs = outage
    ? outage.start
    : last?.facts.availability === 'up'
      ? Date.parse(last.facts.since)
      : atMs
  const state = deriveState({ availability, sinceMs, v1, v2, v3 }, atMs)
  return {
    atMs,
    facts: {
      state,
      stateSince: last?.facts.state === state ? last.facts.stateSince : iso(atMs),
      availability,
      cause: outage ? OUTAGE_CAUSES[outage.kind] : null,
      since: iso(sinceMs),
      v1,
      share,
      v2,
      v3,
      newest,
      flapping: false,
    },
  }
}

/** Failed share of the 7 days to `atMs`, by time, in per cent with two decimals. */
function shareAt(atMs: number, outages: readonly Outage[]): number {
  let failedMs = 0
  for (const { start, end, kind } of outages) {
    if (!isBlocking(kind)) failedMs += Math.max(0, Math.min(end, atMs) - Math.max(start, atMs - WINDOW_MS))
  }
  return Math.round((failedMs * 10_000) / WINDOW_MS) / 100
}

function judgeShare(share: number): Verdict {
  if (share >= DEMO_RULES.v1VetoPercent) return 'violated'
  return share >= DEMO_RULES.v1WarnPercent ? 'warning' : 'ok'
}

function differs(a: SiteFacts, b: SiteFacts): boolean {
  return (
    a.state !== b.state ||
    a.availability !== b.availability ||
    a.v1 !== b.v1 ||
    a.v2 !== b.v2 ||
    a.v3 !== b.v3
  )
}
