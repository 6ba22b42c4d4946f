import { SECOND } from '../../../../shared/base/time.ts'
import { LATE_AT_LEAST_MS, LATE_SHARE } from '../../../../shared/monitor/pace/pace-rules.ts'
import type { Behind } from '../../pace/teller.ts'
import type { DueSite } from '../queries.ts'

type Late = Pick<DueSite, 'lateS' | 'everyS'>

interface Head {
  readonly lateMs: number
  readonly everyMs: number
  readonly atMs: number
  /** The share of their interval that turns were late by at most; of what is over, half is forgotten in each interval. */
  readonly mostShare: number
}

/** Where turns are late by less than this part of what they were late by, more are taken than come: it will be over. */
const EASES_BELOW = 0.5

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

  /** Turns are too late, and it is not about to be over. */
  get lasts(): boolean {
    return (
      this.#head !== null &&
      this.behind.isTooMuch &&
      shareOf(this.#head) >= EASES_BELOW * this.#head.mostShare
    )
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
    this.#head = isMore && middle ? this.#headOf(middle) : null
  }

  #headOf({ lateS, everyS }: Late): Head {
    const head = { lateMs: lateS * SECOND, everyMs: everyS * SECOND, atMs: this.#now() }
    const gone = this.#head ? Math.max(0, head.atMs - this.#head.atMs) / head.everyMs : 0
    return { ...head, mostShare: Math.max(shareOf(head), (this.#head?.mostShare ?? 0) * 0.5 ** gone) }
  }
}

const shareOf = ({ lateMs, everyMs }: Pick<Head, 'lateMs' | 'everyMs'>): number => lateMs / everyMs
