import { SECOND } from '../../../shared/base/time.ts'
import { Rate } from '../../base/rate.ts'
import type { Stage } from './stage.ts'

/** The event loop is to be on time but for this, 99 times in a hundred; what is more is too much to do. */
const LATE_MS = 40
/** What a later stage takes in has to be done within this time. */
const OLD_MS = 3 * SECOND
/** One look may be a coincidence. */
const STRAINED_LOOKS = 2
const CUT = 0.85
const GROW = 1.08
/** Below half of what was carried before, it grows by this: a start or a moment of other work is over sooner than it was felt. */
const GROW_BACK = 1.5
/** So many visits a second can be made on anything. */
export const LEAST_PER_S = 10
/** With so many nothing is held back. */
const MOST_PER_S = 2_000
/** After it was cut, what is done settles before it is judged again. */
const SETTLE_MS = 2 * SECOND

export interface Load {
  /** Visits a second that were carried before, as far as is known. */
  readonly capacityPerS: number
  /** How late the event loop was in the last second, p99, ms. */
  readonly loopLateMs: number
  readonly stages: readonly Stage[]
}

/**
 * How many visits a second may begin, found by trying as TCP finds its window: no limit at first; where the event loop or
 * a later stage cannot keep up a part of what was begun, and then more and more while it can.
 */
export class Pace {
  readonly #now: () => number
  readonly #begun: Rate
  #perS = Number.POSITIVE_INFINITY
  #strained = 0
  #isShort = false
  #lookedMs: number
  #cutMs = Number.NEGATIVE_INFINITY
  #left = 0
  #countedMs: number

  /** @param now epoch ms. */
  constructor(now: () => number) {
    this.#now = now
    this.#begun = new Rate(now)
    this.#lookedMs = now()
    this.#countedMs = now()
  }

  /** Visits a second that may begin now; infinite while nothing is held back. */
  get limit(): number {
    return this.#perS
  }

  /** Turns taken a second, lately. */
  get perS(): number {
    return this.#begun.perS
  }

  /** How many turns may be taken at this moment. */
  get allowed(): number {
    if (this.#perS === Number.POSITIVE_INFINITY) return this.#perS
    const nowMs = this.#now()
    const goneS = Math.max(0, nowMs - this.#countedMs) / SECOND
    this.#countedMs = nowMs
    // What was not used for longer than a second is not made up for at once.
    this.#left = Math.min(this.#left + goneS * this.#perS, Math.max(1, this.#perS))
    return Math.floor(this.#left)
  }

  /** @param wanted more turns were due than could be taken. */
  took(count: number, wanted: boolean): void {
    this.#begun.add(count)
    this.#left -= count
    if (wanted) this.#isShort = true
  }

  /** Looks at the load, once a second whatever is asked. */
  note(load: Load): void {
    const nowMs = this.#now()
    if (Math.abs(nowMs - this.#lookedMs) < SECOND) return
    this.#lookedMs = nowMs
    this.#strained = isStrained(load) ? this.#strained + 1 : 0
    if (this.#strained >= STRAINED_LOOKS) this.#cut(nowMs)
    else if (this.#strained === 0 && this.#isShort) this.#grow(load.capacityPerS)
    this.#isShort = false
  }

  #cut(nowMs: number): void {
    if (nowMs - this.#cutMs < SETTLE_MS) return
    this.#cutMs = nowMs
    if (this.#perS === Number.POSITIVE_INFINITY) {
      this.#countedMs = nowMs
      this.#left = 0
    }
    this.#perS = Math.max(LEAST_PER_S, CUT * Math.min(this.#perS, this.#begun.perS))
  }

  #grow(capacityPerS: number): void {
    const more = this.#perS * (this.#perS < capacityPerS / 2 ? GROW_BACK : GROW) + 1
    this.#perS = more >= MOST_PER_S ? Number.POSITIVE_INFINITY : more
  }
}

function isStrained({ loopLateMs, stages }: Load): boolean {
  return loopLateMs > LATE_MS || stages.some(({ oldestMs }) => oldestMs > OLD_MS)
}
