import type { Visited } from '../monitor/visit/visited.ts'
import { isVisit, outcomeOf } from './steps/step.ts'

/** So many are remembered, the newest: more than a line can miss before it is doubted. */
const MOST = 20_000

/** A visit at which a site was missed. */
export interface Miss {
  readonly siteId: number
  /** Epoch ms. */
  readonly atMs: number
}

/**
 * Misses that this process has made and held against sites. A doubt of its line takes back these and no others: what another
 * monitor, whose line is well, has missed meanwhile is an outage.
 */
export class OwnMisses {
  readonly #most: number
  #known: Miss[] = []

  constructor(most = MOST) {
    this.#most = most
  }

  /** Takes note of a visit that is to be recorded: whether it was is not always known, as where the connection breaks. */
  note(visited: Visited): void {
    const { siteId, atMs, lineInDoubt, result } = visited
    if (!isVisit(visited) || lineInDoubt || outcomeOf(result) !== 'failed') return
    this.#known.push({ siteId, atMs })
    if (this.#known.length >= 2 * this.#most) this.#known = this.#known.slice(-this.#most)
  }

  /** Those since then (epoch ms). */
  since(sinceMs: number): readonly Miss[] {
    return this.#known.slice(-this.#most).filter(({ atMs }) => atMs >= sinceMs)
  }
}
