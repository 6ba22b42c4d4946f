import { SECOND } from '../../shared/base/time.ts'

/** So far back is looked. */
const WINDOW_S = 10

/** How much was done a second, within the last ten seconds. */
export class Rate {
  readonly #now: () => number
  #done: { atS: number; count: number }[] = []

  /** @param now epoch ms. */
  constructor(now: () => number) {
    this.#now = now
  }

  add(count: number): void {
    const atS = Math.floor(this.#now() / SECOND)
    const last = this.#done.at(-1)
    if (last?.atS === atS) last.count += count
    else this.#done = [...this.#done.slice(-WINDOW_S), { atS, count }]
  }

  get perS(): number {
    const nowS = Math.floor(this.#now() / SECOND)
    const lately = this.#done.filter(({ atS }) => atS > nowS - WINDOW_S && atS <= nowS)
    return lately.reduce((sum, { count }) => sum + count, 0) / WINDOW_S
  }
}
