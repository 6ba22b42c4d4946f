/** Visits that the guard looks back on. */
const LOOK_BACK = 20
const LOOK_BACK_MS = 60_000
/** Of those, this many that fail newly and together speak against the line rather than the sites. */
const DOUBT_AT = 10
/** Few enough misses to trust the line again. */
const TRUST_AT = 4
/** Enough misses to ask the reference targets at once. */
const SUSPICIOUS_AT = 5
/** One hosting platform that fails takes many sites with it; several at once are the line. */
const DISTINCT_PLATFORMS = 3

interface Sighting {
  readonly siteId: number
  readonly atMs: number
  readonly missed: boolean
  readonly platform: string
}

/** One round of asking the reference targets. */
export interface ReferenceRound {
  readonly atMs: number
  readonly asked: number
  readonly answered: number
}

/**
 * The mass-failure guard: when many unrelated sites that were well fail in the same minute, the monitor's own
 * line is in doubt and nobody is blamed. Reference targets, which have nothing to do with the sites, settle it:
 * if most of them fail, the line is in doubt at once; if they answer, as most sites do, the failures are
 * believed. Sites that answer are the better witnesses: references that fail meanwhile are not believed.
 */
export class LineGuard {
  #recent: Sighting[] = []
  #inDoubtSince: number | null = null
  #trustedSince = Number.NEGATIVE_INFINITY
  #round: ReferenceRound | null = null
  /** They failed while the sites answered, and have not answered since. */
  #areReferencesDead = false
  #isByReferences = false

  /** Since when the line has been in doubt (epoch ms), or null. */
  get inDoubtSince(): number | null {
    return this.#inDoubtSince
  }

  /** The line has been looked at enough to say anything of it. */
  get isSettled(): boolean {
    return this.#inDoubtSince !== null || this.#round !== null || this.#recent.length >= LOOK_BACK
  }

  /** Misses pile up: a good time to ask the reference targets. */
  get isSuspicious(): boolean {
    return this.#misses().length >= SUSPICIOUS_AT
  }

  /** What speaks against the line. */
  get evidence(): { sites: number; asked?: number; answered?: number } {
    const { asked, answered } = this.#round ?? { asked: 0, answered: 0 }
    return { sites: this.#misses().length, ...(asked > 0 && { asked, answered }) }
  }

  /** Whether a visit that began at `atMs` and ends now fell, wholly or in part, into a doubt. */
  doubts(atMs: number): boolean {
    return this.#inDoubtSince !== null || atMs < this.#trustedSince
  }

  /**
   * Takes note of a site's visit. Sites that were down already say nothing about the line and are left out.
   * @param sighting `platform`: what the site is hosted on; its own host name if nothing is known.
   * @param nowMs when the visit ended (epoch ms).
   */
  note(sighting: Sighting, nowMs = sighting.atMs): void {
    const oldest = sighting.atMs - LOOK_BACK_MS
    const before = this.#recent.find((one) => one.siteId === sighting.siteId && one.atMs >= oldest)
    this.#recent = this.#recent.filter((one) => one.siteId !== sighting.siteId && one.atMs >= oldest)
    // A site that goes on failing has failed since its first miss: a doubt reaches back to that.
    const atMs = before?.missed && sighting.missed ? before.atMs : sighting.atMs
    this.#recent.push({ ...sighting, atMs })
    if (this.#recent.length > LOOK_BACK) this.#recent.shift()
    if (this.#inDoubtSince === null) {
      if (this.#isMassFailure()) this.#doubt(false)
    } else if (this.#recent.length >= LOOK_BACK && this.#misses().length <= TRUST_AT) {
      this.#areReferencesDead = this.#doReferencesFail()
      this.#trust(nowMs)
    }
  }

  /** Takes note of what the reference targets answered. */
  noteReferences(round: ReferenceRound): void {
    this.#round = round
    if (round.asked === 0) return
    if (this.#doReferencesFail()) {
      if (this.#inDoubtSince !== null) this.#isByReferences = true
      else if (!this.#areReferencesDead) this.#doubt(true)
      return
    }
    this.#areReferencesDead = false
    // What failed before they answered again says nothing any more.
    if (this.#inDoubtSince !== null && this.#isByReferences) this.#trust(round.atMs)
  }

  #misses(): Sighting[] {
    return this.#recent.filter((one) => one.missed)
  }

  #doReferencesFail(): boolean {
    return this.#round !== null && this.#round.answered * 2 < this.#round.asked
  }

  #isMassFailure(): boolean {
    const missed = this.#misses()
    const platforms = new Set(missed.map((one) => one.platform))
    if (missed.length < DOUBT_AT || platforms.size < DISTINCT_PLATFORMS) return false
    const areHealthy = this.#round !== null && this.#round.asked > 0 && !this.#doReferencesFail()
    return !areHealthy || missed.length * 2 > this.#recent.length
  }

  #doubt(isByReferences: boolean): void {
    const began = this.#misses().map((one) => one.atMs)
    this.#inDoubtSince = Math.min(...began, ...(isByReferences && this.#round ? [this.#round.atMs] : []))
    this.#isByReferences = isByReferences
  }

  #trust(nowMs: number): void {
    this.#inDoubtSince = null
    this.#trustedSince = nowMs
    this.#recent = this.#recent.filter((one) => !one.missed)
  }
}
