import { SECOND } from '../../../../shared/base/time.ts'
import { LATE_AT_LEAST_MS, LATE_SHARE } from '../../../../shared/monitor/pace/pace-rules.ts'
import type { Behind } from '../../pace/teller.ts'
import type { DueSite } from '../queries.ts'

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

  /** No turn could be taken: who waits waits on. */
  held(): void {
    this.#head ??= { lateMs: 0, everyMs: 0, atMs: this.#now() }
  }

  /** @param isMore others are due, too. The one in the midst counts: a single one that was paused is late for another reason. */
  took(due: readonly Pick<DueSite, 'lateS' | 'everyS'>[], isMore: boolean): void {
    const middle = [...due].sort((a, b) => a.lateS - b.lateS)[due.length >> 1]
    this.#head =
      isMore && middle
        ? { lateMs: middle.lateS * SECOND, everyMs: middle.everyS * SECOND, atMs: this.#now() }
        : null
  }
}
