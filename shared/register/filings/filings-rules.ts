import { addDays, daysBetween, localDay } from '../../base/time.ts'
import closingNotice from './closing-notice.json' with { type: 'json' }

/** What may be asked for a site, by what it would be then. */
export const FILING_ASKS = ['exempt', 'paused', 'closed', 'moved', 'normal'] as const
export type FilingAsk = (typeof FILING_ASKS)[number]
export const FILING_STATES = ['filed', 'returned', 'approved', 'refused', 'withdrawn'] as const
export type FilingState = (typeof FILING_STATES)[number]

export const MOST_FILING_TEXT = 500
/** Documents of one filing, and bytes of each. */
export const MOST_FILING_FILES = 10
export const MOST_FILING_FILE_BYTES = 10 * 1024 * 1024
/** The rule of the notice, as data: how long it stands, by which words the monitor knows it. */
export const CLOSING_NOTICE = closingNotice
/** 公告期不少于30日: so long a notice stands on the page before a site goes. */
export const NOTICE_DAYS = closingNotice.days

/** A site goes for good, after its notice. */
export const isGoing = (ask: FilingAsk): boolean => ask === 'closed' || ask === 'moved'
/** Nothing is visited and nothing counts while it lasts. */
export const isSuspending = (ask: FilingAsk): boolean => ask === 'exempt' || ask === 'paused'

export interface FilingTimes {
  readonly ask: FilingAsk
  readonly from: string
  readonly to: string | null
}

/** The last day that it concerns; null: for good. Of a site that goes, the last day of its notice. */
export function lastDayOf({ ask, from, to }: FilingTimes): string | null {
  if (ask === 'normal') return from
  return isGoing(ask) ? (to ?? addDays(from, NOTICE_DAYS)) : to
}

/** Whether two concern a day in common; one that goes has no end. */
export function overlap(one: FilingTimes, other: FilingTimes): boolean {
  const end = (of: FilingTimes) => (isGoing(of.ask) ? null : lastDayOf(of))
  const [endOfOne, endOfOther] = [end(one), end(other)]
  return (endOfOther === null || one.from <= endOfOther) && (endOfOne === null || other.from <= endOfOne)
}

export const FILING_FAULTS = ['order', 'noReturn', 'noTarget', 'shortNotice'] as const
export type FilingFault = (typeof FILING_FAULTS)[number]

/** Why something cannot be filed by what it says itself; null when it can. */
export function filingFault({
  target,
  ...times
}: FilingTimes & { readonly target: string | null }): FilingFault | null {
  const { ask, from, to } = times
  if (to !== null && to < from) return 'order'
  if (ask === 'paused' && to === null) return 'noReturn'
  if (ask === 'moved' && !target) return 'noTarget'
  if (isGoing(ask) && to !== null && daysBetween(from, to) < NOTICE_DAYS) return 'shortNotice'
  return null
}

/** Whether the notice stands on the home page; `unmeasured`: the page was not read since the filing took effect. */
export const NOTICE_STATES = ['seen', 'missing', 'unmeasured'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]

/** What the monitor has seen of a notice; instants as epoch ms. */
export interface NoticeSeen {
  /** Since when it has stood there, and when it was read last; null: never yet. */
  readonly sinceMs: number | null
  readonly lastMs: number | null
  /** The first reading without it, after which it did not come back. */
  readonly missingMs: number | null
}

/**
 * What a reading of the home page makes of it. One that is gone and back within a day was never gone; later its days
 * begin anew.
 * @param seen whether the notice stood there
 */
export function nextNotice(before: NoticeSeen | null, atMs: number, seen: boolean): NoticeSeen {
  const { sinceMs = null, lastMs = null, missingMs = null } = before ?? {}
  if (!seen) return { sinceMs, lastMs, missingMs: missingMs ?? atMs }
  const isGoingOn = missingMs === null || atMs - (lastMs ?? missingMs) <= closingNotice.gapHours * 3_600_000
  return { sinceMs: sinceMs !== null && isGoingOn ? sinceMs : atMs, lastMs: atMs, missingMs: null }
}

/**
 * Days that a notice has stood by the end of a day, the last of its term at most.
 * @param today YYYY-MM-DD
 */
export function noticeDays(
  { sinceMs, lastMs, missingMs }: NoticeSeen,
  times: FilingTimes,
  today: string,
): number {
  if (sinceMs === null) return 0
  const last = lastDayOf(times) ?? today
  const seen = missingMs === null || lastMs === null ? today : localDay(lastMs)
  const until = [last, today, seen].sort()[0] ?? today
  return Math.max(0, daysBetween(localDay(sinceMs), until))
}

export const noticeState = (seen: NoticeSeen | null): NoticeState => {
  if (seen === null) return 'unmeasured'
  return seen.sinceMs !== null && seen.missingMs === null ? 'seen' : 'missing'
}
