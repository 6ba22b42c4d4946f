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
  /** When it was last known which turns are due, and whether it has not been since. */
  #answeredMs: number
  #isSilent = false

  /** @param now epoch ms. */
  constructor(now: () => number) {
    this.#now = now
    this.#answeredMs = now()
  }

  get behind(): Behind {
    // Nobody asks for too much then: turns are late by what cannot be asked.
    if (!this.#head)
      return { ms: this.#isSilent ? Math.max(0, this.#now() - this.#answeredMs) : 0, isTooMuch: false }
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

  /** The database has said which turns are due. */
  answered(): void {
    this.#answeredMs = this.#now()
    this.#isSilent = false
  }

  /** The database does not say which turns are due: whichever they are, they come late since it last did. */
  unanswered(): void {
    this.#isSilent = true
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
