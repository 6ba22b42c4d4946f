import { DAY, dayOfNumber, MINUTE } from '../../../shared/base/time.ts'
import { judgeV2 } from '../../../shared/monitor/verdicts/verdicts.ts'
import type { Cause } from '../../../shared/monitor/visit/probes.ts'
import { deriveState, type SiteState, type Verdict } from '../../../shared/register/sites/states.ts'
import { dayNumber } from '../cast/calendar.ts'
import { castOf, type DemoCast, type HomeStyle, holdsItsItems, isDrawn } from '../cast/cast.ts'
import { chance } from '../cast/random.ts'
import type { DemoSite } from '../cast/register.ts'
import { DEMO_RULES } from '../cast/rules.ts'
import { type Traits, traitsOf } from '../cast/traits.ts'
import { columnsTruth } from './neglected-columns.ts'
import { isBlocking, OUTAGE_CAUSES, type Outage, type OutageKind, outageAt, outagesIn } from './outages.ts'
import { type Edition, newestItem, type Publisher, publisherOf } from './publishing.ts'

export const DEFAULT_SEED = 640

/** What a site does to its visitors at an instant. */
export interface Behaviour {
  /** Null: it answers, after `latencyMs`. */
  readonly outage: OutageKind | null
  readonly latencyMs: number
  readonly traits: Traits
  readonly publisher: Publisher
  readonly edition: Edition
  /** What the home page says above all else: that the site closes or moves. */
  readonly notice?: string
}

/** How the home page can be read. `entrance`: it only leads on to the columns. */
export type Reading = 'dated' | 'undated' | 'unreadable' | 'entrance'

/** What the monitor should find. */
export interface Truth {
  readonly availability: 'up' | 'down' | 'blocked'
  readonly cause: Cause | null
  readonly reading: Reading
  /** Newest publish date that the home page, or behind an entrance a column, shows; null when none can be read. */
  readonly newest: string | null
  /** Failed share of the last 7 days in per cent, by time. */
  readonly share: number
  /** V2, by its newest date. */
  readonly v2: Verdict
  /** V3, by its columns. */
  readonly v3: Verdict
  /** By the rules, which read the columns where the home page is only an entrance. */
  readonly state: SiteState
}

interface Player {
  readonly index: number
  readonly publisher: Publisher
  readonly traits: Traits
}

const players = new WeakMap<DemoCast, Map<string, Player>>()

/** What the site does at an instant (epoch ms). Pure: the same answer at any time, for past and future alike. */
export function behaviourAt(site: DemoSite, atMs: number, seed = DEFAULT_SEED): Behaviour {
  const cast = castOf(seed)
  const { index, traits, publisher } = playerOf(cast, site)
  return {
    outage: outageAt(cast.parts[index] ?? [], atMs)?.kind ?? null,
    latencyMs: latencyAt(publisher.salt, traits, atMs),
    traits,
    publisher,
    edition: {},
  }
}

/** Outages of a site in [fromMs, toMs), cut to it, in time order, blocked spells included. */
export function outagesBetween(site: DemoSite, fromMs: number, toMs: number, seed = DEFAULT_SEED): Outage[] {
  const cast = castOf(seed)
  return outagesIn(cast.parts[playerOf(cast, site).index] ?? [], fromMs, toMs)
}

/** Newest publish date that the home page, or behind an entrance a column, shows ('YYYY-MM-DD'); null without one. */
export function newestOn(site: DemoSite, atMs: number, seed = DEFAULT_SEED): string | null {
  const { traits, publisher } = playerOf(castOf(seed), site)
  const reading = readingOf(traits.home)
  return reading === 'dated' || reading === 'entrance' ? newestDay(publisher, atMs) : null
}

/** What the monitor should find at an instant, for tests and for filling the past. */
export function truthAt(site: DemoSite, atMs: number, seed = DEFAULT_SEED): Truth {
  const { outage, traits, publisher } = behaviourAt(site, atMs, seed)
  const outages = outagesBetween(site, atMs - DEMO_RULES.v1WindowDays * DAY, atMs + 1, seed)
  const availability = availabilityOf(outage)
  const reading = readingOf(traits.home)
  const share = failedShare(outages)
  const sinceMs = outage ? (outages.at(-1)?.start ?? atMs) : atMs
  const { v3 } = columnsTruth(traits.columns)
  const v2 = judgeV2(
    columnsFinding(reading, newestDay(publisher, atMs)),
    dayOfNumber(dayNumber(atMs)),
    DEMO_RULES,
  )
  return {
    availability,
    cause: outage && OUTAGE_CAUSES[outage],
    reading,
    newest: newestOn(site, atMs, seed),
    share,
    v2,
    v3,
    state: deriveState({ availability, sinceMs, v1: judgeShare(share), v2, v3 }, atMs),
  }
}

/** How long the site takes to answer: its own pace, a little more by day, a little different each minute. */
export function latencyAt(salt: number, traits: Traits, atMs: number): number {
  const minute = Math.floor(atMs / MINUTE)
  return Math.round(traits.latencyMs * (0.8 + 0.5 * chance(salt, minute, 31)))
}

/** Index of a site in the register. */
export function indexOf(site: DemoSite, seed = DEFAULT_SEED): number {
  return playerOf(castOf(seed), site).index
}

export function newestDay(publisher: Publisher, atMs: number, edition?: Edition): string | null {
  const item = newestItem(publisher, atMs, edition)
  return item && dayOfNumber(item.day)
}

export function readingOf(home: HomeStyle): Reading {
  if (isDrawn(home)) return holdsItsItems(home) ? 'dated' : 'unreadable'
  return home === 'undated' || home === 'entrance' ? home : 'dated'
}

function availabilityOf(outage: OutageKind | null): Truth['availability'] {
  if (outage === null) return 'up'
  return isBlocking(outage) ? 'blocked' : 'down'
}

function columnsFinding(reading: Reading, newest: string | null): Parameters<typeof judgeV2>[0] {
  if (reading === 'undated' || reading === 'unreadable')
    return { outcome: reading, newest: null, entrance: false }
  return { outcome: 'dated', newest, entrance: false }
}

function failedShare(outages: readonly Outage[]): number {
  const failed = outages.filter(({ kind }) => !isBlocking(kind))
  const ms = failed.reduce((sum, { start, end }) => sum + end - start, 0)
  return (ms * 100) / (DEMO_RULES.v1WindowDays * DAY)
}

function judgeShare(share: number): 'ok' | 'warning' | 'violated' {
  if (share >= DEMO_RULES.v1VetoPercent) return 'violated'
  return share >= DEMO_RULES.v1WarnPercent ? 'warning' : 'ok'
}

function playerOf(cast: DemoCast, site: DemoSite): Player {
  const known = players.get(cast) ?? castPlayers(cast)
  const player = known.get(site.code)
  if (!player) throw new RangeError(`${site.code} is not a site of the demonstration register.`)
  return player
}

function castPlayers(cast: DemoCast): Map<string, Player> {
  const known = new Map(
    cast.sites.map((site, index): [string, Player] => [
      site.code,
      { index, publisher: publisherOf(cast, index), traits: traitsOf(cast, index) },
    ]),
  )
  players.set(cast, known)
  return known
}
