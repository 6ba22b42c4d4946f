import type { Cancel, Timers } from '../../base/clock.ts'

/** So long a visit waits at most for the others at its address: one that hangs must not starve its neighbours. */
const PATIENCE_MS = 5_000
const MAX_KNOWN = 200_000
/** Of a host that always has a visit waiting, one turn in so many goes to its other pages. */
const BESIDE_ONE_IN = 8

/** Who waits for the one that is under way at a host. */
interface Line {
  readonly visits: (() => void)[]
  readonly beside: (() => void)[]
  /** Visits made while other pages waited, since one of those had its turn. */
  ahead: number
}

/**
 * One visit at a time per host, always; and, as good manners towards machines that hold many sites, one at a time
 * per address while it answers. At a host visits that tell whether a site answers go before its other pages.
 */
export class VisitTurns {
  readonly #timers: Timers
  /** The line at each host that has one under way. */
  readonly #lines = new Map<string, Line>()
  /** The end of the last visit to each address that has one under way. */
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
   * @param isBeside it is to other pages than the home page, which wait for those.
   */
  async take(
    host: string,
    sharesAddress: boolean,
    visit: () => Promise<void>,
    isBeside = false,
  ): Promise<void> {
    await this.#enter(host, isBeside)
    try {
      const address = sharesAddress ? this.#addresses.get(host) : undefined
      await (address === undefined ? visit() : this.#atAddress(address, visit))
    } finally {
      this.#leave(host)
    }
  }

  #enter(host: string, isBeside: boolean): Promise<void> {
    const line = this.#lines.get(host)
    if (line) return new Promise((resolve) => (isBeside ? line.beside : line.visits).push(resolve))
    this.#lines.set(host, { visits: [], beside: [], ahead: 0 })
    return Promise.resolve()
  }

  #leave(host: string): void {
    const line = this.#lines.get(host)
    const next = line && nextOf(line)
    if (next) next()
    else this.#lines.delete(host)
  }

  #atAddress(address: string, visit: () => Promise<void>): Promise<void> {
    const before = this.#busy.get(address)
    const run = (async () => {
      if (before !== undefined) await atMost(before, PATIENCE_MS, this.#timers)
      await visit()
    })()
    this.#busy.set(address, run)
    const release = () => {
      if (this.#busy.get(address) === run) this.#busy.delete(address)
    }
    run.then(release, release)
    return run
  }
}

/** Whose turn it is now, out of the line. */
function nextOf(line: Line): (() => void) | undefined {
  const { visits, beside, ahead } = line
  const isBeside = visits.length === 0 || (beside.length > 0 && ahead >= BESIDE_ONE_IN - 1)
  line.ahead = isBeside || beside.length === 0 ? 0 : ahead + 1
  return (isBeside ? beside : visits).shift()
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
