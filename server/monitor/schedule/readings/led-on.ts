/** Sites whose other pages are being visited at most: those behind an entrance, or within the home page. */
const MOST = 200
/** So many of them at one host, where one at a time has its turn: a portal with hundreds leaves places to others. */
const MOST_AT_HOST = 20

/** The places for sites whose other pages are to be visited, each of which waits for its host. */
export class LedOn {
  readonly #at = new Map<string, number>()
  #size = 0

  /**
   * Takes a place.
   * @param isAsked somebody waits for it: it always finds one.
   * @returns false when there is none.
   */
  enter(host: string, isAsked: boolean): boolean {
    const here = this.#at.get(host) ?? 0
    if (!isAsked && (this.#size >= MOST || here >= MOST_AT_HOST)) return false
    this.#at.set(host, here + 1)
    this.#size++
    return true
  }

  /** Gives a place back. */
  leave(host: string): void {
    const left = (this.#at.get(host) ?? 0) - 1
    if (left > 0) this.#at.set(host, left)
    else this.#at.delete(host)
    this.#size--
  }
}
