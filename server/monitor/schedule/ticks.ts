import type { Cancel, Clock, Timers } from '../../base/clock.ts'

/**
 * Where more turns are due than are taken at a time they are looked for so soon again; but after so many times as long as the last look
 * took, so that looking takes a quarter of the time, where it is quick.
 */
const SOON_MS = 100
const REST_SHARE = 3

export interface TickParts<Turn> {
  readonly clock: Clock
  readonly timers: Timers
  readonly everyMs: number
  /** Takes turns that are due. */
  readonly take: () => Promise<readonly Turn[]>
  readonly begin: (turn: Turn) => void
  /** Whether others may have been due as well, when turns were taken last. */
  readonly wasFull: () => boolean
}

/** Takes turns that are due at even distances, and soon again where they are many; one look at a time. */
export class Ticks<Turn> {
  readonly #parts: TickParts<Turn>
  #cancel: Cancel | null = null
  #cancelSoon: Cancel | null = null
  #looking: Promise<void> | null = null
  #isOver = false

  constructor(parts: TickParts<Turn>) {
    this.#parts = parts
  }

  start(): void {
    this.#cancel = this.#parts.timers.every(this.#parts.everyMs, () => this.#tick())
  }

  /** Begins no further look; resolves when none is under way. */
  async stop(): Promise<void> {
    this.#isOver = true
    this.#cancel?.()
    this.#cancelSoon?.()
    await this.#looking
  }

  #tick(): void {
    if (this.#isOver) return
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null
    })
  }

  async #look(): Promise<void> {
    const { clock, timers, take, begin, wasFull } = this.#parts
    const beganMs = clock.now()
    const turns = await take()
    const tookMs = clock.now() - beganMs
    for (const turn of turns) begin(turn)
    if (!wasFull() || this.#isOver) return
    this.#cancelSoon?.()
    this.#cancelSoon = timers.after(Math.max(SOON_MS, REST_SHARE * tookMs), () => this.#tick())
  }
}
