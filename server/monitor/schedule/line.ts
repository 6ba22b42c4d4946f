import { MINUTE } from '../../../shared/base/time.ts'

/**
 * The guard looks back on this many visits at least, and on all of the last seconds where there are more: of the 280 visits that a
 * nation makes in a second, six misses in twenty would come about all the time while one site in ten is down.
 */
const LEAST_VISITS = 20
const LOOK_BACK_MS = 60_000
const ALL_OF_MS = 2_000
const MOST_VISITS = 1_000
/**
 * Of those, the share that fails newly and together and so speaks against the line rather than the sites: in a city where
 * one visit in a hundred is a new miss, six of twenty come about by chance once in centuries.
 */
const DOUBT_AT = 0.3
/** Few enough misses to trust the line again. */
const TRUST_AT = 0.2
/** Enough misses to ask the reference targets at once. */
const SUSPICIOUS_AT = 0.25
/** What is older is looked for so often; among few visits at each of them. */
const FORGET_MS = 1_000
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
  readonly #recent = new RecentVisits()
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
    if (this.#inDoubtSince === null) {
      if (this.#recent.isEnough && this.#recent.misses <= TRUST_AT * this.#recent.looked)
        this.#isBelieved = false
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
    this.#recent.notAfter(nowMs)
    this.#trustedSince = Math.min(this.#trustedSince, nowMs)
    if (this.#inDoubtSince !== null) this.#inDoubtSince = Math.min(this.#inDoubtSince, nowMs)
  }

  /** Nearly all of the last visits found an answer, and had begun since the doubt: those before say nothing of it. */
  #doSitesAnswer(sinceMs: number): boolean {
    const { began, answered } = this.#recent.since(sinceMs)
    return answered >= (1 - TRUST_AT) * Math.max(LEAST_VISITS, began)
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
    this.#isByReferences = isByReferences
  }

  #trust(nowMs: number): void {
    this.#inDoubtSince = null
    this.#trustedSince = nowMs
    this.#recent.forgetMisses()
  }
}

interface Visited extends Sighting {
  readonly endedMs: number
}

/** The last visits, one a site, in the order in which they ended. */
class RecentVisits {
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

  /** Visits that began after `sinceMs`, and those of them with an answer. */
  since(sinceMs: number): { began: number; answered: number } {
    const count = { began: 0, answered: 0 }
    for (const { missed, atMs } of this.#bySite.values()) {
      if (atMs <= sinceMs) continue
      count.began += 1
      if (!missed) count.answered += 1
    }
    return count
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
