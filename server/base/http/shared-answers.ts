/** Answers that are remembered at once; who asks something else pushes the oldest out. */
const KEPT = 50

/**
 * Answers that take long, one at a time in this process, so that those who ask for little come in between; whoever asks
 * the same while it is fresh is given the same.
 */
export class SharedAnswers<T> {
  readonly #freshMs: number
  readonly #kept = new Map<string, { readonly askedMs: number; readonly answer: Promise<T> }>()
  #before: Promise<unknown> = Promise.resolve()

  constructor(freshMs: number) {
    this.#freshMs = freshMs
  }

  /** @param nowMs epoch ms, of the installation's clock */
  get(key: string, nowMs: number, compute: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key)
    if (kept && nowMs - kept.askedMs < this.#freshMs) return kept.answer
    const answer = this.#before.then(compute)
    this.#before = answer.catch(() => undefined)
    this.#kept.delete(key)
    this.#kept.set(key, { askedMs: nowMs, answer })
    // What failed is asked anew.
    answer.catch(() => this.#kept.get(key)?.answer === answer && this.#kept.delete(key))
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest)
    return answer
  }
}
