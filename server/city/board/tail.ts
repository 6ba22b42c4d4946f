import type { Logger } from 'pino'
import type { Fact } from '../../../shared/base/facts.ts'
import type { Db } from '../../base/db/database.ts'
import { lastSeq, markOf } from '../../base/facts/log.ts'
import { factsAfter } from '../../desk/facts/told.ts'

/** A wake-up may get lost between processes; the log is looked at this often anyway. */
const POLL_MS = 1_000
const PAGE = 1_000

/** How far the log was followed, and which fact that is; null: the log had none of that number. */
interface Told {
  readonly seq: number
  readonly mark: string | null
}

/** Takes facts that were committed; null: the log is not the one that was followed, and what is known of it is void. */
type TakeFacts = (facts: Fact[] | null) => void | Promise<void>

/**
 * Follows the fact log: every committed fact, once, in order of its number. Whoever commits facts wakes it;
 * numbers are gapless in commit order, so "after the last one I have" is exact. The last one is read again each time: a log
 * that went back under us has none of that number, or another. Whoever takes facts and fails is asked again with those that
 * came since, or none.
 */
export class FactTail {
  readonly #db: Db
  readonly #log: Logger
  readonly #onFacts: TakeFacts
  #told: Told
  #reading: Promise<void> | null = null
  #again = false
  /** Facts were handed over that did not go through. */
  #isOwed = false
  #timer: NodeJS.Timeout | null = null

  constructor(db: Db, log: Logger, from: Told, onFacts: TakeFacts) {
    this.#db = db
    this.#log = log
    this.#told = from
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

  /** Continues from there: the board was loaded anew. */
  goOnFrom(told: Told): void {
    this.#told = told
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
        const facts = await this.#news()
        const last = facts?.at(-1)
        if (facts === null) this.#log.warn(this.#told, 'the fact log went back; the board is loaded anew')
        else if (!last && !this.#isOwed) continue
        if (last) {
          this.#again = true
          this.#told = { seq: last.seq, mark: markOf(last) }
        }
        this.#isOwed = true
        await this.#onFacts(facts)
        this.#isOwed = false
      } catch (error) {
        this.#log.warn({ err: error }, 'the fact log could not be read; trying again')
        return
      }
    }
  }

  /** What came after the last fact told; null where that one is not there any more. */
  async #news(): Promise<Fact[] | null> {
    const { seq, mark } = this.#told
    const facts = await factsAfter(this.#db, seq - 1, PAGE + 1)
    const [first] = facts
    if (mark !== null) return first && markOf(first) === mark ? facts.slice(1) : null
    if (first) return first.seq > seq ? facts : null
    return (await lastSeq(this.#db)) < seq ? null : []
  }
}
