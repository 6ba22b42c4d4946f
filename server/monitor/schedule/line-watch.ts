import { SECOND } from '../../../shared/base/time.ts'
import type { Cause, VisitResult } from '../../../shared/monitor/visit/probes.ts'
import type { Cancel, Timers } from '../../base/clock.ts'
import type { Prober } from '../visit/visit.ts'
import { LineGuard } from './line.ts'

/** The reference targets are asked this often, and more often while something is amiss. */
const ASK_MS = 15 * SECOND
const ASK_SOON_MS = 3 * SECOND
const TICK_MS = 500
/**
 * A doubt is acted on at once, and is an alarm once it has lasted so long: many are over within a second or two, when
 * the next sites answer.
 */
export const LASTS_MS = 5 * SECOND
/** A reference target that takes longer does not answer. */
const REFERENCE_DEADLINE_MS = 5 * SECOND

/** What the monitor thinks of its own line. */
export interface LineOpinion {
  /** Since when it has been in doubt (epoch ms), or null. */
  readonly inDoubtSince: number | null
  readonly evidence: { sites: number; asked?: number; answered?: number }
}

export interface LineWatchParts {
  /** URLs that have nothing to do with the sites and always answer; may be none. */
  readonly targets: readonly string[]
  readonly prober: Prober
  readonly now: () => number
  readonly timers: Timers
  /** The opinion has been formed, or has changed; a doubt is said again at each round. */
  readonly onOpinion: (opinion: LineOpinion) => void
}

const NOT_ASKED: ReadonlySet<Cause | null> = new Set(['refused_address', 'bad_url', 'no_ipv6'])

/** Whether anybody was asked: who may not be, and who cannot be without IPv6, says nothing of the line. */
export const wasAsked = ({ cause }: Pick<VisitResult, 'cause'>): boolean => !NOT_ASKED.has(cause)

/** Watches the monitor's own line: by what the sites do, and by targets that it asks itself. */
export class LineWatch {
  readonly #parts: LineWatchParts
  readonly #guard = new LineGuard()
  #said: number | null | undefined
  /** The doubt that was said to last. */
  #saidLasting: number | null = null
  #askedAt = Number.NEGATIVE_INFINITY
  /** A site has failed newly since the targets were asked: before it is blamed, they are asked again. */
  #hasMissed = false
  #asking: Promise<void> | null = null
  #cancel: Cancel | null = null

  constructor(parts: LineWatchParts) {
    this.#parts = parts
  }

  get inDoubtSince(): number | null {
    return this.#guard.inDoubtSince
  }

  /** Whether a visit that began at `atMs` (epoch ms) and has just ended fell into a doubt. */
  doubts(atMs: number): boolean {
    return this.#guard.doubts(atMs)
  }

  note(sighting: Parameters<LineGuard['note']>[0]): void {
    this.#guard.note(sighting, this.#parts.now())
    if (sighting.missed) this.#hasMissed = true
    this.#say(false)
  }

  start(): void {
    this.#cancel = this.#parts.timers.every(TICK_MS, () => this.#tick())
    this.#tick()
  }

  async stop(): Promise<void> {
    this.#cancel?.()
    await this.#asking
  }

  #tick(): void {
    this.#sayThatItLasts()
    if (this.#parts.targets.length === 0 || this.#asking !== null) return
    const isAmiss = this.#hasMissed || this.#guard.inDoubtSince !== null || this.#guard.isSuspicious
    // A clock that was set back makes the last time one that is to come.
    if (Math.abs(this.#parts.now() - this.#askedAt) < (isAmiss ? ASK_SOON_MS : ASK_MS)) return
    this.#asking = this.#ask().finally(() => {
      this.#asking = null
    })
  }

  async #ask(): Promise<void> {
    const { targets, prober, now, timers } = this.#parts
    const atMs = now()
    this.#askedAt = atMs
    this.#hasMissed = false
    const late = new AbortController()
    const cancel = timers.after(REFERENCE_DEADLINE_MS, () => late.abort())
    const answers = await Promise.all(
      targets.map((url) => prober.visit({ url, anew: true, signal: late.signal })),
    )
    cancel()
    const asked = answers.filter(({ result }) => wasAsked(result))
    // Any answer says that it is up.
    const answered = asked.filter(({ result }) => result.status !== null)
    this.#guard.noteReferences({ atMs, asked: asked.length, answered: answered.length }, now())
    this.#say(true)
  }

  #sayThatItLasts(): void {
    const since = this.#guard.inDoubtSince
    if (since === null || since === this.#saidLasting || this.#parts.now() - since < LASTS_MS) return
    this.#saidLasting = since
    this.#say(true)
  }

  #say(again: boolean): void {
    const { inDoubtSince, evidence } = this.#guard
    if (!this.#guard.isSettled || (inDoubtSince === this.#said && !(again && inDoubtSince !== null))) return
    this.#said = inDoubtSince
    this.#parts.onOpinion({ inDoubtSince, evidence })
  }
}
