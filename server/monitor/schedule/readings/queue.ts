/** One page of each of so many sites waits at most, and so many bytes in all. */
const MOST = 4_000
const MOST_BYTES = 48 * 1024 * 1024
/** What somebody waits for finds a place up to so many times as much: a register that moved as a whole is asked for as a whole. */
const ASKED_TIMES = 4

interface Entry<T> {
  readonly siteId: number
  /** In bytes. */
  readonly size: number
  /** Somebody waits for it: it finds a place where others find none any more. */
  readonly isAsked: boolean
  /** It goes before others. */
  readonly isUrgent: boolean
  readonly item: T
}

interface Place<T> extends Entry<T> {
  readonly sinceMs: number
}

/** What waits to be read: of each site one page, the newest, in the place of the first; the urgent before all others. */
export class ReadingQueue<T> {
  readonly #now: () => number
  readonly #urgent = new Map<number, Place<T>>()
  readonly #usual = new Map<number, Place<T>>()
  #bytes = 0

  /** @param now epoch ms. */
  constructor(now: () => number) {
    this.#now = now
  }

  get size(): number {
    return this.#urgent.size + this.#usual.size
  }

  get room(): number {
    return this.#isFull(1) ? 0 : MOST - this.size
  }

  get oldestMs(): number {
    const [first] = this.#usual.values()
    const [urgent] = this.#urgent.values()
    const since = Math.min(
      first?.sinceMs ?? Number.POSITIVE_INFINITY,
      urgent?.sinceMs ?? Number.POSITIVE_INFINITY,
    )
    return Number.isFinite(since) ? Math.max(0, this.#now() - since) : 0
  }

  /** @returns false when there is no place. */
  add(entry: Entry<T>): boolean {
    const { siteId } = entry
    const known = this.#urgent.get(siteId) ?? this.#usual.get(siteId)
    if (!known && this.#isFull(entry.isAsked ? ASKED_TIMES : 1)) return false
    const isUrgent = entry.isUrgent || known?.isUrgent === true
    if (known && isUrgent && !known.isUrgent) this.#usual.delete(siteId)
    this.#bytes += entry.size - (known?.size ?? 0)
    const line = isUrgent ? this.#urgent : this.#usual
    line.set(siteId, { ...entry, isUrgent, sinceMs: known?.sinceMs ?? this.#now() })
    return true
  }

  /** The next one whose site is not busy. */
  take(isBusy: (siteId: number) => boolean): T | null {
    for (const line of [this.#urgent, this.#usual]) {
      for (const [siteId, { item, size }] of line) {
        if (isBusy(siteId)) continue
        line.delete(siteId)
        this.#bytes -= size
        return item
      }
    }
    return null
  }

  clear(): void {
    this.#urgent.clear()
    this.#usual.clear()
    this.#bytes = 0
  }

  /** There is no place even if there were so many times as many. */
  #isFull(times: number): boolean {
    return this.#bytes >= times * MOST_BYTES || this.size >= times * MOST
  }
}
