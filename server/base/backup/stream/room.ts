import type { Writable } from 'node:stream'

interface Waiting {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Tells whoever writes to a stream when it takes more, or that it never will. One waits at a time, and the stream is
 * listened to once, however much is written.
 */
export class Room {
  #waiting: Waiting | null = null
  #failed: { readonly error: unknown } | null = null

  /** @param over settles when the stream has taken everything, or with what it failed by. */
  constructor(stream: Writable, over: Promise<unknown>) {
    stream.on('drain', () => this.#waiting?.resolve())
    over.catch((error: unknown) => {
      this.#failed = { error }
      this.#waiting?.reject(error)
    })
  }

  /**
   * After a write that was told to wait.
   * @param patience how long (ms), and what is thrown after that; without it, as long as it takes
   * @throws what the stream failed by
   */
  async wait(patience?: { readonly ms: number; readonly late: () => Error }): Promise<void> {
    if (this.#failed) throw this.#failed.error
    let timer: NodeJS.Timeout | undefined
    try {
      await new Promise<void>((resolve, reject) => {
        this.#waiting = { resolve, reject }
        if (patience) timer = setTimeout(() => reject(patience.late()), patience.ms)
      })
    } finally {
      clearTimeout(timer)
      this.#waiting = null
    }
  }
}
