import { SECOND } from '../../../shared/base/time.ts'
import type { Pulse } from '../../../shared/city/pushes.ts'
import type { Context } from '../../base/context.ts'
import { cityPace } from '../../monitor/pace/queries.ts'

/** Monitors say it every ten seconds. */
const LOOK_MS = 5 * SECOND

/** What the monitors say of their pace, as of the last look. */
export class PaceSeen {
  readonly #ctx: Context
  #lookedMs = Number.NEGATIVE_INFINITY
  #behind: Pulse['monitor']['behind'] = null

  constructor(ctx: Context) {
    this.#ctx = ctx
  }

  /** How far they are behind; null while all turns come in time. */
  get behind(): Pulse['monitor']['behind'] {
    return this.#behind
  }

  /** Asks, if that is due (epoch ms). */
  async look(nowMs: number): Promise<void> {
    if (Math.abs(nowMs - this.#lookedMs) < LOOK_MS) return
    this.#lookedMs = nowMs
    const pace = await cityPace(this.#ctx.db, nowMs)
    this.#behind =
      pace && pace.behindSinceMs !== null
        ? {
            seconds: pace.behindS,
            capacity: Math.round(pace.capacityPerS),
            wanted: Math.round(pace.askedPerS),
          }
        : null
  }
}
