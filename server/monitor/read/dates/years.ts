import { addDays, daysBetween } from '../../../../shared/base/time.ts'
import type { Hit } from '../page/page.ts'
import { dayOf } from './dates.ts'
import type { DatedHit } from './hits.ts'
import { closest, lastAhead } from './occurrence.ts'
import { settleOrder } from './order.ts'
import { urlDate } from './url-date.ts'
import { guessYears, type OpenHit } from './year-guess.ts'
import { underHead } from './year-heads.ts'

/** A shown day and the day in the address may be this far apart; an item further off was moved or imported. */
const LINK_TOLERANCE_DAYS = 190
/**
 * Gives every hit its day. A month-day without a year takes it from the address of its item, then from
 * the head above it, dated neighbours in the same list, then from what else the page shows, and only then from today:
 * most home pages keep lists that are years old.
 */
export function resolveYears(hits: Hit[], ref: string): DatedHit[] {
  const dated: DatedHit[] = []
  const open: OpenHit[] = []
  for (const hit of settleOrder(hits)) {
    const known = written(hit, ref) ?? fromLink(hit, ref) ?? underHead(hit, ref)
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

function fromLink(hit: Hit, ref: string): DatedHit | null {
  const href = hit.anchor?.href
  const link = href ? urlDate(href) : null
  if (link === null) return null
  const anchor = dayOf(link.year, link.month, link.day ?? 15)
  const day = closest(hit, anchor, lastAhead(ref))
  if (day === null || Math.abs(daysBetween(day, anchor)) > LINK_TOLERANCE_DAYS) return null
  return { hit, day, year: 'link' }
}
