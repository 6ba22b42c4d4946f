/**
 * The guard looks back on this many visits at least, and on all of the last seconds where there are more: of the 280 visits that a
 * nation makes in a second, six misses in twenty would come about all the time while one site in ten is down.
 */
export const LEAST_VISITS = 20
const LOOK_BACK_MS = 60_000
const ALL_OF_MS = 2_000
const MOST_VISITS = 1_000
/** What is older is looked for so often; among few visits at each of them. */
const FORGET_MS = 1_000

/** A visit, as the guard of the line is told of it. */
export interface Sighting {
  readonly siteId: number
  /** When it began (epoch ms). */
  readonly atMs: number
  readonly missed: boolean
  /** What the site is hosted on; its own host name if nothing is known. */
  readonly platform: string
}

interface Visited extends Sighting {
  readonly endedMs: number
}

/** The last visits, one a site, in the order in which they ended. */
export class RecentVisits {
  readonly #bySite = new Map<number, Visited>()
  /** How many of the misses are of each platform. */
  readonly #platforms = new Map<string, number>()
  #misses = 0
  #forgotMs = Number.NEGATIVE_INFINITY
  #latestMs = Number.NEGATIVE_INFINITY

  get misses(): number {
    return this.#misses
  }

  get answered(): number {
    return this.#bySite.size - this.#misses
  }

  /** Platforms among the misses. */
  get platforms(): number {
    return this.#platforms.size
  }

  /** Visits that shares are taken of. */
  get looked(): number {
    return Math.max(LEAST_VISITS, this.#bySite.size)
  }

  get isEnough(): boolean {
    return this.#bySite.size >= LEAST_VISITS
  }

  /** When the first of the visits began that missed (epoch ms); without any, Infinity. */
  get firstMissMs(): number {
    let first = Number.POSITIVE_INFINITY
    for (const { missed, atMs } of this.#bySite.values()) if (missed) first = Math.min(first, atMs)
    return first
  }

  /** How many visits began after `sinceMs`, and how many of them found an answer. */
  since(sinceMs: number): { began: number; answered: number } {
    const count = { began: 0, answered: 0 }
    for (const { missed, atMs } of this.#bySite.values()) {
      if (atMs <= sinceMs) continue
      count.began += 1
      if (!missed) count.answered += 1
    }
    return count
  }

  /** The visits that began after `sinceMs` (epoch ms). */
  begunAfter(sinceMs: number): readonly Sighting[] {
    return [...this.#bySite.values()].filter(({ atMs }) => atMs > sinceMs)
  }

  add(sighting: Sighting, nowMs: number): void {
    if (this.#bySite.size <= LEAST_VISITS || nowMs - this.#forgotMs >= FORGET_MS) {
      this.#forgotMs = nowMs
      this.#forget(({ atMs }) => atMs < sighting.atMs - LOOK_BACK_MS)
    }
    const before = this.#bySite.get(sighting.siteId)
    if (before) this.#drop(before)
    // A site that goes on failing has failed since its first miss: a doubt reaches back to that.
    const atMs = before?.missed && sighting.missed ? before.atMs : sighting.atMs
    this.#bySite.set(sighting.siteId, { ...sighting, atMs, endedMs: nowMs })
    this.#latestMs = Math.max(this.#latestMs, sighting.atMs, nowMs)
    if (sighting.missed) this.#countMiss(sighting.platform, 1)
    for (const first of this.#bySite.values()) {
      const size = this.#bySite.size
      if (size <= LEAST_VISITS || (size <= MOST_VISITS && nowMs - first.endedMs < ALL_OF_MS)) break
      this.#drop(first)
    }
  }

  notAfter(nowMs: number): void {
    if (nowMs >= this.#latestMs) return
    this.#latestMs = nowMs
    this.#forgotMs = Math.min(this.#forgotMs, nowMs)
    this.#forget(({ atMs, endedMs }) => atMs > nowMs || endedMs > nowMs)
  }

  forgetMisses(): void {
    this.#forget(({ missed }) => missed)
  }

  #forget(is: (one: Visited) => boolean): void {
    for (const one of this.#bySite.values()) if (is(one)) this.#drop(one)
  }

  #drop(one: Visited): void {
    this.#bySite.delete(one.siteId)
    if (one.missed) this.#countMiss(one.platform, -1)
  }

  #countMiss(platform: string, more: number): void {
    const now = (this.#platforms.get(platform) ?? 0) + more
    this.#misses += more
    if (now > 0) this.#platforms.set(platform, now)
    else this.#platforms.delete(platform)
  }
}

/**
 * The last visit to each site since an instant, however long ago that is: of so many sites, the newest. Where more than these are
 * visited in an hour, which is the longest interval, the last minute says enough.
 */
export class SitesSince {
  readonly #missed = new Map<number, boolean>()
  #misses = 0
  #visits = 0

  /** Sites that were visited. */
  get size(): number {
    return this.#missed.size
  }

  /** Sites that were missed at their last visit. */
  get misses(): number {
    return this.#misses
  }

  /** Visits, of which several may be of one site. */
  get visits(): number {
    return this.#visits
  }

  /** Begins anew, with these. */
  begin(visits: readonly Sighting[]): void {
    this.#missed.clear()
    this.#misses = 0
    this.#visits = 0
    for (const visit of visits) this.add(visit)
  }

  add({ siteId, missed }: Sighting): void {
    this.#visits += 1
    this.#drop(siteId)
    this.#missed.set(siteId, missed)
    if (missed) this.#misses += 1
    const [oldest] = this.#missed.keys()
    if (oldest !== undefined && this.#missed.size > MOST_VISITS) this.#drop(oldest)
  }

  #drop(siteId: number): void {
    if (this.#missed.get(siteId)) this.#misses -= 1
    this.#missed.delete(siteId)
  }
}
