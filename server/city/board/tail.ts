import type { Logger } from 'pino'
import type { Fact } from '../../../shared/base/facts.ts'
import type { Db } from '../../base/db/database.ts'
import { factsAfter } from '../../desk/facts/told.ts'

/** A wake-up may get lost between processes; the log is looked at this often anyway. */
const POLL_MS = 1_000
const PAGE = 1_000

/**
 * Follows the fact log: every committed fact, once, in order of its number. Whoever commits facts wakes it;
 * numbers are gapless in commit order, so "after the last one I have" is exact. Whoever takes them and fails is asked again
 * with those that came since, or none.
 */
export class FactTail {
  readonly #db: Db
  readonly #log: Logger
  readonly #onFacts: (facts: Fact[]) => void | Promise<void>
  #seq: number
  #reading: Promise<void> | null = null
  #again = false
  /** Facts were handed over that did not go through. */
  #isOwed = false
  #timer: NodeJS.Timeout | null = null

  constructor(db: Db, log: Logger, fromSeq: number, onFacts: (facts: Fact[]) => void | Promise<void>) {
    this.#db = db
    this.#log = log
    this.#seq = fromSeq
    this.#onFacts = onFacts
  }

  start(): void {
    this.#timer = setInterval(() => this.wake(), POLL_MS)
  }

  wake(): void {
    this.#again = true
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null
    })
  }

  /** Continues after `seq`: the board was loaded anew up to there. */
  skipTo(seq: number): void {
    this.#seq = Math.max(this.#seq, seq)
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer)
    this.#again = false
    await this.#reading
  }

  async #read(): Promise<void> {
    while (this.#again) {
      this.#again = false
      try {
        const facts = await factsAfter(this.#db, this.#seq, PAGE)
        const last = facts.at(-1)
        if (last) this.#again = true
        else if (!this.#isOwed) continue
        this.#seq = last?.seq ?? this.#seq
        this.#isOwed = true
        await this.#onFacts(facts)
        this.#isOwed = false
      } catch (error) {
        this.#log.warn({ err: error }, 'the fact log could not be read; trying again')
        return
      }
    }
  }
}
