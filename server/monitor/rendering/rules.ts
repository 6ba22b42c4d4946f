import { HOUR } from '../../../shared/base/time.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import {
  RENDERING,
  type RenderCause,
  type Rendered,
  type RenderReason,
} from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { RuleSet } from '../../../shared/monitor/verdicts/rule-set.ts'
import { judgeV2 } from '../../../shared/monitor/verdicts/verdicts.ts'
import type { Verdict } from '../../../shared/register/sites/states.ts'
import { OWN_ITEMS } from '../read/page/drawn.ts'
import type { Missed } from './browser/order.ts'

/** A page of which a reader may see nothing that a browser would show. */
const EMPTY = new Set(['drawn_by_script', 'empty'])

/**
 * Why a page should be drawn, by what was read of the bytes that its server sent; null: they say enough.
 * @param before what was known of the site's newest item until then.
 */
export function causeOf(sent: Finding, before: string | null): RenderCause | null {
  if (sent.outcome === 'unreadable') return EMPTY.has(sent.reason ?? '') ? 'drawn' : null
  if (sent.unseen === 'script') return 'drawn'
  // What an entrance leads to is read in its place.
  if (sent.outcome === 'undated' || sent.newest === null) return sent.entrance ? null : 'undated'
  if (before !== null && sent.newest < before) return 'older'
  return sent.items.length < RENDERING.fewItems && sent.pages === undefined ? 'few' : null
}

/**
 * Whether a list may be wanting on a page as it was drawn: it shows hardly any item and something that it asked for did not come, or
 * what did not come is of its own site.
 */
export const isWanting = ({ all, own }: Missed, items: number): boolean =>
  own > 0 || (all > 0 && items < OWN_ITEMS)

/**
 * What a home page as it was drawn says, or why that says nothing of it. One whose lists a script draws, for all that was sent, is not
 * held to be idle by what stands there without what it asked for in vain; what is new stands, and that the rest was not seen.
 * @param sent null: nothing is known of what its server sends.
 * @param today local day.
 */
export function saidBy(
  sent: Finding | null,
  drawn: Finding,
  missed: Missed,
  today: string,
  rules: Pick<RuleSet, 'v2VetoDays' | 'v2WarnDays'>,
): Finding | RenderReason {
  if (isWholeSent(sent, missed) || !isWanting(missed, drawn.items.length))
    return drawn.outcome === 'unreadable' ? 'unread' : drawn
  const partly: Finding = { ...drawn, unseen: drawn.unseen ?? 'script' }
  return judgeV2(partly, today, rules) === 'insufficient' ? 'incomplete' : partly
}

/** Whether what was sent shows the lists of its page itself, beside what a browser missed: where none is dated, others may be. */
const isWholeSent = (sent: Finding | null, { own, others }: Missed): boolean =>
  sent !== null &&
  sent.outcome !== 'unreadable' &&
  sent.unseen === undefined &&
  !sent.entrance &&
  (own + others === 0 || (sent.outcome !== 'undated' && causeOf(sent, null) !== 'few'))

/**
 * Which of two readings of a page its site is judged by: the one that shows the newer item, since nobody is held to be idle
 * whose visitors see something new; the drawn one, where they say the same or the other could not be read.
 */
export function believed(sent: Finding | null, drawn: Finding | null): Finding | null {
  if (drawn === null || drawn.outcome === 'unreadable') return sent
  if (sent === null || sent.outcome === 'unreadable') return drawn
  const isSentNewer = (sent.newest ?? '') > (drawn.newest ?? '')
  if (!isSentNewer && !(sent.entrance && drawn.newest === null)) return drawn
  if (sent.unseen !== 'script' || drawn.unseen !== undefined) return sent
  // What its script adds was seen, and is not newer.
  const { unseen: _, ...whole } = sent
  return whole
}

/** How a verdict stands while the page that it rests on is to be drawn first: what was told before is not told anew. */
export const heldBack = (before: Verdict): Verdict =>
  before === 'violated' || before === 'warning' ? before : 'insufficient'

/** Whether what a browser drew then still stands beside what is sent. @param atMs epoch ms. */
export const stands = (drawnAt: Date | null, atMs: number): boolean =>
  drawnAt !== null && atMs - drawnAt.getTime() < RENDERING.standsHours * HOUR

/**
 * How the pages that a verdict rests on were seen.
 * @param drawnAt when each of them was drawn last
 * @param atMs epoch ms.
 * @returns null: there is a browser, which has still to draw some of them
 */
export function renderedOf(
  drawnAt: readonly (Date | null)[],
  canRender: boolean,
  atMs: number,
): Rendered | null {
  if (drawnAt.length > 0 && drawnAt.every((at) => stands(at, atMs))) return 'drawn'
  return canRender ? null : 'no_renderer'
}
