import { addDays } from '../../../../shared/base/time.ts'
import { type Hit, titleOf } from '../page/page.ts'
import { closest, lastAhead, nearestPast } from './occurrence.ts'

/** The month-days of one list, newest first as far as it is in order. */
export interface YearlessList {
  readonly hits: readonly Hit[]
  /** How many days after the first each is: fewer going down, but for a pinned item and disorder. */
  readonly offsets: readonly number[]
  /** Items pinned above them, which have no place in their order. */
  readonly pinned: readonly Hit[]
}

/** Today, and since when what is published is of late. */
export interface Today {
  readonly ref: string
  readonly since: string
}

const YEAR = 365
/** A gap so much larger than all others of its list is none: the item above was pinned, or the list is out of order. */
const OUTLIER = 3
/** Below this many days a gap is nothing out of the ordinary in any list. */
const USUAL_GAP = 30
/** A step down the list that would leave this many days is doubted. */
const LARGE_GAP = 200
/** So many items, each of a later day than the one above it, are a list with the oldest first. */
const LEAST_RISING = 4
/** No more items than these are pinned above a list, and they are fewer than it has itself. */
const MOST_PINNED = 3
/** A pause of so many days is nothing out of the ordinary in any list that is alive. */
const LEAST_PAUSE = 10
/** No more items of a list than these are dated ahead. */
const MOST_AHEAD = 2
/** So many titles, and so large a share, that name a year say how late a list can be. */
const LEAST_TITLES = 3
const TITLE_SHARE = 1 / 3
const TITLE_YEAR = /(20\d{2}) ?(?:年|[-—～~至]20|财年|学年|届)|[〔[（(](20\d{2})[\])）〕]/g

/**
 * Takes a list together, as `inOrder` does, whichever end of it is the newest, and without what is pinned above it: items
 * that would make the list older than it is without them, far from the next one, while all that follow fall with small
 * gaps and go on until today.
 */
export function takeTogether(hits: readonly Hit[], today: Today): YearlessList {
  if (isRising(hits)) return inOrder(hits.toReversed())
  const whole = inOrder(hits)
  const kept = topOf(whole, today) ?? ''
  for (let count = 1; count <= MOST_PINNED && count * 2 < hits.length; count++) {
    const rest = inOrder(hits.slice(count))
    const pause = longestGap(gapsOf(rest.hits), LEAST_PAUSE)
    const gap = gapBetween(hits[count - 1] as Hit, hits[count] as Hit)
    const top = topOf(rest, today) ?? ''
    if (gap > OUTLIER * pause && top > kept && (top >= today.since || top >= addDays(today.ref, -pause)))
      return { ...rest, pinned: hits.slice(0, count) }
  }
  return whole
}

/**
 * The order of a list is newest first, so that going down no date rises, and every rise is a new year's eve.
 * Only where that would leave a gap unlike all others is the rise taken for one: a pinned item, or disorder. Two items
 * have no others: the one below is the older, for too fresh is the worst that can be said.
 */
function inOrder(hits: readonly Hit[]): YearlessList {
  const gaps = gapsOf(hits)
  const usual = longestGap(gaps, USUAL_GAP)
  const outliers = gaps.map((gap) => gap >= LARGE_GAP && gap > OUTLIER * usual)
  // Of a list that has one thing a year nearly all gaps are large.
  const isYearly = outliers.filter(Boolean).length * 2 > gaps.length
  const offsets = [0]
  for (const [i, gap] of gaps.entries())
    offsets.push((offsets.at(-1) ?? 0) - (outliers[i] && !isYearly ? gap - YEAR : gap))
  return { hits, offsets, pinned: [] }
}

/**
 * True for a list that has the oldest first: going down it would span years, and going up less than one. Titles most of which name years
 * that fall going down say that it is of what comes once a year.
 */
function isRising(hits: readonly Hit[]): boolean {
  if (hits.length < LEAST_RISING || spanOf(hits) < YEAR || spanOf(hits.toReversed()) >= YEAR) return false
  const years = titleYears(hits)
  return !(years.length * 2 > hits.length && isFalling(years))
}

function spanOf(hits: readonly Hit[]): number {
  return gapsOf(hits).reduce((sum, gap) => sum + gap, 0)
}

/** The days from each item back to the one below it. */
function gapsOf(hits: readonly Hit[]): number[] {
  return hits.slice(1).map((hit, i) => gapBetween(hits[i] as Hit, hit))
}

/** The longest gap that nothing speaks against; `least`, where all are shorter. */
function longestGap(gaps: readonly number[], least: number): number {
  return Math.max(least, ...gaps.filter((gap) => gap < LARGE_GAP))
}

/** Days from one month-day back to the one below it, within a year. */
function gapBetween(above: Hit, below: Hit): number {
  return (placeOf(above) - placeOf(below) + YEAR) % YEAR
}

function placeOf({ match }: Hit): number {
  return Math.floor((Date.UTC(2001, match.month - 1, match.day) - Date.UTC(2001, 0, 1)) / 86_400_000)
}

/** The item that is newest, if the list is as it was taken. */
export function newestOf({ hits, offsets }: YearlessList): Hit | undefined {
  return hits[offsets.indexOf(Math.max(...offsets))]
}

/** True for a list whose newest item, taken as of this year, is of late, or would be but for some that are dated ahead. */
export function isOfLate(list: YearlessList, today: Today): boolean {
  return (topOf(list, today) ?? '') >= today.since
}

/** The day of the newest item: the last such one, or one soon to come where few are dated ahead and the next is of late. */
function topOf(list: YearlessList, { ref, since }: Today): string | null {
  const newest = newestOf(list)
  if (newest === undefined) return null
  const top = nearestPast(newest, lastAhead(ref))
  if (top === null || top <= ref) return top
  const highest = Math.max(...list.offsets)
  const past = list.offsets.map((offset) => addDays(top, offset - highest)).filter((day) => day <= ref)
  const ahead = list.hits.length - past.length
  const isOfLate = ahead <= MOST_AHEAD && ahead < past.length && past.some((day) => day >= since)
  return isOfLate ? top : nearestPast(newest, ref)
}

/**
 * Gives each item its day, the newest of them the last such one up to `limit`; leap days look back far enough. Where
 * that is today, items that are dated ahead are of a day to come.
 */
export function datedUpTo(list: YearlessList, limit: string, today: Today): { hit: Hit; day: string }[] {
  const newest = newestOf(list)
  const top = limit < today.ref ? newest && nearestPast(newest, limit) : topOf(list, today)
  if (!top) return []
  const highest = Math.max(...list.offsets)
  const days = list.hits.map((hit, i) => {
    const day = closest(hit, addDays(top, (list.offsets[i] ?? 0) - highest), top > limit ? top : limit)
    return { hit, day }
  })
  const pinned = list.pinned.map((hit) => ({ hit, day: nearestPast(hit, limit) }))
  return [...pinned, ...days].flatMap(({ hit, day }) => (day === null ? [] : { hit, day }))
}

/** The days of the items below one whose day is known, if they go on falling from it without a gap out of the ordinary. */
export function goOn(
  above: { readonly hit: Hit; readonly day: string },
  hits: readonly Hit[],
  limit: string,
): { hit: Hit; day: string | null }[] | null {
  const { hit, day } = above
  const first = { ...hit, match: { ...hit.match, month: Number(day.slice(5, 7)), day: Number(day.slice(8)) } }
  const [next] = hits
  if (next === undefined || gapBetween(first, next) > longestGap(gapsOf(hits), USUAL_GAP)) return null
  const { offsets } = inOrder([first, ...hits])
  return hits.map((one, i) => ({ hit: one, day: closest(one, addDays(day, offsets[i + 1] ?? 0), limit) }))
}

/**
 * The last day that a list can reach by the years in its titles, the year after them included; null: they say too little.
 * What is of a year, such as a project or the number of a file, may be told of years later: of a list that is alive
 * only titles of a year each, falling, say how late it can be.
 */
export function lastByTitles({ hits }: YearlessList, isAlive: boolean): string | null {
  const years = titleYears(hits)
  if (years.length < LEAST_TITLES || years.length < TITLE_SHARE * hits.length) return null
  return isAlive && !isFalling(years) ? null : `${Math.max(...years) + 1}-12-31`
}

const titleYears = (hits: readonly Hit[]): number[] =>
  hits.flatMap(({ anchor }) => (anchor === null ? [] : (yearIn(titleOf(anchor)) ?? [])))

const isFalling = (years: readonly number[]): boolean =>
  years.every((year, i) => i === 0 || year < (years[i - 1] ?? year))

function yearIn(title: string): number | null {
  const years = [...title.matchAll(TITLE_YEAR)].map(([, a, b]) => Number(a ?? b))
  return years.length === 0 ? null : Math.max(...years)
}
