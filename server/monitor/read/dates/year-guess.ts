import { addDays } from '../../../../shared/base/time.ts'
import type { Hit } from '../page/page.ts'
import { recentSince } from '../recent.ts'
import type { DatedHit } from './hits.ts'
import { closest, nearestPast } from './occurrence.ts'

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
/** So many items of one list up to today are a living list, however old the others are. */
const LIVING_LIST = 3
/** After so many falling dates in a list, a rise means the year before, not a newer item. */
const FALLING_RUN = 4

/**
 * Gives month-days their years: from a dated neighbour in the same list; else from today, unless the page as a
 * whole shows that it stopped earlier.
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
  const limit = limitOf(dated, found.length, rest.length, ref)
  const living = limit < ref ? livingLists(rest, ref) : new Set<number>()
  const runs = new Map<number, Run>()
  for (const hit of rest) {
    const isPage = limit < ref && !living.has(hit.group)
    const day = nearestPast(hit, isPage ? limit : ref)
    if (day) found.push({ hit, day: falling(hit, day, runs), year: isPage ? 'page' : 'nearest' })
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
  const limit = addDays(newest, NEWER_THAN_KNOWN_DAYS)
  return limit < ref ? limit : ref
}

/** Lists whose items, taken as of this year, reach into the last two weeks. */
function livingLists(hits: Hit[], ref: string): Set<number> {
  const since = recentSince(ref)
  const lists = new Map<number, { size: number; recent: boolean }>()
  for (const hit of hits) {
    const list = lists.get(hit.group) ?? { size: 0, recent: false }
    lists.set(hit.group, list)
    list.size++
    list.recent ||= (nearestPast(hit, ref) ?? '') >= since
  }
  const living = [...lists].filter(
    ([group, { size, recent }]) => group !== 0 && recent && size >= LIVING_LIST,
  )
  return new Set(living.map(([group]) => group))
}

interface Run {
  last: string
  length: number
}

/** A list that has only fallen so far goes on falling: a rise belongs to the year before. */
function falling(hit: Hit, day: string, runs: Map<number, Run>): string {
  if (hit.group === 0) return day
  const run = runs.get(hit.group)
  if (run === undefined) {
    runs.set(hit.group, { last: day, length: 1 })
    return day
  }
  const rises = day > run.last
  const settled = rises && run.length >= FALLING_RUN ? (nearestPast(hit, run.last) ?? day) : day
  run.length = settled <= run.last ? run.length + 1 : 1
  run.last = settled
  return settled
}
