import type { Cancel, Timers } from '../../base/clock.ts'

/**
 * So long a visit waits at most for the others at its address: one that hangs must not starve its neighbours. And so long a visit is
 * reckoned to take, by which an address is given so many side by side that all its sites have their turn within an interval.
 */
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

/** The visits at an address. */
interface Crowd {
  underWay: number
  /** What lets each of those begin that wait, the first one first. */
  readonly waiting: Set<() => void>
}

/**
 * One visit at a time per host, always; and, as good manners towards machines that hold many sites, one at a time
 * per address while it answers, or a small part of its sites where they are many. At a host visits that tell whether a site answers go
 * before its other pages.
 */
export class VisitTurns {
  readonly #timers: Timers
  readonly #everyMs: number
  /** The line at each host that has one under way. */
  readonly #lines = new Map<string, Line>()
  /** Who is at each address that has a visit under way. */
  readonly #crowds = new Map<string, Crowd>()
  /** Where each host was found last. */
  readonly #addresses = new Map<string, string>()
  /** How many hosts were found at each address. */
  readonly #hosts = new Map<string, number>()

  /** @param everyMs the usual time between two visits to a site. */
  constructor(timers: Timers, everyMs: number) {
    this.#timers = timers
    this.#everyMs = everyMs
  }

  /** Visits that wait for their host; what else waits there is not counted. */
  get waitingAtHosts(): number {
    return sumOf(this.#lines.values(), ({ visits }) => visits.length)
  }

  /** Visits, also to other pages, whose turn it is at their host, and which wait for others at their address. */
  get waitingAtAddresses(): number {
    return sumOf(this.#crowds.values(), ({ waiting }) => waiting.size)
  }

  /** Learns where a host is, from the visit that has just been made there. */
  learn(host: string, address: string | null): void {
    const before = this.#addresses.get(host)
    if (address === null || address === before) return
    if (before !== undefined) this.#count(before, -1)
    else if (this.#addresses.size >= MAX_KNOWN) {
      this.#addresses.clear()
      this.#hosts.clear()
    }
    this.#addresses.set(host, address)
    this.#count(address, 1)
  }

  #count(address: string, more: 1 | -1): void {
    const hosts = (this.#hosts.get(address) ?? 0) + more
    if (hosts > 0) this.#hosts.set(address, hosts)
    else this.#hosts.delete(address)
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

  async #atAddress(address: string, visit: () => Promise<void>): Promise<void> {
    const crowd = this.#crowds.get(address) ?? { underWay: 0, waiting: new Set() }
    this.#crowds.set(address, crowd)
    if (crowd.underWay < this.#sideBySide(address)) crowd.underWay++
    else await this.#wait(crowd)
    try {
      await visit()
    } finally {
      this.#goFrom(address, crowd)
    }
  }

  /** How many may be under way at an address. */
  #sideBySide(address: string): number {
    return Math.max(1, Math.ceil(((this.#hosts.get(address) ?? 0) * PATIENCE_MS) / this.#everyMs))
  }

  /** Waits in line, or until patience is at its end. */
  #wait(crowd: Crowd): Promise<void> {
    return new Promise((resolve) => {
      const begin = () => {
        cancel()
        crowd.waiting.delete(begin)
        crowd.underWay++
        resolve()
      }
      const cancel: Cancel = this.#timers.after(PATIENCE_MS, begin)
      crowd.waiting.add(begin)
    })
  }

  #goFrom(address: string, crowd: Crowd): void {
    crowd.underWay--
    for (const begin of crowd.waiting) {
      if (crowd.underWay >= this.#sideBySide(address)) break
      begin()
    }
    if (crowd.underWay === 0) this.#crowds.delete(address)
  }
}

/** Whose turn it is now, out of the line. */
function nextOf(line: Line): (() => void) | undefined {
  const { visits, beside, ahead } = line
  const isBeside = visits.length === 0 || (beside.length > 0 && ahead >= BESIDE_ONE_IN - 1)
  line.ahead = isBeside || beside.length === 0 ? 0 : ahead + 1
  return (isBeside ? beside : visits).shift()
}

function sumOf<T>(all: Iterable<T>, count: (one: T) => number): number {
  let sum = 0
  for (const one of all) sum += count(one)
  return sum
}

/** What turns are taken at: host and port of an address, or the address where it is none. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    return url
  }
}
