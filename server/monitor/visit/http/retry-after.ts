import { SECOND } from '../../../../shared/base/time.ts'

/** A site that asks for more patience gets this much: 32 visits a day are left, 20 being the law. */
const MOST_MS = 2_700 * SECOND

/**
 * For how long a server does not want to be visited, in ms: `Retry-After` of a 429 or 503 (RFC 9110, 10.2.3) as
 * seconds or as a date, which is measured by the server's own clock where it tells it. 0: it asks for nothing.
 * @param headers lower-case names.
 */
export function retryAfterMs(status: number | null, headers: Record<string, string>, nowMs: number): number {
  const asked = headers['retry-after']?.trim()
  if (!asked || (status !== 429 && status !== 503)) return 0
  const ms = /^\d+$/.test(asked) ? Number(asked) * SECOND : untilDate(asked, headers.date, nowMs)
  return Math.min(Math.max(ms, 0), MOST_MS)
}

function untilDate(date: string, serverDate: string | undefined, nowMs: number): number {
  const untilMs = Date.parse(date)
  const fromMs = Date.parse(serverDate ?? '')
  if (Number.isNaN(untilMs)) return 0
  return untilMs - (Number.isNaN(fromMs) ? nowMs : fromMs)
}
