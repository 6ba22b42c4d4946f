/**
 * Connections that are being opened at one time, at most. A TLS handshake costs this thread a millisecond, and after
 * any delay of ours all those under way go on in one turn of the event loop, which nobody can cut into slices.
 */
const MAX_OPENING = 32
/** Who takes longer makes way for the others: it hangs, and costs nothing while it does. Real time, as of sockets. */
const PATIENCE_MS = 1_000

/** Lets visits begin one after the other where many are due at once. What they wait is no part of them. */
export class Openings {
  readonly #waiting: (() => void)[] = []
  #opening = 0

  /** Waits until another connection may be opened. @returns what to call once it is open, or will never be. */
  async enter(): Promise<() => void> {
    if (this.#opening >= MAX_OPENING) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#opening++
    let isOver = false
    const leave = () => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      const next = this.#waiting.shift()
      // The place is handed on.
      if (next) next()
      else this.#opening--
    }
    const timer = setTimeout(leave, PATIENCE_MS)
    timer.unref()
    return leave
  }
}
