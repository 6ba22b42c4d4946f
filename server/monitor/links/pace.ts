import { MINUTE } from '../../../shared/base/time.ts'
import { MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { retryAfterMs } from '../visit/http/retry-after.ts'
import type { Visit } from '../visit/visit.ts'

/** A server that asks for more patience than that is asked again all the same. */
const MOST_PATIENCE_MS = MINUTE

/** A server says that it is asked too often, is overloaded, or does not want to be asked. */
export function isRefusal({ result }: Pick<Visit, 'result'>): boolean {
  const { status, outcome } = result
  return outcome === 'blocked' || status === 403 || status === 429 || (status !== null && status >= 500)
}

/**
 * The pause after a visit, in ms: twice as long after a refusal, and back by small steps after answers. Never shorter than the
 * scan's own, nor longer than so many times it.
 */
export function pauseAfter(
  { delay_ms: own, pause_ms: last }: { readonly delay_ms: number; readonly pause_ms: number | null },
  visit: Pick<Visit, 'result' | 'headers'>,
  now: number,
): number {
  const { slowest, quicken } = MACHINE.crawl
  const before = Math.max(own, last ?? own)
  if (!isRefusal(visit)) return Math.max(own, Math.round(before - own * quicken))
  const asked = Math.min(MOST_PATIENCE_MS, retryAfterMs(visit.result.status, visit.headers, now))
  return Math.max(asked, Math.min(own * slowest, before * 2))
}
