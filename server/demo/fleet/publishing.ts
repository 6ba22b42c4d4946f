import { DAY } from '../../../shared/base/time.ts'
import { dayNumber, instantOf, workingDay } from '../cast/calendar.ts'
import type { DemoCast } from '../cast/cast.ts'
import { chance, choose } from '../cast/random.ts'
import { turnAt } from '../cast/rota.ts'

export const COLUMNS = ['news', 'notice', 'policy', 'personnel', 'plan'] as const
export type FleetColumn = (typeof COLUMNS)[number]

/** An item that a site has published. */
export interface Item {
  /** Unique in its site, rising with time; an article's address carries it. */
  readonly id: number
  readonly day: number
  /** Minute of the day. */
  readonly minute: number
  readonly column: FleetColumn
}

/** How an operator has changed what the script would publish. */
export interface Edition {
  /** Nothing newer than this is shown (epoch ms). */
  readonly frozenFrom?: number
  /** The site is looked after from here on, and an item appeared at that very time (epoch ms). */
  readonly thawedAt?: number
}

/** A site's way of publishing. */
export interface Publisher {
  readonly index: number
  readonly salt: number
  /** One item day in so many working days; or, for the slow ones, in so many calendar days. */
  readonly cycle: number
  readonly isSlow: boolean
  /** Most items on an item day. */
  readonly most: number
  readonly cast: DemoCast
}

const SLOW_CYCLE_DAYS = 13
/** A site is left alone so many days before it counts as unattended, so that its age is over 14 days then. */
const NEGLECT_LEAD_DAYS = 15
/** Items of one day have ids `day * 32 + n`; the last is the item of an operator's own. */
const IDS_PER_DAY = 32
const OWN_ITEM = IDS_PER_DAY - 1
/** Older than this is in no list. */
const OLDEST_DAYS = 3_000

export function publisherOf(cast: DemoCast, index: number): Publisher {
  const isSlow = cast.slow.has(index)
  const salt = cast.seed * 1_000 + index
  const pace = chance(salt, 1)
  const cycle = isSlow ? SLOW_CYCLE_DAYS : pace < 0.45 ? 1 : pace < 0.8 ? 2 : 3
  return { index, salt, cycle, isSlow, most: isSlow ? 2 : 1 + choose(5 - cycle, salt, 2), cast }
}

/** Items up to an instant, newest first. Endless in principle: stop when there are enough. */
export function* itemsBefore(publisher: Publisher, atMs: number, edition: Edition = {}): Generator<Item> {
  const until = Math.min(atMs, edition.frozenFrom ?? atMs)
  const last = dayNumber(until)
  for (let day = last; day > last - OLDEST_DAYS; day--) {
    const gap = neglectAround(publisher, day, edition)
    if (gap) {
      day = gap.from
      continue
    }
    for (const item of itemsOn(publisher, day, edition).reverse()) {
      if (instantOf(item.day, item.minute) <= until) yield item
    }
  }
}

/** The newest item at an instant; null for a site that has published nothing within eight years. */
export function newestItem(publisher: Publisher, atMs: number, edition?: Edition): Item | null {
  return itemsBefore(publisher, atMs, edition).next().value ?? null
}

/** The item with this id, if the site has published it by then. */
export function itemById(publisher: Publisher, id: number, atMs: number, edition: Edition = {}): Item | null {
  const day = Math.floor(id / IDS_PER_DAY)
  if (day > dayNumber(atMs) || neglectAround(publisher, day, edition)) return null
  const item = itemsOn(publisher, day, edition).find((candidate) => candidate.id === id)
  return item && instantOf(day, item.minute) <= Math.min(atMs, edition.frozenFrom ?? atMs) ? item : null
}

/** Items of a day in the order of their time. */
export function itemsOn(publisher: Publisher, day: number, edition: Edition = {}): Item[] {
  const count = countOn(publisher, day, edition)
  const items = Array.from({ length: count }, (_, index) => makeItem(publisher, day, index, count))
  const { thawedAt } = edition
  if (thawedAt === undefined || dayNumber(thawedAt) !== day) return items
  const minute = Math.floor((thawedAt - instantOf(day)) / 60_000)
  const own: Item = { id: day * IDS_PER_DAY + OWN_ITEM, day, minute, column: 'news' }
  return [...items, own].sort((a, b) => a.minute - b.minute)
}

/** Between 8:40 and 17:40, in the order of their numbers. */
function makeItem({ salt }: Publisher, day: number, index: number, count: number): Item {
  const part = 540 / count
  const minute = Math.floor(520 + part * (index + chance(salt, day, index, 5)))
  return { id: day * IDS_PER_DAY + index, day, minute, column: columnOf(chance(salt, day, index, 6)) }
}

function columnOf(share: number): FleetColumn {
  if (share < 0.58) return 'news'
  if (share < 0.8) return 'notice'
  if (share < 0.88) return 'policy'
  return share < 0.94 ? 'personnel' : 'plan'
}

function countOn(publisher: Publisher, day: number, edition: Edition): number {
  const { salt, most } = publisher
  const count = 1 + choose(most, salt, day, 4)
  if (isItemDay(publisher, day)) return count
  return endsNeglect(publisher, day, edition) ? 1 : 0
}

function isItemDay({ salt, cycle, isSlow }: Publisher, day: number): boolean {
  if (isSlow) return (day + choose(cycle, salt, 3)) % cycle === 0
  const working = workingDay(day)
  if (working === null) return cycle === 1 && chance(salt, day, 7) < 0.15
  const group = Math.floor(working / cycle)
  return working === group * cycle + choose(cycle, salt, group, 3)
}

/** The days [from, to) around `day` in which nobody looks after the site; null when somebody does. */
function neglectAround(
  { cast, index }: Publisher,
  day: number,
  { thawedAt }: Edition,
): { from: number; to: number } | null {
  const rota = cast.neglect.get(index)
  if (!rota || (thawedAt !== undefined && day >= dayNumber(thawedAt))) return null
  for (const ahead of [0, NEGLECT_LEAD_DAYS]) {
    const turn = turnAt(rota, instantOf(day) + ahead * DAY)
    const from = dayNumber(turn.start) - NEGLECT_LEAD_DAYS
    const to = dayNumber(turn.end)
    if (turn.member === index && from <= day && day < to) return { from, to }
  }
  return null
}

/** Somebody takes the site up again: there is an item on the day that its neglect ends. */
function endsNeglect(publisher: Publisher, day: number, edition: Edition): boolean {
  return neglectAround(publisher, day - 1, edition)?.to === day
}
