import type { Fact } from '../../../shared/base/facts.ts'
import { applyFact, type Board, encodeSite, type Snapshot } from '../../../shared/city/board.ts'
import { type Group, screenNames } from '../../register/divisions/area.ts'
import { MAX_MISSED } from '../sockets/limits.ts'
import { codesOf, factsFor, placeOf, type View } from '../sockets/rooms.ts'
import { encode, type Push } from '../sockets/wire.ts'
import { wordlessAlert, wordlessRectification } from '../sockets/wordless.ts'
import type { Loaded } from './load.ts'

/** Facts kept in memory for browsers that come back; whoever missed more gets a snapshot. */
const RING = 5_000
const RECENT = 40

/**
 * The board as it is now, and as clients are told of it. What clients get to begin with is written once for each view
 * and kept for all who ask: a whole board until the next pulse, which facts that came since follow.
 */
export class Boards {
  readonly #now: () => number
  #loaded: Loaded
  #ring: Fact[]
  readonly #snapshots = new Map<string, { seq: number; push: Push }>()
  readonly #caughtUp = new Map<string, Push | null>()

  constructor(loaded: Loaded, now: () => number) {
    this.#now = now
    this.#loaded = loaded
    this.#ring = loaded.recent
  }

  get board(): Board {
    return this.#loaded.board
  }

  get groups(): readonly Group[] {
    return this.#loaded.places.groups
  }

  /** Takes facts that were committed. @returns false when the board must be loaded again */
  take(facts: readonly Fact[]): boolean {
    let canFollow = true
    for (const fact of facts) canFollow = applyFact(this.board, fact) && canFollow
    this.#ring.push(...facts)
    if (this.#ring.length > RING) this.#ring = this.#ring.slice(-RING)
    this.#caughtUp.clear()
    return canFollow
  }

  /** What was loaded may be ahead of the facts that were taken, and what is kept of them must have no gap. */
  replace(loaded: Loaded): void {
    this.#loaded = loaded
    this.#ring = loaded.recent
    this.forget()
    this.#caughtUp.clear()
  }

  /** What is kept of snapshots is out of date by more than facts. */
  forget(): void {
    this.#snapshots.clear()
  }

  /** All that a client needs which hears `view`: a snapshot, and what has happened since it was made. */
  whole(view: View): Push[] {
    let kept = this.#snapshots.get(view.key)
    let after = kept ? this.since(view, kept.seq) : undefined
    if (!kept || after === null) {
      kept = { seq: this.board.seq, push: encode('snapshot', this.#snapshot(view)) }
      after = undefined
      this.#snapshots.set(view.key, kept)
    }
    return after ? [kept.push, ...after] : [kept.push]
  }

  /**
   * What has happened since `seq`, as at most one push; null when memory does not reach back to it, when it is of
   * another log, or when the whole board is less.
   */
  since(view: View, seq: number): Push[] | null {
    const missed = this.#factsSince(seq)
    if (missed === null) return null
    if (missed.length === 0) return []
    const key = `${seq} ${view.key}`
    let push = this.#caughtUp.get(key)
    if (push === undefined) {
      const facts = factsFor(view, missed, this.board)
      push = facts.length > 0 ? encode('facts', facts) : null
      this.#caughtUp.set(key, push)
    }
    return push ? [push] : []
  }

  #factsSince(since: number): Fact[] | null {
    const { seq } = this.board
    if (since > seq || seq - since > MAX_MISSED) return null
    if (since === seq) return []
    const first = this.#ring[0]
    if (!first || first.seq > since + 1) return null
    const facts = this.#ring.filter((fact) => fact.seq > since)
    return facts.some((fact) => fact.kind === 'register.changed') ? null : facts
  }

  #snapshot(view: View): Snapshot {
    const { board, platforms, places, installation, demo } = this.#loaded
    const districts = codesOf(places.groups, board)
    const sees = (one: { siteId: number | null; district: string | null }) =>
      view.includes(placeOf(board, one))
    const alerts = [...board.alerts.values()].filter(sees)
    const rectifications = [...board.rectifications.values()].filter(sees)
    return {
      seq: board.seq,
      at: new Date(this.#now()).toISOString(),
      demo,
      districts,
      ...screenNames(places),
      installation,
      platforms,
      sites: [...board.sites.values()]
        .filter((s) => view.includes({ ...s, siteId: s.id }))
        .map((s) => encodeSite(s, districts)),
      alerts: view.isWordless ? alerts.map(wordlessAlert) : alerts,
      rectifications: view.isWordless ? rectifications.map(wordlessRectification) : rectifications,
      tally: [...board.tally]
        .filter(([siteId]) => sees({ siteId, district: board.sites.get(siteId)?.district ?? null }))
        .map(([id, { raised, closed }]) => [id, raised, closed]),
      missed: [...board.missed].filter(([, siteId]) =>
        sees({ siteId, district: board.sites.get(siteId)?.district ?? null }),
      ),
      recent: factsFor(view, this.#ring.slice(-RECENT), board),
    }
  }
}
