import { MINUTE } from '../../../shared/base/time.ts'
import type { Cancel, Timers } from '../../base/clock.ts'
import { isRefused, type Standing, wantsRecheck } from '../verdicts/judge.ts'

/** First and later re-checks after a miss or a recovery. */
const RECHECK_MS = [3_000, 8_000] as const
/** A server that asks for patience, or whose firewall has answered, is re-checked after so long all the same: an outage is confirmed within two turns. */
const MOST_PATIENCE_MS = 2 * MINUTE

/** Visits out of turn that confirm what a visit made likely; at most one is waited for at each site. */
export class Rechecks {
  readonly #timers: Timers
  readonly #waiting = new Map<number, Cancel>()

  constructor(timers: Timers) {
    this.#timers = timers
  }

  /**
   * Has `visit` made soon if the standing of the site wants to be confirmed.
   * @param patienceMs for how long the server has asked not to be visited.
   */
  plan(siteId: number, standing: Standing, patienceMs: number, visit: () => void): void {
    if (!wantsRecheck(standing) || this.#waiting.has(siteId)) return
    const step = Math.min(Math.max(standing.failStreak - 1, 0), RECHECK_MS.length - 1)
    const asked = isRefused(standing) ? MOST_PATIENCE_MS : Math.min(patienceMs, MOST_PATIENCE_MS)
    const delay = Math.max(RECHECK_MS[step] ?? RECHECK_MS[0], asked)
    const cancel = this.#timers.after(delay, () => {
      this.#waiting.delete(siteId)
      visit()
    })
    this.#waiting.set(siteId, cancel)
  }

  stop(): void {
    for (const cancel of this.#waiting.values()) cancel()
  }
}
