import type { Cancel, Clock, Timers } from '../../server/base/clock.ts'

interface Waiting {
  atMs: number
  act: () => void
}

/** Real turns of the event loop without anything under way before nothing is believed to be. */
const QUIET_TURNS = 3

export interface VirtualTimeParts {
  readonly startMs: number
  /** Whether something real is under way that virtual time has to wait for: a query, a socket. */
  readonly isBusy: () => boolean
  /**
   * The earliest instant after `atMs` at which something that is done every `everyMs` has to be done again: the
   * coarser, the fewer ticks at which nothing happens.
   */
  readonly nextTick: (atMs: number, everyMs: number) => number
}

/**
 * Time that stands still while anything is being done and jumps to the next timer when nothing is: everything
 * happens in its order and at its time, only without the waiting.
 */
export class VirtualTime implements Clock, Timers {
  readonly #parts: VirtualTimeParts
  #nowMs: number
  readonly #waiting = new Set<Waiting>()

  constructor(parts: VirtualTimeParts) {
    this.#parts = parts
    this.#nowMs = parts.startMs
  }

  now(): number {
    return this.#nowMs
  }

  after(ms: number, act: () => void): Cancel {
    const waiting = { atMs: this.#nowMs + Math.max(0, ms), act }
    this.#waiting.add(waiting)
    return () => this.#waiting.delete(waiting)
  }

  every(ms: number, act: () => void): Cancel {
    const next = () => this.#parts.nextTick(this.#nowMs, ms)
    const waiting: Waiting = {
      atMs: next(),
      act: () => {
        waiting.atMs = next()
        this.#waiting.add(waiting)
        act()
      },
    }
    this.#waiting.add(waiting)
    return () => this.#waiting.delete(waiting)
  }

  /** Lets time pass until `untilMs` (epoch ms). */
  async runUntil(untilMs: number): Promise<void> {
    await this.#settle()
    for (let next = this.#first(); next && next.atMs <= untilMs; next = this.#first()) {
      this.#nowMs = next.atMs
      this.#waiting.delete(next)
      next.act()
      await this.#settle()
    }
    this.#nowMs = untilMs
  }

  #first(): Waiting | undefined {
    let first: Waiting | undefined
    for (const waiting of this.#waiting) if (!first || waiting.atMs < first.atMs) first = waiting
    return first
  }

  async #settle(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      await new Promise((resolve) => setImmediate(resolve))
      while (this.#parts.isBusy()) {
        quiet = 0
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    }
  }
}
