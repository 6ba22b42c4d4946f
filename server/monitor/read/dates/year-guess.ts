import { addDays } from '../../../../shared/base/time.ts'
import { v2WindowStart } from '../../../../shared/monitor/verdicts/verdicts.ts'
import { rulesInForce } from '../../verdicts/in-force.ts'
import type { Hit } from '../page/page.ts'
import type { DatedHit } from './hits.ts'
import { newestByHolidays } from './holidays.ts'
import { closest, nearestPast } from './occurrence.ts'
import {
  datedUpTo,
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

/**
 * Gives month-days their years: from a dated neighbour in the same list; else the whole list together from today,
 * unless notices about holidays, its titles or the page as a whole show that it stopped earlier.
 */
export function guessYears(open: OpenHit[], dated: DatedHit[], ref: string): DatedHit[] {
  const found: DatedHit[] = []
  const rest: Hit[] = []
  for (const { hit, at } of open) {
    const neighbour = neighbourOf(hit, dated, at)
    const day = neighbour && closest(hit, neighbour.day, ref)
    if (day) found.push({ hit, day, year: 'neighbour' })
    else rest.push(hit)
  }
  const today = { ref, since: v2WindowStart(ref, rulesInForce()) }
  const limit = limitOf(dated, found.length, rest.length, ref)
  const { lists, singles } = listsOf(rest, today)
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
  for (const hit of singles) {
    const day = nearestPast(hit, last)
    if (day) found.push({ hit, day, year: last < ref ? 'page' : 'nearest' })
  }
  return found
}

function neighbourOf(hit: Hit, dated: DatedHit[], at: number): DatedHit | null {
  if (hit.group === 0) return null
  for (const item of [dated[at - 1], dated[at]]) if (item?.hit.group === hit.group) return item
  return null
}

/** The day up to which month-days are guessed: today, or a little after the newest item whose year is known. */
function limitOf(dated: DatedHit[], neighbours: number, unknown: number, ref: string): string {
  const linked = dated.filter(({ year }) => year === 'link').map(({ day }) => day)
  const known = linked.length + neighbours
  const newest = linked.sort().at(-1)
  if (newest === undefined || known < KNOWN_ENOUGH || known < KNOWN_SHARE * (known + unknown)) return ref
  return earlier(ref, addDays(newest, NEWER_THAN_KNOWN_DAYS))
}

function listsOf(hits: Hit[], today: Today): { lists: YearlessList[]; singles: Hit[] } {
  const groups = new Map<string, Hit[]>()
  for (const hit of hits) {
    const key = `${hit.group} ${hit.lane ?? 0}`
    const group = groups.get(key)
    if (group) group.push(hit)
    else groups.set(key, [hit])
  }
  const all = [...groups.values()].map((of) => ({ isList: of[0]?.group !== 0 && of.length > 1, of }))
  return {
    lists: all.filter(({ isList }) => isList).map(({ of }) => takeTogether(of, today)),
    singles: all.filter(({ isList }) => !isList).flatMap(({ of }) => of),
  }
}

function datedList(list: YearlessList, limit: string, today: Today): DatedHit[] {
  const { ref } = today
  const isAlive = isLiving(list, today)
  const last =
    newestByHolidays(list, ref) ?? earlier(isAlive ? ref : limit, lastByTitles(list, isAlive) ?? ref)
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
