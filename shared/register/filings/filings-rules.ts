import { addDays, daysBetween } from '../../base/time.ts'

/** What may be asked for a site, by what it would be then. */
export const FILING_ASKS = ['exempt', 'paused', 'closed', 'moved', 'normal'] as const
export type FilingAsk = (typeof FILING_ASKS)[number]
export const FILING_STATES = ['filed', 'returned', 'approved', 'refused', 'withdrawn'] as const
export type FilingState = (typeof FILING_STATES)[number]

export const MOST_FILING_TEXT = 500
/** Documents of one filing, and bytes of each. */
export const MOST_FILING_FILES = 10
export const MOST_FILING_FILE_BYTES = 10 * 1024 * 1024
/** 公告期不少于30日: so long a notice stands on the page before a site goes. */
export const NOTICE_DAYS = 30

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
