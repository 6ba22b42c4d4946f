import { MAX_OF_PERSON, MAX_VIEWS_OF_PERSON } from './limits.ts'

/** Connections by person, and what each of them hears. */
export class People<S> {
  readonly #sockets = new Map<string, Set<S>>()
  readonly #views = new Map<string, Map<string, number>>()

  /** @returns false when the person has as many connections as one may have */
  enter(who: string, socket: S): boolean {
    const sockets = this.#sockets.get(who) ?? new Set()
    if (sockets.size >= MAX_OF_PERSON) return false
    this.#sockets.set(who, sockets.add(socket))
    return true
  }

  leave(who: string, socket: S): void {
    const sockets = this.#sockets.get(who)
    sockets?.delete(socket)
    if (sockets?.size === 0) this.#sockets.delete(who)
  }

  /** Whether the person's connection may change from one view to another: whoever hears as many as one may, hears no more. */
  mayHear(who: string, before: string | null, now: string): boolean {
    const views = this.#views.get(who)
    if (!views || before === now || views.has(now) || views.size < MAX_VIEWS_OF_PERSON) return true
    return before !== null && views.get(before) === 1
  }

  /**
   * The person's connection changes from one view to another; `null` is none.
   * @returns false when the person hears as many different sets of rooms as one may
   */
  hear(who: string, before: string | null, now: string | null): boolean {
    if (before === now) return true
    if (now !== null && !this.mayHear(who, before, now)) return false
    const views = this.#views.get(who) ?? new Map<string, number>()
    if (before !== null) add(views, before, -1)
    if (now !== null) add(views, now, 1)
    if (views.size > 0) this.#views.set(who, views)
    else this.#views.delete(who)
    return true
  }
}

function add(views: Map<string, number>, key: string, n: 1 | -1): void {
  const left = (views.get(key) ?? 0) + n
  if (left > 0) views.set(key, left)
  else views.delete(key)
}
