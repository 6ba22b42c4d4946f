import type { Fact } from '../../../shared/base/facts.ts'
import type { Snapshot } from '../../../shared/city/board.ts'
import type { FactPage } from '../../../shared/city/replay.ts'
import { toldAt } from '../../../shared/city/replay-rules.ts'

/** What a recording plays on: a board that can be loaded and that takes facts. */
export interface Screen {
  load(snapshot: Snapshot): void
  /** @returns false when it cannot follow: the register changed. */
  take(facts: readonly Fact[]): boolean
}

/**
 * A stretch of the past in memory: the board at its beginning and the facts after it, in order. Going on applies
 * facts; going back loads the beginning and applies them again. Times are epoch ms.
 */
export class Recording {
  readonly #start: Snapshot
  readonly #startMs: number
  readonly #facts: Fact[] = []
  readonly #told: number[] = []
  /** How many facts are on the screen. */
  #shown = 0
  #seq: number
  #horizonMs: number

  constructor(start: Snapshot) {
    this.#start = start
    this.#startMs = Date.parse(start.at)
    this.#horizonMs = this.#startMs
    this.#seq = start.seq
  }

  /** Everything up to this number is in the recording. */
  get seq(): number {
    return this.#seq
  }

  /** Facts that are here and not yet shown. */
  get ahead(): number {
    return this.#facts.length - this.#shown
  }

  /** Up to here everything that happened is in the recording. */
  get horizonMs(): number {
    return this.#horizonMs
  }

  has(atMs: number): boolean {
    return atMs >= this.#startMs && atMs <= this.#horizonMs
  }

  /** Adds the next facts. @param askedMs when they were asked for: if there are no more, up to then. */
  append(page: FactPage, askedMs: number): void {
    this.#told.push(...toldAt(page.facts, this.#told.at(-1) ?? this.#startMs))
    this.#facts.push(...page.facts)
    this.#seq = page.seq
    const last = this.#told.at(-1) ?? this.#startMs
    // What is told in the same instant may go on on the next page.
    this.#horizonMs = Math.max(this.#startMs, page.isEnd ? Math.max(askedMs, last) : last - 1)
  }

  /** Puts the beginning on the screen. */
  rewind(screen: Screen): void {
    screen.load(this.#start)
    this.#shown = 0
  }

  /**
   * Shows the board of an instant that is in the recording.
   * @returns false when the screen cannot follow from here.
   */
  show(screen: Screen, atMs: number): boolean {
    if ((this.#told[this.#shown - 1] ?? this.#startMs) > atMs) this.rewind(screen)
    const from = this.#shown
    while (this.#shown < this.#facts.length && (this.#told[this.#shown] as number) <= atMs) this.#shown += 1
    return from === this.#shown || screen.take(this.#facts.slice(from, this.#shown))
  }

  /** When something changes next after an instant; null: not in this recording. */
  nextChange(atMs: number): number | null {
    return this.#told.find((told) => told > atMs) ?? null
  }

  /** When something changed last before an instant; null: not in this recording. */
  lastChange(atMs: number): number | null {
    return this.#told.findLast((told) => told < atMs) ?? null
  }
}
