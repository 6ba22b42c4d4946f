import { addDays } from '../../../../shared/base/time.ts'
import { type Hit, titleOf } from '../page/page.ts'
import { closest, lastAhead, nearestPast } from './occurrence.ts'

/** The month-days of one list in the order of the page. */
export interface YearlessList {
  readonly hits: readonly Hit[]
  /** How many days after the first each is: fewer going down, but for a pinned item and disorder. */
  readonly offsets: readonly number[]
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
/** No more items of a list than these are dated ahead. */
const MOST_AHEAD = 2
/** So many titles, and so large a share, that name a year say how late a list can be. */
const LEAST_TITLES = 3
const TITLE_SHARE = 1 / 3
const TITLE_YEAR = /(20\d{2}) ?(?:年|[-—～~至]20|财年|学年|届)|[〔[（(](20\d{2})[\])）〕]/g

/**
 * Takes a list together: it runs newest first, so that going down no date rises, and every rise is a new year's eve.
 * Only where that would leave a gap unlike all others is the rise taken for one: a pinned item, or disorder. Two items
 * have no others: the one below is the older, for too fresh is the worst that can be said.
 */
export function takeTogether(hits: readonly Hit[]): YearlessList {
  const gaps = hits.slice(1).map((hit, i) => gapBetween(hits[i] as Hit, hit))
  const usual = Math.max(USUAL_GAP, ...gaps.filter((gap) => gap < LARGE_GAP))
  const outliers = gaps.map((gap) => gap >= LARGE_GAP && gap > OUTLIER * usual)
  // Of a list that has one thing a year nearly all gaps are large.
  const isYearly = outliers.filter(Boolean).length * 2 > gaps.length
  const offsets = [0]
  for (const [i, gap] of gaps.entries())
    offsets.push((offsets.at(-1) ?? 0) - (outliers[i] && !isYearly ? gap - YEAR : gap))
  return { hits, offsets }
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
  return list.hits.flatMap((hit, i) => {
    const day = closest(hit, addDays(top, (list.offsets[i] ?? 0) - highest), top > limit ? top : limit)
    return day === null ? [] : { hit, day }
  })
}

/** The last day that a list can reach by the years in its titles, the year after them included; null: they say too little. */
export function lastByTitles(hits: readonly Hit[]): string | null {
  const years = hits.flatMap(({ anchor }) => (anchor === null ? [] : (yearIn(titleOf(anchor)) ?? [])))
  if (years.length < LEAST_TITLES || years.length < TITLE_SHARE * hits.length) return null
  return `${Math.max(...years) + 1}-12-31`
}

function yearIn(title: string): number | null {
  const years = [...title.matchAll(TITLE_YEAR)].map(([, a, b]) => Number(a ?? b))
  return years.length === 0 ? null : Math.max(...years)
}
