import type { Push } from '../sockets/wire.ts'

/** Pushes kept at once, and what they weigh together (bytes): what others ask for drives out what was kept first. */
const MOST = 1_000
const MOST_BYTES = 64 * 1024 * 1024

/** Where something is written once for all who ask, by what they ask for; null: there is nothing to say. */
export interface Written {
  readonly push: Push | null
}

/** What was written for whoever asked, as much as there is room for: what is asked for is clients' to choose. */
export class Kept<W extends Written> {
  readonly #written = new Map<string, W>()
  #bytes = 0

  get bytes(): number {
    return this.#bytes
  }

  get(key: string): W | undefined {
    return this.#written.get(key)
  }

  set(key: string, one: W): void {
    this.delete(key)
    this.#written.set(key, one)
    this.#bytes += weightOf(one)
    for (const oldest of this.#written.keys()) {
      if (this.#written.size <= MOST && this.#bytes <= MOST_BYTES) return
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    const one = this.#written.get(key)
    if (!one) return
    this.#written.delete(key)
    this.#bytes -= weightOf(one)
  }

  keys(): Iterable<string> {
    return this.#written.keys()
  }

  clear(): void {
    this.#written.clear()
    this.#bytes = 0
  }
}

/** A text has two bytes a letter where any of its letters is Chinese. */
function weightOf({ push }: Written): number {
  if (push === null) return 0
  const frames = [...push.plain, ...(push.packed ?? [])]
  return frames.reduce((sum, { length }) => sum + length, push.text.length * 2)
}
