import { MINUTE } from '../../../shared/base/time.ts'

/** Visits that the guard looks back on. */
const LOOK_BACK = 20
const LOOK_BACK_MS = 60_000
/**
 * Of those, this many that fail newly and together speak against the line rather than the sites: in a city where
 * one visit in a hundred is a new miss, chance alone does that once in centuries.
 */
const DOUBT_AT = 6
/** Few enough misses to trust the line again. */
const TRUST_AT = 4
/** Enough misses to ask the reference targets at once. */
const SUSPICIOUS_AT = 5
/** One hosting platform that fails takes many sites with it; several at once are the line. */
const DISTINCT_PLATFORMS = 3
/** All references must answer so often in a row, or most of them so often, before the line is trusted again. */
const ALL_ROUNDS = 3
const MOST_ROUNDS = 10
/** What fails for so long while other sites or the references answer is believed to fail. */
const BELIEVE_AFTER_MS = 15 * MINUTE

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
 * if most of them fail, the line is in doubt at once; if all of them answer, as most sites do, the failures are
 * believed. Sites that answer are the better witnesses: references that fail meanwhile are not believed. A doubt
 * that others than the failing sites contradict all the time does not last for ever.
 */
export class LineGuard {
  #recent: Sighting[] = []
  #inDoubtSince: number | null = null
  #trustedSince = Number.NEGATIVE_INFINITY
  #round: ReferenceRound | null = null
  /** They failed while the sites answered, and have not answered since. */
  #areReferencesDead = false
  #isByReferences = false
  /** Rounds in a row in which all references answered, and in which most did. */
  #allRounds = 0
  #mostRounds = 0
  /** Failures that were doubted for long are believed until they have come to an end. */
  #isBelieved = false

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
    this.#notAfter(nowMs)
    // It began while the line was in doubt: its miss has been written off with the doubt.
    if (sighting.missed && sighting.atMs < this.#trustedSince) return
    const oldest = sighting.atMs - LOOK_BACK_MS
    this.#recent = this.#recent.filter((one) => one.atMs >= oldest)
    const before = this.#recent.find((one) => one.siteId === sighting.siteId)
    this.#recent = this.#recent.filter((one) => one !== before)
    // A site that goes on failing has failed since its first miss: a doubt reaches back to that.
    const atMs = before?.missed && sighting.missed ? before.atMs : sighting.atMs
    this.#recent.push({ ...sighting, atMs })
    if (this.#recent.length > LOOK_BACK) this.#recent.shift()
    if (this.#inDoubtSince === null) {
      if (this.#recent.length >= LOOK_BACK && this.#misses().length <= TRUST_AT) this.#isBelieved = false
      if (this.#isMassFailure()) this.#doubt(false)
    } else if (this.#doSitesAnswer(this.#inDoubtSince)) {
      this.#areReferencesDead = this.#doReferencesFail()
      this.#trust(nowMs)
    } else if (nowMs - this.#inDoubtSince >= BELIEVE_AFTER_MS && this.#isContradicted()) {
      this.#isBelieved = true
      this.#trust(nowMs)
    }
  }

  /**
   * Takes note of what the reference targets answered.
   * @param nowMs when the last of them had (epoch ms).
   */
  noteReferences(round: ReferenceRound, nowMs = round.atMs): void {
    this.#notAfter(nowMs)
    this.#round = round
    if (round.asked === 0) return
    this.#allRounds = this.#doAllAnswer() ? this.#allRounds + 1 : 0
    this.#mostRounds = this.#doReferencesFail() ? 0 : this.#mostRounds + 1
    if (this.#mostRounds === 0) {
      if (this.#inDoubtSince !== null) this.#isByReferences = true
      else if (!this.#areReferencesDead) this.#doubt(true)
      return
    }
    this.#areReferencesDead = false
    if (this.#inDoubtSince === null || !this.#isByReferences) return
    // Half a line lets them through now and then. What failed before they answered says nothing any more.
    if (this.#allRounds >= ALL_ROUNDS || this.#mostRounds >= MOST_ROUNDS) this.#trust(round.atMs)
  }

  /** A clock that was set back leaves nothing behind that is yet to come. */
  #notAfter(nowMs: number): void {
    this.#recent = this.#recent.filter((one) => one.atMs <= nowMs)
    this.#trustedSince = Math.min(this.#trustedSince, nowMs)
    if (this.#inDoubtSince !== null) this.#inDoubtSince = Math.min(this.#inDoubtSince, nowMs)
  }

  #misses(): Sighting[] {
    return this.#recent.filter((one) => one.missed)
  }

  /** Nearly all of the last visits found an answer, and had begun since the doubt: those before say nothing of it. */
  #doSitesAnswer(sinceMs: number): boolean {
    const answered = this.#recent.filter((one) => !one.missed && one.atMs > sinceMs)
    return answered.length >= LOOK_BACK - TRUST_AT
  }

  #doReferencesFail(): boolean {
    return this.#round !== null && this.#round.answered * 2 < this.#round.asked
  }

  #doAllAnswer(): boolean {
    return this.#round !== null && this.#round.asked > 0 && this.#round.answered === this.#round.asked
  }

  /** References that answer, or a fifth of the last visits, although the line is in doubt for what others do. */
  #isContradicted(): boolean {
    const answered = this.#recent.filter((one) => !one.missed)
    const areAway = this.#doReferencesFail()
    return !areAway && (this.#doAllAnswer() || answered.length * 5 >= LOOK_BACK)
  }

  #isMassFailure(): boolean {
    if (this.#isBelieved) return false
    const missed = this.#misses()
    const platforms = new Set(missed.map((one) => one.platform))
    if (missed.length < DOUBT_AT || platforms.size < DISTINCT_PLATFORMS) return false
    return !this.#doAllAnswer() || missed.length * 2 > this.#recent.length
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
