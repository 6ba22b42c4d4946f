import { groupBy } from '../../../../shared/base/lists/group.ts'
import { addDays } from '../../../../shared/base/time.ts'
import { recentSince } from '../../verdicts/recent.ts'
import type { Anchor, Hit } from '../page/page.ts'
import type { DatedHit } from './hits.ts'
import { newestByHolidays } from './holidays.ts'
import { closest, lastAhead, nearestPast } from './occurrence.ts'
import {
  datedUpTo,
  goOn,
  isOfLate,
  lastByTitles,
  type Today,
  takeTogether,
  type YearlessList,
} from './year-list.ts'

/** A month-day whose item says nothing of its year; `at` is how many dated hits stand before it. */
export interface OpenHit {
  hit: Hit
  at: number
}

/** So many items, and so large a share, whose year is known show how old the few others may be. */
const KNOWN_ENOUGH = 8
const KNOWN_SHARE = 0.5
/** An item may be this much newer than all items whose year is known. */
const NEWER_THAN_KNOWN_DAYS = 31
/** So many items of one list whose newest is of the last two weeks are a living list, however old the others are. */
const LIVING_LIST = 3
/** … where no more than one in so many has an address that says its year: a file or a pinned item may be of any. */
const OPEN_PER_KNOWN = 2

/** The items of one list that say nothing of their year, and what they stand among. */
interface OpenList {
  readonly open: readonly OpenHit[]
  /** Items of the same list whose day is known, with how many dated hits stand before each on the page. */
  readonly known: readonly Known[]
}

interface Known {
  readonly item: DatedHit
  readonly at: number
}

/**
 * Gives month-days their years: from a dated neighbour in the same list; else the whole list together from today,
 * unless notices about holidays, its titles or the page as a whole show that it stopped earlier. Of a list that is alive,
 * and of one that writes older days with their year, they are of today whatever stands beside them.
 */
export function guessYears(open: OpenHit[], dated: DatedHit[], ref: string): DatedHit[] {
  const today = { ref, since: recentSince(ref) }
  const found: DatedHit[] = []
  const ofToday: YearlessList[] = []
  const rest: Hit[][] = []
  for (const list of openLists(open, dated)) {
    const others = takeOwn(list, ref, found)
    const left = isAlive(others, today) ? others.open.map(({ hit }) => hit) : takeBeside(others, ref, found)
    if (list.known.length === 0) rest.push(left)
    else if (left.length > 0) ofToday.push(takeTogether(left, today))
  }
  const singles = rest.filter((hits) => hits.length === 1)
  const lists = rest.filter((hits) => hits.length > 1).map((hits) => takeTogether(hits, today))
  const unknown = rest.flat().length
  const limit = limitOf(dated, found.length, unknown, ref)
  for (const list of ofToday) found.push(...datedList(list, ref, today))
  for (const list of lists) found.push(...datedList(list, limit, today))
  const newest = found
    .map(({ day }) => day)
    .filter((day) => day <= ref)
    .sort()
    .at(-1)
  const last =
    newest === undefined || lists.length === 0
      ? limit
      : earlier(limit, addDays(newest, NEWER_THAN_KNOWN_DAYS))
  for (const hit of singles.flat()) {
    const day = nearestPast(hit, last)
    if (day) found.push({ hit, day, year: last < ref ? 'page' : 'nearest' })
  }
  return found
}

/** The lists of a page with their items, by column where a table has several side by side; what is of none stands alone. */
function openLists(open: readonly OpenHit[], dated: readonly DatedHit[]): OpenList[] {
  const known = groupBy(
    dated.map((item, at) => ({ item, at })),
    ({ item }) => item.hit.group,
  )
  const lists = groupBy(
    open.filter(({ hit }) => hit.group !== 0),
    ({ hit }) => `${hit.group} ${hit.lane ?? 0}`,
  )
  return [
    ...[...lists.values()].map((of) => ({ open: of, known: known.get(of[0]?.hit.group ?? 0) ?? [] })),
    ...open.filter(({ hit }) => hit.group === 0).map((one) => ({ open: [one], known: [] })),
  ]
}

/** Adds to `found` what has a whole date beside it in its own item, and returns the list of the others. */
function takeOwn({ open, known }: OpenList, ref: string, found: DatedHit[]): OpenList {
  const days = new Map<Anchor, string>()
  for (const { item } of known)
    if (item.year === 'written' && item.hit.anchor) days.set(item.hit.anchor, item.day)
  const others = open.filter(({ hit }) => {
    const own = hit.anchor && days.get(hit.anchor)
    return !own || !take(found, hit, closest(hit, own, ref))
  })
  return { open: others, known }
}

/** True for a list that goes on until today, if what its few other items say of their year is true of them alone. */
function isAlive({ open, known }: OpenList, today: Today): boolean {
  const others = known.filter(({ item }) => item.year !== 'written').length
  if (open.length < OPEN_PER_KNOWN * others) return false
  const hits = open.map(({ hit }) => hit)
  return isLiving(takeTogether(hits, today), today)
}

/**
 * Adds to `found` the items whose neighbours tell their year, and returns those that none tells. One that has its year written
 * tells it where they go on falling from it; else it shows that the list writes the year where it is not this one.
 */
function takeBeside({ open, known }: OpenList, ref: string, found: DatedHit[]): Hit[] {
  const runs = groupBy(
    open,
    ({ at }) => known.findLast((one) => one.at < at),
    ({ hit }) => hit,
  )
  return [...runs].flatMap(([above, hits]) => {
    const beside = (above ?? known[0])?.item
    if (beside === undefined) return hits
    if (beside.year !== 'written') {
      // What stands above all others may be dated ahead.
      const limit = above ? ref : lastAhead(ref)
      return hits.filter((hit) => !take(found, hit, closest(hit, beside.day, limit)))
    }
    const below = above && goOn(beside, hits, ref)
    return below ? below.flatMap(({ hit, day }) => (take(found, hit, day) ? [] : hit)) : hits
  })
}

function take(found: DatedHit[], hit: Hit, day: string | null): boolean {
  if (day !== null) found.push({ hit, day, year: 'neighbour' })
  return day !== null
}

/** The day up to which month-days are guessed: today, or a little after the newest item whose year is known. */
function limitOf(dated: DatedHit[], neighbours: number, unknown: number, ref: string): string {
  const linked = dated.filter(({ year }) => year === 'link').map(({ day }) => day)
  const known = linked.length + neighbours
  const newest = linked.sort().at(-1)
  if (newest === undefined || known < KNOWN_ENOUGH || known < KNOWN_SHARE * (known + unknown)) return ref
  return earlier(ref, addDays(newest, NEWER_THAN_KNOWN_DAYS))
}

function datedList(list: YearlessList, limit: string, today: Today): DatedHit[] {
  const { ref } = today
  const isOfToday = isLiving(list, today)
  const last =
    newestByHolidays(list, ref) ?? earlier(isOfToday ? ref : limit, lastByTitles(list, isOfToday) ?? ref)
  return datedUpTo(list, last, today).map(({ hit, day }) => ({
    hit,
    day,
    year: last < ref ? 'page' : 'nearest',
  }))
}

/** True for a list of several items whose newest is of late. */
function isLiving(list: YearlessList, today: Today): boolean {
  return list.hits.length >= LIVING_LIST && isOfLate(list, today)
}

function earlier(a: string, b: string): string {
  return a < b ? a : b
}
