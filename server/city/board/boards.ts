import type { Fact } from '../../../shared/base/facts.ts'
import { groupBy } from '../../../shared/base/lists/group.ts'
import { localDay } from '../../../shared/base/time.ts'
import { applyFact, type Board } from '../../../shared/city/board.ts'
import type { LevelFigures } from '../../../shared/city/level.ts'
import type { Located } from '../../../shared/people/rights/rights.ts'
import type { Group } from '../../register/divisions/area.ts'
import type { PlaceTree } from '../levels/places.ts'
import { MAX_MISSED } from '../sockets/limits.ts'
import { factsFor, type Known, type View } from '../sockets/rooms.ts'
import { encode, type Push } from '../sockets/wire.ts'
import { figuresOf } from './figures.ts'
import { Kept, type Written } from './kept.ts'
import type { Loaded } from './load.ts'
import { hasMany, snapshotOf } from './snapshot.ts'

/** Facts kept in memory for browsers that come back; whoever missed more gets a snapshot. */
const RING = 5_000
const RECENT = 40
/** More facts than this at once are more than the whole of a board without sites. */
const MOST_AT_ONCE = 60
/** Alerts and rectifications of a board without sites are counted so often at most (ms). */
const FIGURES_MS = 2_000
/** The cause of a site that is not measured in time. */
const OVERDUE = 'stalled'

/**
 * The board as it is now, and as clients are told of it. What clients get to begin with is written once for each view
 * and kept for all who ask: a whole board until the next pulse, which facts that came since follow.
 */
export class Boards implements Known {
  readonly #now: () => number
  /** The sites of each unit; null: to be looked through again. */
  #ofUnits: Map<number, Located[]> | null = null
  #loaded: Loaded
  #ring: Fact[]
  #loadedOn: string
  #overdue: number
  /** Who says a number before this one may mean a fact of a log that went back. */
  #ownFrom = 0
  readonly #snapshots = new Kept<Written & { readonly seq: number; readonly push: Push }>()
  readonly #caughtUp = new Kept<Written>()
  readonly #many = new Map<string, boolean>()
  readonly #figures = new Map<string, { atMs: number; figures: LevelFigures }>()

  constructor(loaded: Loaded, now: () => number) {
    this.#now = now
    this.#loaded = loaded
    this.#ring = loaded.recent
    this.#loadedOn = localDay(now())
    this.#overdue = overdueOf(loaded.board)
  }

  get board(): Board {
    return this.#loaded.board
  }

  /** Up to which fact of the log it was loaded. */
  get loadedTo(): { seq: number; mark: string | null } {
    return this.#loaded.upTo
  }

  get groups(): readonly Group[] {
    return this.#loaded.places.groups
  }

  get area(): string | null {
    return this.#loaded.places.area?.code ?? null
  }

  get tree(): PlaceTree {
    return this.#loaded.tree
  }

  /** Sites that are not measured in time. */
  get overdue(): number {
    return this.#overdue
  }

  sitesOf(unitId: number): readonly Located[] {
    this.#ofUnits ??= byUnit(this.board)
    return this.#ofUnits.get(unitId) ?? []
  }

  /**
   * Takes facts that were committed, up to the first that it cannot follow: until the board is loaded again it says that it has
   * those before, and no more, to whoever comes and in each pulse.
   * @returns false when the board must be loaded again
   */
  take(facts: readonly Fact[]): boolean {
    const end = facts.findIndex(({ kind, seq }) => kind === 'register.changed' && seq > this.board.seq)
    const taken = end < 0 ? facts : facts.slice(0, end)
    // What is counted of the last days goes by the day on which it was loaded.
    let canFollow = end < 0 && localDay(this.#now()) === this.#loadedOn
    for (const fact of taken) {
      const was = this.#isOverdue(fact.siteId)
      canFollow = applyFact(this.board, fact) && canFollow
      this.#overdue += this.#isOverdue(fact.siteId) - was
    }
    this.#ring.push(...taken)
    if (this.#ring.length > RING) this.#ring = this.#ring.slice(-RING)
    this.#caughtUp.clear()
    return canFollow
  }

  /**
   * What was loaded may be ahead of the facts that were taken, and what is kept of them must have no gap.
   * @param isOther it is of another log than what was taken.
   */
  replace(loaded: Loaded, isOther: boolean): void {
    if (isOther) this.#ownFrom = Math.max(this.#ownFrom, this.board.seq + 1)
    this.#loaded = loaded
    this.#ring = loaded.recent
    this.#loadedOn = localDay(this.#now())
    this.#overdue = overdueOf(loaded.board)
    this.#ofUnits = null
    this.forget()
    this.#caughtUp.clear()
    this.#many.clear()
    this.#figures.clear()
  }

  /** Keeps what was reckoned for views only for those (by their keys) that are still heard. */
  sweep(isHeard: (view: string) => boolean): void {
    for (const kept of [this.#many, this.#figures, this.#snapshots])
      for (const view of kept.keys()) if (!isHeard(view)) kept.delete(view)
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
      const recent = factsFor(view, this.#ring.slice(-RECENT), this.board)
      const given = { nowMs: this.#now(), recent, many: this.hasMany(view) }
      kept = { seq: this.board.seq, push: encode('snapshot', snapshotOf(this.#loaded, view, given)) }
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
    if (missed === null || this.isTooMuch(view, missed)) return null
    if (missed.length === 0) return []
    const key = `${seq} ${view.key}`
    let written = this.#caughtUp.get(key)
    if (written === undefined) {
      const facts = factsFor(view, missed, this.board)
      written = { push: facts.length > 0 ? encode('facts', facts) : null }
      this.#caughtUp.set(key, written)
    }
    return written.push ? [written.push] : []
  }

  /** Whether a view has more sites than its browsers hold. */
  hasMany(view: View): boolean {
    const known = this.#many.get(view.key) ?? hasMany(view, this.board)
    this.#many.set(view.key, known)
    return known
  }

  /** Whether the whole board is less than these facts. */
  isTooMuch(view: View, facts: readonly Fact[]): boolean {
    return facts.length > MOST_AT_ONCE && this.hasMany(view)
  }

  /** What browsers have of a view instead of its sites; undefined where they have those. */
  figures(view: View): LevelFigures | undefined {
    if (!this.hasMany(view)) return undefined
    const nowMs = this.#now()
    const kept = this.#figures.get(view.key)
    if (kept && Math.abs(nowMs - kept.atMs) < FIGURES_MS) return kept.figures
    const figures = figuresOf(view, this.board, nowMs)
    this.#figures.set(view.key, { atMs: nowMs, figures })
    return figures
  }

  #isOverdue(siteId: number | null): number {
    const site = siteId === null ? undefined : this.board.sites.get(siteId)
    return Number(site?.cause === OVERDUE)
  }

  #factsSince(since: number): Fact[] | null {
    const { seq } = this.board
    if (since < this.#ownFrom || since > seq || seq - since > MAX_MISSED) return null
    if (since === seq) return []
    const first = this.#ring[0]
    if (!first || first.seq > since + 1) return null
    const facts = this.#ring.filter((fact) => fact.seq > since)
    return facts.some((fact) => fact.kind === 'register.changed') ? null : facts
  }
}

function overdueOf({ sites }: Board): number {
  let overdue = 0
  for (const { cause } of sites.values()) if (cause === OVERDUE) overdue += 1
  return overdue
}

const byUnit = ({ sites }: Board): Map<number, Located[]> => groupBy(sites.values(), ({ unitId }) => unitId)
