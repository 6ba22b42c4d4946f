import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import { RENDERING, type RenderCause } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Verdict } from '../../../shared/register/sites/states.ts'

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
 * Which of two readings of a page its site is judged by: the one that shows the newer item, since nobody is held to be idle
 * whose visitors see something new; the drawn one, where they say the same or the other could not be read.
 */
export function believed(sent: Finding | null, drawn: Finding | null): Finding | null {
  if (drawn === null || drawn.outcome === 'unreadable') return sent
  if (sent === null || sent.outcome === 'unreadable') return drawn
  const isSentNewer = (sent.newest ?? '') > (drawn.newest ?? '')
  if (!isSentNewer && !(sent.entrance && drawn.newest === null)) return drawn
  if (sent.unseen !== 'script') return sent
  // What its script adds was seen, and is not newer.
  const { unseen: _, ...whole } = sent
  return whole
}

/** How a verdict stands while the page that it rests on is to be drawn first: what was told before is not told anew. */
export const heldBack = (before: Verdict): Verdict =>
  before === 'violated' || before === 'warning' ? before : 'insufficient'
