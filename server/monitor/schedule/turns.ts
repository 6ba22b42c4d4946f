import type { Cancel, Timers } from '../../base/clock.ts'

/** So long a visit waits at most for the others at its address: one that hangs must not starve its neighbours. */
const PATIENCE_MS = 5_000
const MAX_KNOWN = 200_000

/**
 * One visit at a time per host, always; and, as good manners towards machines that hold many sites, one at a time
 * per address while it answers.
 */
export class VisitTurns {
  readonly #timers: Timers
  /** The end of the last visit to each host, and to each address, that has one under way. */
  readonly #busy = new Map<string, Promise<void>>()
  /** Where each host was found last. */
  readonly #addresses = new Map<string, string>()

  constructor(timers: Timers) {
    this.#timers = timers
  }

  /** Learns where a host is, from the visit that has just been made there. */
  learn(host: string, address: string | null): void {
    if (address === null) return
    if (this.#addresses.size >= MAX_KNOWN) this.#addresses.clear()
    this.#addresses.set(host, address)
  }

  /**
   * Makes a visit when it is its host's turn and its address's.
   * @param sharesAddress false for hosts of which it means nothing that they are at the same address.
   */
  take(host: string, sharesAddress: boolean, visit: () => Promise<void>): Promise<void> {
    const address = sharesAddress ? this.#addresses.get(host) : undefined
    const before = this.#busy.get(host)
    const beside = address === undefined ? undefined : this.#busy.get(`@${address}`)
    const run = (async () => {
      await before?.catch(() => {})
      if (beside !== undefined) await atMost(beside, PATIENCE_MS, this.#timers)
      await visit()
    })()
    this.#hold(host, run)
    if (address !== undefined) this.#hold(`@${address}`, run)
    return run
  }

  #hold(key: string, run: Promise<void>): void {
    this.#busy.set(key, run)
    const release = () => {
      if (this.#busy.get(key) === run) this.#busy.delete(key)
    }
    run.then(release, release)
  }
}

/** Waits for a visit, or until patience is at its end. */
function atMost(visit: Promise<void>, ms: number, timers: Timers): Promise<void> {
  return new Promise((resolve) => {
    const cancel: Cancel = timers.after(ms, resolve)
    const go = () => {
      cancel()
      resolve()
    }
    visit.then(go, go)
  })
}

/** What turns are taken at: host and port of an address, or the address where it is none. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    return url
  }
}
