import { SECOND } from '../../shared/base/time.ts'

/** So far back is looked. */
const WINDOW_S = 10

/** How much was done a second, within the last ten seconds or since it was begun. */
export class Rate {
  readonly #now: () => number
  readonly #begunMs: number
  #done: { atS: number; count: number }[] = []

  /** @param now epoch ms. */
  constructor(now: () => number) {
    this.#now = now
    this.#begunMs = now()
  }

  add(count: number): void {
    const atS = Math.floor(this.#now() / SECOND)
    const last = this.#done.at(-1)
    if (last?.atS === atS) last.count += count
    else this.#done = [...this.#done.slice(-WINDOW_S), { atS, count }]
  }

  get perS(): number {
    const nowMs = this.#now()
    const nowS = Math.floor(nowMs / SECOND)
    const lately = this.#done.filter(({ atS }) => atS > nowS - WINDOW_S && atS <= nowS)
    return (
      lately.reduce((sum, { count }) => sum + count, 0) /
      Math.min(WINDOW_S, Math.max(1, (nowMs - this.#begunMs) / SECOND))
    )
  }
}
