/**
 * Connections that have just been begun and are not open yet, at most. A TLS handshake costs this thread a millisecond, what begins
 * together goes on together, and after any delay of ours does so in one turn of the event loop, which nobody can cut into slices.
 */
const MOST_FRESH = 12
/**
 * For so long a connection counts as just begun, real time, as of sockets. Who takes longer waits for the line, which costs nothing, and
 * goes on apart from who begins after it: 12 in any 20 ms hold nobody else for longer than they take, and begin 400 a
 * second where the loop is late by 10 ms, however long a line takes.
 */
const FRESH_MS = 20
/** Connections that are being opened at one time, at most: what a line that comes back after a standstill answers at once. */
const MOST_OPENING = 320
/** Who takes longer hangs, and makes way for the others: with 320 places no line is so slow that less than 320 begin in a second. */
const PATIENCE_MS = 1_000

/** Lets visits begin one after the other where many are due at once. What they wait is no part of them. */
export class Openings {
  readonly #waiting: (() => void)[] = []
  #fresh = 0
  #opening = 0

  /** Visits that wait until they may open a connection. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** Connections that are being opened, but for those that hang. */
  get opening(): number {
    return this.#opening
  }

  /** Waits until another connection may be opened. @returns what to call once it is open, or will never be. */
  async enter(): Promise<() => void> {
    if (this.#hasRoom) this.#begin()
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    let isFresh = true
    let isOver = false
    const age = () => {
      if (isFresh) this.#fresh--
      isFresh = false
    }
    const leave = () => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      age()
      this.#opening--
      this.#letIn()
    }
    let timer = setTimeout(() => {
      timer = setTimeout(leave, PATIENCE_MS - FRESH_MS).unref()
      age()
      this.#letIn()
    }, FRESH_MS).unref()
    return leave
  }

  get #hasRoom(): boolean {
    return this.#fresh < MOST_FRESH && this.#opening < MOST_OPENING
  }

  #begin(): void {
    this.#fresh++
    this.#opening++
  }

  /** Whoever is let in has its place before it goes on. */
  #letIn(): void {
    while (this.#hasRoom) {
      const next = this.#waiting.shift()
      if (!next) return
      this.#begin()
      next()
    }
  }
}
