import { addDays, daysBetween } from '../../shared/time.ts'
import { dayOf, isRealDay } from './dates.ts'
import type { Hit } from './page.ts'
import { urlDate } from './url-date.ts'

/** Where a bare month-day took its year from; `written` for dates that have one. */
export type YearSource = 'written' | 'link' | 'neighbour' | 'page' | 'nearest'

/** A hit with its day, 'YYYY-MM-DD'. */
export interface DatedHit {
  hit: Hit
  day: string
  year: YearSource
}

/** A shown day and the day in the address may be this far apart; an item further off was moved or imported. */
const LINK_TOLERANCE_DAYS = 190
/** So many items, and so large a share, whose year is known show how old the few others may be. */
const KNOWN_ENOUGH = 8
const KNOWN_SHARE = 0.7
/** An item may be this much newer than all items whose year is known. */
const NEWER_THAN_KNOWN_DAYS = 75
/** After so many falling dates in a list, a rise means the year before, not a newer item. */
const FALLING_RUN = 4

/**
 * Gives every hit its day. A month-day without a year takes it from the address of its item, then from
 * dated neighbours in the same list, then from what else the page shows, and only then from today:
 * most home pages keep lists that are years old.
 */
export function resolveYears(hits: Hit[], ref: string): DatedHit[] {
  const dated: DatedHit[] = []
  const open: { hit: Hit; at: number }[] = []
  for (const hit of hits) {
    const known = written(hit, ref) ?? fromLink(hit, ref)
    if (known) dated.push(known)
    else if (hit.match.form !== 'relative') open.push({ hit, at: dated.length })
  }
  return open.length === 0 ? dated : dated.concat(guessed(open, dated, ref))
}

function written(hit: Hit, ref: string): DatedHit | null {
  const { match } = hit
  if (match.ago !== undefined) return { hit, day: addDays(ref, -match.ago), year: 'written' }
  if (match.year === null) return null
  return { hit, day: dayOf(match.year, match.month, match.day), year: 'written' }
}

function fromLink(hit: Hit, ref: string): DatedHit | null {
  const href = hit.anchor?.href
  const link = href ? urlDate(href) : null
  if (link === null) return null
  const anchor = dayOf(link.year, link.month, link.day ?? 15)
  const day = closest(hit, anchor, ref)
  if (day === null || Math.abs(daysBetween(day, anchor)) > LINK_TOLERANCE_DAYS) return null
  return { hit, day, year: 'link' }
}

/** The occurrence of the hit's month and day nearest to `anchor` and not after `ref`. */
function closest(hit: Hit, anchor: string, ref: string): string | null {
  const year = Number(anchor.slice(0, 4))
  const { month, day } = hit.match
  const target = Date.parse(anchor)
  let best: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const candidate of [year - 1, year, year + 1]) {
    if (!isRealDay(candidate, month, day)) continue
    const text = dayOf(candidate, month, day)
    const distance = Math.abs(Date.UTC(candidate, month - 1, day) - target)
    if (text > ref || distance >= least) continue
    best = text
    least = distance
  }
  return best
}

function guessed(open: { hit: Hit; at: number }[], dated: DatedHit[], ref: string): DatedHit[] {
  const linked = dated.filter((item) => item.year === 'link')
  const newest =
    linked
      .map((item) => item.day)
      .sort()
      .at(-1) ?? ref
  const cap = addDays(newest, NEWER_THAN_KNOWN_DAYS)
  const known = linked.length >= Math.max(KNOWN_ENOUGH, KNOWN_SHARE * (linked.length + open.length))
  const limit = known && cap < ref ? cap : ref
  const runs = new Map<number, { last: string; falling: number }>()
  return open.flatMap(({ hit, at }) => {
    const neighbour = neighbourOf(hit, dated, at)
    if (neighbour) {
      const day = closest(hit, neighbour.day, ref)
      if (day) return { hit, day, year: 'neighbour' as const }
    }
    const day = nearestPast(hit, limit)
    if (day === null) return []
    return {
      hit,
      day: falling(hit, day, runs),
      year: limit === ref ? ('nearest' as const) : ('page' as const),
    }
  })
}

function neighbourOf(hit: Hit, dated: DatedHit[], at: number): DatedHit | null {
  if (hit.group === 0) return null
  for (const item of [dated[at - 1], dated[at]]) if (item?.hit.group === hit.group) return item
  return null
}

/** The last occurrence of the hit's month and day up to `limit`; leap days look back far enough. */
function nearestPast(hit: Hit, limit: string): string | null {
  const year = Number(limit.slice(0, 4))
  for (let candidate = year; candidate >= year - 8; candidate--) {
    if (!isRealDay(candidate, hit.match.month, hit.match.day)) continue
    const day = dayOf(candidate, hit.match.month, hit.match.day)
    if (day <= limit) return day
  }
  return null
}

function falling(hit: Hit, day: string, runs: Map<number, { last: string; falling: number }>): string {
  const run = hit.group === 0 ? undefined : runs.get(hit.group)
  if (run === undefined) {
    if (hit.group !== 0) runs.set(hit.group, { last: day, falling: 1 })
    return day
  }
  let settled = day
  if (run.falling >= FALLING_RUN && day > run.last) {
    const { month, day: dayOfMonth } = hit.match
    for (let year = Number(run.last.slice(0, 4)); year >= 1990; year--) {
      if (isRealDay(year, month, dayOfMonth) && dayOf(year, month, dayOfMonth) <= run.last) {
        settled = dayOf(year, month, dayOfMonth)
        break
      }
    }
  }
  run.falling = settled <= run.last ? run.falling + 1 : 1
  run.last = settled
  return settled
}
