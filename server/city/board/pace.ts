import type { Logger } from 'pino'
import { SECOND } from '../../../shared/base/time.ts'
import type { Pulse } from '../../../shared/city/pushes.ts'
import { type CityPace, silentAfterMs } from '../../../shared/monitor/pace/pace-rules.ts'

/** Monitors say it every ten seconds. */
const LOOK_MS = 5 * SECOND

/** What monitors and renderers say of themselves. */
export interface SaidOfMonitors {
  readonly pace: CityPace | null
  readonly draws: boolean
}

/** What the monitors say of their pace, as of the last look that was answered. No pulse waits for an answer. */
export class PaceSeen {
  readonly #ask: (nowMs: number) => Promise<SaidOfMonitors>
  readonly #log: Logger
  #lookedMs = Number.NEGATIVE_INFINITY
  #looking: Promise<void> | null = null
  #behind: Pulse['monitor']['behind'] = null
  #draws = true
  /** What was asked for when a monitor last said so; null: none has yet. */
  #askedPerS: number | null = null

  constructor(ask: (nowMs: number) => Promise<SaidOfMonitors>, log: Logger) {
    this.#ask = ask
    this.#log = log
  }

  /** How far they are behind; null while all turns come in time. */
  get behind(): Pulse['monitor']['behind'] {
    return this.#behind
  }

  /** Whether pages are drawn; until somebody knows, nothing is said against it. */
  get draws(): boolean {
    return this.#draws
  }

  /** After so many seconds without a visit the monitors stand still; null: nobody is to be visited. */
  get silentAfterS(): Pulse['monitor']['silentAfterS'] {
    const afterMs = silentAfterMs(this.#askedPerS)
    return Number.isFinite(afterMs) ? Math.ceil(afterMs / SECOND) : null
  }

  /** Asks, if that is due (epoch ms) and the last question is not still open. */
  look(nowMs: number): void {
    if (this.#looking || Math.abs(nowMs - this.#lookedMs) < LOOK_MS) return
    this.#lookedMs = nowMs
    this.#looking = this.#see(nowMs)
      .catch((error: unknown) => this.#log.warn({ err: error }, 'the pace of the monitors is not known'))
      .finally(() => {
        this.#looking = null
      })
  }

  /** When no question is open any more. */
  async settled(): Promise<void> {
    await this.#looking
  }

  async #see(nowMs: number): Promise<void> {
    const { pace, draws } = await this.#ask(nowMs)
    this.#draws = draws
    if (pace) this.#askedPerS = pace.askedPerS
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
