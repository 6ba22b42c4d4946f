import { TURN_MS } from './limits.ts'

/**
 * Work on behalf of many people, done in turn: one piece for each of them before a second for anybody, and a few
 * milliseconds at a time, so that whoever asks for much waits for himself.
 */
export class SocketTurns {
  readonly #most: number
  readonly #waiting = new Map<string, (() => void)[]>()
  #isPlanned = false

  /** @param most pieces of one turn, where what they take is not over when they return */
  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most
  }

  /** Pieces of work that wait. */
  get size(): number {
    let size = 0
    for (const pieces of this.#waiting.values()) size += pieces.length
    return size
  }

  /** Does `piece` when it is the turn of `who`. */
  add(who: string, piece: () => void): void {
    const pieces = this.#waiting.get(who)
    if (pieces) pieces.push(piece)
    else this.#waiting.set(who, [piece])
    this.#plan()
  }

  #plan(): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    setImmediate(() => {
      this.#isPlanned = false
      this.#work()
      if (this.#waiting.size > 0) this.#plan()
    })
  }

  #work(): void {
    const end = performance.now() + TURN_MS
    let done = 0
    for (const [who, pieces] of this.#waiting) {
      this.#waiting.delete(who)
      const piece = pieces.shift()
      // Behind everybody else.
      if (pieces.length > 0) this.#waiting.set(who, pieces)
      piece?.()
      if (++done >= this.#most || performance.now() > end) return
    }
  }
}
