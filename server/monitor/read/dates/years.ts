import { addDays } from '../../../../shared/base/time.ts'
import type { Hit } from '../page/page.ts'
import { dayOf } from './dates.ts'
import type { DatedHit } from './hits.ts'
import { type Closest, closestTo, lastAhead } from './occurrence.ts'
import { settleOrder } from './order.ts'
import { type UrlDate, urlDate } from './url-date.ts'
import { guessYears, type OpenHit } from './year-guess.ts'
import { underHead } from './year-heads.ts'

/** A shown day and the day in the address may be this far apart; an item further off was moved or imported. */
const LINK_TOLERANCE_DAYS = 190
/** … and the middle of the month of its folder this far: what is further off lies in the folder of a column. */
const FOLDER_TOLERANCE_DAYS = 80
/** A folder that names a month says so of the middle of it. */
const MID_MONTH = 15

/**
 * Gives every hit its day. A month-day without a year takes it from the address of its item, then from
 * the head above it, dated neighbours in the same list, then from what else the page shows, and only then from today:
 * most home pages keep lists that are years old.
 */
export function resolveYears(hits: Hit[], ref: string): DatedHit[] {
  const dated: DatedHit[] = []
  const open: OpenHit[] = []
  const ordered = settleOrder(hits)
  const last = lastAhead(ref)
  const links = ordered.map(linkOf)
  const foreign = foldersOfColumns(ordered, links, last)
  for (const [n, hit] of ordered.entries()) {
    const known = written(hit, ref) ?? fromLink(hit, links[n], foreign, last) ?? underHead(hit, ref)
    if (known) dated.push(known)
    else if (hit.match.form !== 'relative') open.push({ hit, at: dated.length })
  }
  return open.length === 0 ? dated : dated.concat(guessYears(open, dated, ref))
}

function written(hit: Hit, ref: string): DatedHit | null {
  const { match } = hit
  if (match.ago !== undefined) return { hit, day: addDays(ref, -match.ago), year: 'written' }
  if (match.year === null) return null
  return { hit, day: dayOf(match.year, match.month, match.day), year: 'written' }
}

function fromLink(hit: Hit, link: Link, foreign: ReadonlySet<string>, last: string): DatedHit | null {
  if (!link || foreign.has(folderOf(hit, link))) return null
  const { day, apart } = closestToLink(hit, link, last)
  return day === null || apart > LINK_TOLERANCE_DAYS ? null : { hit, day, year: 'link' }
}

/** What the address of an item says of its day. */
type Link = UrlDate | null | undefined

function linkOf({ anchor, match }: Hit): Link {
  return anchor?.href && match.year === null && match.ago === undefined ? urlDate(anchor.href) : null
}

/** The occurrence of a hit's month and day closest to what its address says, and how many days both are apart. */
function closestToLink(hit: Hit, { year, month, day }: UrlDate, last: string): Closest {
  return closestTo(hit, { year, month, day: day ?? MID_MONTH }, last)
}

/**
 * The folders whose month is none of the items in them: of a list that has one shown far from it they are the column's, made
 * long before.
 */
function foldersOfColumns(hits: readonly Hit[], links: readonly Link[], last: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [n, hit] of hits.entries()) {
    const link = links[n]
    if (!link || link.day !== null) continue
    const { day, apart } = closestToLink(hit, link, last)
    if (day !== null && apart > FOLDER_TOLERANCE_DAYS) found.add(folderOf(hit, link))
  }
  return found
}

/** A folder of a month as one list has it; of an address with its day there is none. */
function folderOf({ group }: Hit, { year, month, day }: UrlDate): string {
  return day === null ? `${group} ${year}-${month}` : ''
}
