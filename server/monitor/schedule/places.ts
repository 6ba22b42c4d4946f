export interface PlacesParts {
  readonly most: number
  /** At one host, where one at a time has its turn: one with hundreds of sites leaves places to others. */
  readonly mostAtHost: number
}

/** The places for what waits for a turn at its host besides the visits: so many in all, and a few of them at one host. */
export class Places {
  readonly #parts: PlacesParts
  readonly #at = new Map<string, number>()
  #size = 0

  constructor(parts: PlacesParts) {
    this.#parts = parts
  }

  /** So many are free, whatever the host. */
  get free(): number {
    return Math.max(0, this.#parts.most - this.#size)
  }

  /** Hosts at which none is free. */
  get fullHosts(): string[] {
    return [...this.#at].flatMap(([host, count]) => (count >= this.#parts.mostAtHost ? [host] : []))
  }

  /** Takes a place if there is one. @returns what to call when it is left; null: there is none. */
  enter(host: string): (() => void) | null {
    const here = this.#at.get(host) ?? 0
    return this.free > 0 && here < this.#parts.mostAtHost ? this.force(host) : null
  }

  /** Takes a place in any case. @returns what to call when it is left; more than once is harmless. */
  force(host: string): () => void {
    this.#at.set(host, (this.#at.get(host) ?? 0) + 1)
    this.#size++
    let isLeft = false
    return () => {
      if (isLeft) return
      isLeft = true
      this.#size--
      const left = (this.#at.get(host) ?? 0) - 1
      if (left > 0) this.#at.set(host, left)
      else this.#at.delete(host)
    }
  }
}
