/** Random numbers that the same seed gives again (mulberry32). */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 to below 1. */
  number(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from 0 to below `max`. */
  below(max: number): number {
    return Math.floor(this.number() * max)
  }

  /** True so often of 100 times. */
  percent(share: number): boolean {
    return this.number() * 100 < share
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }

  /** Small far more often than large, up to `max`. */
  size(max: number): number {
    return Math.floor(max ** this.number())
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length)
    for (let at = 0; at < length; at++) bytes[at] = this.number() * 256
    return bytes
  }
}
