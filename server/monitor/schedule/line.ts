import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { LEAST_VISITS, RecentVisits, type Sighting, SitesSince } from './line-visits.ts'

/**
 * Of the last visits, the share that fails newly and together and so speaks against the line rather than the sites: in a city where
 * one visit in a hundred is a new miss, six of twenty come about by chance once in centuries.
 */
const DOUBT_AT = 0.3
/** Few enough misses to trust the line again. */
const TRUST_AT = 0.2
/** Enough misses to ask the reference targets at once. */
const SUSPICIOUS_AT = 0.25
/** One hosting platform that fails takes many sites with it; several at once are the line. */
const DISTINCT_PLATFORMS = 3
/** All references must answer so often in a row, or most of them so often, before the line is trusted again. */
const ALL_ROUNDS = 3
const MOST_ROUNDS = 10
/** What fails for so long while other sites or the references answer is believed to fail. */
const BELIEVE_AFTER_MS = 15 * MINUTE
/** Fewer sites than these say something only when all that there are have been visited: that takes the longest interval at most. */
const LEAST_SITES = 5
const ALL_SEEN_AFTER_MS = HOUR

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
 * believed. Sites that answer are the better witnesses: references that fail meanwhile are not believed. Where too
 * few sites are visited in a minute to say so, what they do for long says it. A doubt that others than the failing
 * sites contradict all the time does not last for ever.
 */
export class LineGuard {
  readonly #recent = new RecentVisits()
  /** What sites did since the doubt began, or the line was trusted again. */
  readonly #seen = new SitesSince()
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
    return this.#inDoubtSince !== null || this.#round !== null || this.#recent.isEnough
  }

  /** Misses pile up: a good time to ask the reference targets. */
  get isSuspicious(): boolean {
    return this.#recent.misses >= SUSPICIOUS_AT * this.#recent.looked
  }

  /** What speaks against the line. */
  get evidence(): { sites: number; asked?: number; answered?: number } {
    const { asked, answered } = this.#round ?? { asked: 0, answered: 0 }
    return { sites: this.#recent.misses, ...(asked > 0 && { asked, answered }) }
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
    this.#recent.add(sighting, nowMs)
    // One that had begun before says nothing of what is since.
    if (sighting.atMs > (this.#inDoubtSince ?? this.#trustedSince)) this.#seen.add(sighting)
    if (this.#inDoubtSince !== null) this.#weigh(this.#inDoubtSince, nowMs)
    else {
      if (this.#isBelieved && this.#areFewMissed()) this.#isBelieved = false
      if (this.#isMassFailure()) this.#doubt(false)
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
    this.#recent.notAfter(nowMs)
    this.#trustedSince = Math.min(this.#trustedSince, nowMs)
    if (this.#inDoubtSince !== null) this.#inDoubtSince = Math.min(this.#inDoubtSince, nowMs)
  }

  /** Whether what the sites did since the doubt began ends it. */
  #weigh(sinceMs: number, nowMs: number): void {
    const forMs = nowMs - sinceMs
    if (this.#doSitesAnswer(sinceMs, forMs)) {
      this.#areReferencesDead = this.#doReferencesFail()
      this.#trust(nowMs)
    } else if (forMs >= BELIEVE_AFTER_MS && this.#isContradicted()) {
      this.#isBelieved = true
      this.#trust(nowMs)
    }
  }

  /** Nearly all of the last visits that began in the doubt found an answer, and they are no few, or it has been so for long. */
  #doSitesAnswer(sinceMs: number, forMs: number): boolean {
    const { began, answered } = this.#recent.since(sinceMs)
    if (answered < (1 - TRUST_AT) * began) return false
    if (answered >= (1 - TRUST_AT) * LEAST_VISITS) return true
    return forMs >= BELIEVE_AFTER_MS && this.#doSeenAnswer(forMs >= ALL_SEEN_AFTER_MS ? 1 : LEAST_SITES)
  }

  /** So do nearly all sites that were visited since, each once: not a few of them again and again. */
  #doSeenAnswer(leastSites: number): boolean {
    const { visits, size, misses } = this.#seen
    return visits >= LEAST_VISITS && size >= leastSites && misses <= TRUST_AT * size
  }

  /** Failures have come to an end; misses from before the line was trusted are forgotten, so what answered then says nothing. */
  #areFewMissed(): boolean {
    const { began, answered } = this.#recent.since(this.#trustedSince)
    return (began >= LEAST_VISITS && answered >= (1 - TRUST_AT) * began) || this.#doSeenAnswer(LEAST_SITES)
  }

  #doReferencesFail(): boolean {
    return this.#round !== null && this.#round.answered * 2 < this.#round.asked
  }

  #doAllAnswer(): boolean {
    return this.#round !== null && this.#round.asked > 0 && this.#round.answered === this.#round.asked
  }

  /** References that answer, or a fifth of the last visits, although the line is in doubt for what others do. */
  #isContradicted(): boolean {
    const { answered, looked } = this.#recent
    const areAway = this.#doReferencesFail()
    return !areAway && (this.#doAllAnswer() || answered * 5 >= looked)
  }

  #isMassFailure(): boolean {
    if (this.#isBelieved) return false
    const { misses, platforms, answered } = this.#recent
    if (misses < DOUBT_AT * this.#recent.looked || platforms < DISTINCT_PLATFORMS) return false
    return !this.#doAllAnswer() || misses > answered
  }

  #doubt(isByReferences: boolean): void {
    const asked = isByReferences && this.#round ? this.#round.atMs : Number.POSITIVE_INFINITY
    this.#inDoubtSince = Math.min(this.#recent.firstMissMs, asked)
    this.#seen.begin(this.#recent.begunAfter(this.#inDoubtSince))
    this.#isByReferences = isByReferences
  }

  #trust(nowMs: number): void {
    this.#inDoubtSince = null
    this.#trustedSince = nowMs
    this.#recent.forgetMisses()
    this.#seen.begin([])
  }
}
