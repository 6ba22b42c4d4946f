/** States remembered: 20 transitions lie between 21 of them. */
const STATES = 21
const MASK = 2 ** STATES - 1
/** Weight of the oldest transition and of the newest, as in Nagios: what happened lately counts for more. */
const OLDEST_WEIGHT = 0.75
const NEWEST_WEIGHT = 1.25

/** Per cent at which a site begins to flap: two outages within 20 visits, and no single one, reach it. */
export const FLAP_START = 20
/** Per cent at which it no longer does: about 17 visits after its last change. */
export const FLAP_STOP = 10

/**
 * Adds a visit to a history of 21 bits, of which the lowest is the newest.
 * @param failed whether the visit failed.
 */
export function addToHistory(history: number, failed: boolean): number {
  return ((history << 1) | (failed ? 1 : 0)) & MASK
}

/** Weighted share of the last 20 transitions at which the site changed between well and failed, per cent. */
export function flapPercent(history: number): number {
  const transitions = STATES - 1
  const step = (NEWEST_WEIGHT - OLDEST_WEIGHT) / (transitions - 1)
  let sum = 0
  for (let age = 0; age < transitions; age++) {
    const changed = ((history >> age) ^ (history >> (age + 1))) & 1
    if (changed) sum += NEWEST_WEIGHT - age * step
  }
  return (sum * 100) / transitions
}

/** Whether the site flaps now; between the two thresholds it stays as it was. */
export function isFlapping(was: boolean, history: number): boolean {
  const percent = flapPercent(history)
  return was ? percent > FLAP_STOP : percent >= FLAP_START
}
