/** Visits that the guard looks back on. */
const LOOK_BACK = 20
const LOOK_BACK_MS = 60_000
/** Of those, this many that fail newly and together speak against the line rather than the sites. */
const DOUBT_AT = 10
/** Few enough misses to trust the line again. */
const TRUST_AT = 4
/** One hosting platform that fails takes many sites with it; several at once are the line. */
const DISTINCT_PLATFORMS = 3

interface Sighting {
  readonly siteId: number
  readonly atMs: number
  readonly missed: boolean
  readonly platform: string
}

/**
 * The mass-failure guard: when many unrelated sites that were well fail in the same minute, the monitor's own
 * line is in doubt and nobody is blamed.
 */
export class LineGuard {
  #recent: Sighting[] = []
  #inDoubtSince: number | null = null

  /** Since when the line has been in doubt (epoch ms), or null. */
  get inDoubtSince(): number | null {
    return this.#inDoubtSince
  }

  /**
   * Takes note of a site's visit. Sites that were down already say nothing about the line and are left out.
   * @param platform what the site is hosted on; its own host name if nothing is known.
   */
  note(sighting: Sighting): void {
    const oldest = sighting.atMs - LOOK_BACK_MS
    this.#recent = this.#recent.filter((one) => one.siteId !== sighting.siteId && one.atMs >= oldest)
    this.#recent.push(sighting)
    if (this.#recent.length > LOOK_BACK) this.#recent.shift()
    const missed = this.#recent.filter((one) => one.missed)
    if (this.#inDoubtSince === null) {
      const platforms = new Set(missed.map((one) => one.platform))
      if (missed.length >= DOUBT_AT && platforms.size >= DISTINCT_PLATFORMS) {
        this.#inDoubtSince = Math.min(...missed.map((one) => one.atMs))
      }
    } else if (this.#recent.length >= LOOK_BACK && missed.length <= TRUST_AT) {
      this.#inDoubtSince = null
    }
  }
}
