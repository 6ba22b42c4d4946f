import { HOUR, MINUTE, SECOND } from '../../../../shared/base/time.ts'

const FIRST_MS = 10 * SECOND
const LONGEST_MS = 15 * MINUTE
/** What nobody could be told for so long is given up, and shown as such. */
export const GIVE_UP_MS = 12 * HOUR
/** An endpoint that is not there is asked as often at least, with one message. */
export const LONGEST_AWAY_MS = MINUTE
/** No endpoint may ask for a longer rest. */
const LONGEST_REST_MS = HOUR

/**
 * When to try again after `attempts` that failed: 10 s, 20 s, 40 s … 15 minutes, and not before the endpoint asked to
 * be left alone.
 * @returns epoch ms; null to give up.
 */
export function nextTry(
  { attempts, createdMs, retryAfterMs }: { attempts: number; createdMs: number; retryAfterMs: number | null },
  now: number,
): number | null {
  const at = now + Math.max(backOff(attempts, LONGEST_MS), Math.min(retryAfterMs ?? 0, LONGEST_REST_MS))
  return at - createdMs > GIVE_UP_MS ? null : at
}

/** Until when (epoch ms) an endpoint rests as a whole that was not there `failures` times in a row: 10 s, 20 s … a minute. */
export const restUntil = (failures: number, now: number): number => now + backOff(failures, LONGEST_AWAY_MS)

const backOff = (failures: number, longestMs: number): number =>
  Math.min(FIRST_MS * 2 ** Math.max(0, failures - 1), longestMs)

/**
 * When a channel has room again.
 * @param sent epoch ms of what it sent within the window, oldest first.
 * @returns null: now.
 */
export function roomAt(sent: readonly number[], limit: number, windowMs: number): number | null {
  const oldest = sent[sent.length - limit]
  return oldest === undefined ? null : oldest + windowMs
}
