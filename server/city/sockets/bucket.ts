/** So many at once, and so many more per second: what is asked beyond that is refused. */
export interface Allowance {
  readonly burst: number
  readonly perSecond: number
}

/** One asker's allowance. Times are of a clock that never goes back (`performance.now()`), in milliseconds. */
export class Bucket {
  readonly #allowance: Allowance
  #left: number
  #atMs: number

  constructor(allowance: Allowance, nowMs: number) {
    this.#allowance = allowance
    this.#left = allowance.burst
    this.#atMs = nowMs
  }

  /** Takes `n`, or nothing when there is not so much. @returns whether it was there */
  take(nowMs: number, n = 1): boolean {
    this.#refill(nowMs)
    if (this.#left < n) return false
    this.#left -= n
    return true
  }

  /** Gives back one that was taken for nothing. */
  giveBack(nowMs: number): void {
    this.#refill(nowMs)
    this.#left = Math.min(this.#allowance.burst, this.#left + 1)
  }

  /** Takes `n` as a penalty: what is not there now is missing later. */
  fine(nowMs: number, n: number): void {
    this.#refill(nowMs)
    this.#left = Math.max(this.#left - n, -this.#allowance.burst)
  }

  /** Nothing has been taken that is not there again. */
  isFull(nowMs: number): boolean {
    this.#refill(nowMs)
    return this.#left >= this.#allowance.burst
  }

  #refill(nowMs: number): void {
    const { burst, perSecond } = this.#allowance
    this.#left = Math.min(burst, this.#left + ((nowMs - this.#atMs) / 1000) * perSecond)
    this.#atMs = nowMs
  }
}

/** More keys than this are looked through for those that may be forgotten. */
const MANY = 10_000

/** An allowance for each key (an address, a person), kept as long as something is taken from it. */
export class Buckets {
  readonly #allowance: Allowance
  readonly #buckets = new Map<string, Bucket>()

  constructor(allowance: Allowance) {
    this.#allowance = allowance
  }

  take(key: string, nowMs: number): boolean {
    return this.#of(key, nowMs).take(nowMs)
  }

  giveBack(key: string, nowMs: number): void {
    this.#buckets.get(key)?.giveBack(nowMs)
  }

  fine(key: string, nowMs: number, n: number): void {
    this.#of(key, nowMs).fine(nowMs, n)
  }

  #of(key: string, nowMs: number): Bucket {
    const kept = this.#buckets.get(key)
    if (kept) return kept
    if (this.#buckets.size >= MANY) this.#forget(nowMs)
    const made = new Bucket(this.#allowance, nowMs)
    this.#buckets.set(key, made)
    return made
  }

  /** Whoever makes up keys gains nothing by it: when all are in use, the oldest is forgotten. */
  #forget(nowMs: number): void {
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(nowMs)) this.#buckets.delete(key)
    const [oldest] = this.#buckets.keys()
    if (this.#buckets.size >= MANY && oldest !== undefined) this.#buckets.delete(oldest)
  }
}
