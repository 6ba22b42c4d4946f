import { SECOND } from '../../../../shared/base/time.ts'
import { LATE_AT_LEAST_MS, LATE_SHARE } from '../../../../shared/monitor/pace/pace-rules.ts'
import type { Behind } from '../../pace/teller.ts'
import type { DueSite } from '../queries.ts'

type Late = Pick<DueSite, 'lateS' | 'everyS'>

interface Head {
  readonly lateMs: number
  readonly everyMs: number
  readonly atMs: number
}

/** How late turns are that are taken while more of them wait. */
export class Backlog {
  readonly #now: () => number
  #head: Head | null = null

  /** @param now epoch ms. */
  constructor(now: () => number) {
    this.#now = now
  }

  get behind(): Behind {
    if (!this.#head) return { ms: 0, isTooMuch: false }
    const { lateMs, everyMs, atMs } = this.#head
    const ms = lateMs + Math.max(0, this.#now() - atMs)
    return { ms, isTooMuch: ms >= Math.max(LATE_AT_LEAST_MS, LATE_SHARE * everyMs) }
  }

  /** Whether turns are known to wait. */
  get isKnown(): boolean {
    return this.#head !== null
  }

  /** @param due those that wait, of which none can be taken. */
  held(due: readonly Late[]): void {
    this.took(due, true)
  }

  /** @param isMore others are due, too. The one in the midst counts: a single one that was paused is late for another reason. */
  took(due: readonly Late[], isMore: boolean): void {
    const middle = [...due].sort((a, b) => a.lateS - b.lateS)[due.length >> 1]
    this.#head =
      isMore && middle
        ? { lateMs: middle.lateS * SECOND, everyMs: middle.everyS * SECOND, atMs: this.#now() }
        : null
  }
}
