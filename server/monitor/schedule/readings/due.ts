import { addDays, DAY, HOUR, isSameDay, localDay, MINUTE, startOfDay } from '../../../../shared/base/time.ts'
import { READER } from '../../visit/reading/print.ts'
import type { DueSite } from '../queries.ts'

/** A page whose bytes differ at each visit (counters, tokens) is read this often at most. */
export const READ_AGAIN_MS = 10 * MINUTE
/** What an entrance leads to changes without it, so it is read this often, and no oftener. */
const ENTRANCE_MS = HOUR
/** Whatever a page is known by: so long after it was read in full, it is read all the same. */
const AT_LEAST_MS = 7 * DAY
/** Pages whose findings go with the day are read within so long after midnight, each in its own place. */
const SPREAD_MS = 2 * HOUR
/** Pages that another version of the reader has read are read anew within a day, each in so long of it: its own. */
const ANEW_MS = HOUR
/** So long after midnight what was found the day before stands as it stood then, unless the page was read by now. */
const HOLDS_MS = 4 * HOUR

type Known = Pick<
  DueSite,
  | 'siteId'
  | 'asked'
  | 'findingAt'
  | 'readAt'
  | 'readBy'
  | 'isNoticeUnread'
  | 'isEntrance'
  | 'goesWithDay'
  | 'bodyHash'
>

/** A site's own place in a stretch of time, from 0 to 1. */
const placeOf = (siteId: number) => (siteId * 0.618_033_988_749_894_9) % 1

/**
 * The page must be read whether or not it shows anything new: somebody asked, what it leads to may have changed, its dates
 * mean something else today, it was read long ago, or by a reader that knew less. That it was seen to be as it was is no reading.
 * @param atMs when the site is visited (epoch ms).
 */
export function isReadDue(site: Known, atMs: number): boolean {
  if (site.asked || site.findingAt === null) return true
  const readMs = site.findingAt.getTime()
  if (site.isNoticeUnread && atMs - readMs >= READ_AGAIN_MS) return true
  if (site.isEntrance) return atMs - readMs >= ENTRANCE_MS
  const inFullMs = site.readAt?.getTime() ?? readMs
  const isLongAgo = atMs - inFullMs >= AT_LEAST_MS + placeOf(site.siteId) * DAY
  return isLongAgo || isOfOtherReader(site, atMs) || isOtherDay(site, readMs, atMs)
}

/** Another version of the reader has read it, and this is its own hour of the day: not all pages are due at once. */
function isOfOtherReader({ siteId, readBy }: Known, atMs: number): boolean {
  return readBy !== READER && (atMs - placeOf(siteId) * DAY) % DAY < ANEW_MS
}

/** What it shows goes with the day, and it was read on another: each page has its own place in the hours after midnight. */
function isOtherDay({ siteId, goesWithDay }: Known, readMs: number, atMs: number): boolean {
  if (!goesWithDay || isSameDay(readMs, atMs)) return false
  const [readOn, today] = [localDay(readMs), localDay(atMs)]
  return addDays(readOn, 1) !== today || atMs >= startOfDay(today) + placeOf(siteId) * SPREAD_MS
}

/** The bytes of the page are others than those that were read last, and that is not just now. */
export function isNewPage(site: Known, bodyHash: string | null, atMs: number): boolean {
  if (bodyHash === null || bodyHash === site.bodyHash) return false
  const everyMs = site.isEntrance ? ENTRANCE_MS : READ_AGAIN_MS
  return site.findingAt === null || atMs - site.findingAt.getTime() >= everyMs
}

/** The page is byte for byte the one that was read, and what it shows is the same today: nobody needs to look. */
export function isConfirmed(
  { findingAt, goesWithDay, bodyHash }: Known,
  result: { readonly notModified: boolean; readonly bodyHash: string | null },
  atMs: number,
): boolean {
  if (findingAt === null || goesWithDay) return false
  const isSame = result.notModified || (bodyHash !== null && result.bodyHash === bodyHash)
  return isSame && !isSameDay(findingAt.getTime(), atMs)
}

/**
 * The local day by which V2 is judged at an instant: that of the instant, but for a finding that goes with the day and was
 * made the day before. Its page comes to its turn within the next hours, and is not judged by half of what is known meanwhile.
 */
export function dayOfV2(
  { finding_at, goes_with_day }: { readonly finding_at: Date | null; readonly goes_with_day: boolean },
  atMs: number,
): string {
  const today = localDay(atMs)
  if (finding_at === null || !goes_with_day) return today
  const readOn = localDay(finding_at.getTime())
  return addDays(readOn, 1) === today && atMs < startOfDay(today) + HOLDS_MS ? readOn : today
}
