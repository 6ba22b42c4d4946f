import { SECOND } from '../../../../shared/base/time.ts'
import type { Context } from '../../../base/context.ts'
import { Pace } from '../../pace/pace.ts'
import { carries, type Stage } from '../../pace/stage.ts'
import type { Behind } from '../../pace/teller.ts'
import { claimDueSites, type DueSite } from '../queries.ts'
import { Backlog } from './backlog.ts'
import { dueTurns, spreadOverdue } from './round.ts'

/** So many turns are taken at a time, at most: what begins together ends together. */
const TURNS_AT_ONCE = 200
/** After a start, everything is measured within this time, if that can be done. */
const FIRST_ROUND_S = 75
/** Turns that could not be brought back are tried again after so long. */
const SPREAD_AGAIN_MS = 10 * SECOND
/** A clock that goes back by more than that has been set. */
const BACK_MS = SECOND

export interface ClaimParts {
  readonly ctx: Context
  /** The stages behind a visit that must be able to carry what is begun. */
  readonly later: () => readonly Stage[]
  /** How late the event loop was in the last second, p99, ms. */
  readonly loopLateMs: () => number
  /** Visits a second that can be carried, by what was measured so far. */
  readonly capacityPerS: () => number
  /** Nobody was visited for a while, up to that instant (epoch ms). */
  readonly onStall: (nowMs: number) => Promise<void>
}

/** Takes turns that are due, as many as can be recorded; those that are too many wait, each as long as the others. */
export class Claims {
  readonly #parts: ClaimParts
  readonly #pace: Pace
  readonly #backlog: Backlog
  /** Of which sites turns are still to be brought back: that failed, or others held them. */
  #unspread: 'all' | readonly number[] = []
  #spreadMs = Number.NEGATIVE_INFINITY
  #tickedMs: number
  #wasFull = false

  constructor(parts: ClaimParts) {
    const now = () => parts.ctx.clock.now()
    this.#parts = parts
    this.#pace = new Pace(now)
    this.#backlog = new Backlog(now)
    this.#tickedMs = now()
  }

  /** As many turns were due at the last look as are taken at a time: others may be, too. */
  get wasFull(): boolean {
    return this.#wasFull
  }

  /** How far turns are behind. */
  get behind(): Behind {
    return this.#backlog.behind
  }

  /** Turns taken a second, lately. */
  get takenPerS(): number {
    return this.#pace.perS
  }

  /** Visits a second that may begin; infinite while nothing is held back. */
  get limitPerS(): number {
    return this.#pace.limit
  }

  /** Brings what is overdue back into turn, as fast as can be done. What cannot be now is tried again while turns are taken. */
  spread(): Promise<void> {
    this.#unspread = 'all'
    return this.#spreadLeft()
  }

  /** @param busy the sites of the visits that are under way. */
  async take(busy: readonly number[]): Promise<DueSite[]> {
    const { ctx } = this.#parts
    const limit = this.#room(busy.length)
    this.#wasFull = false
    try {
      await this.#minding(ctx.clock.now())
      if (this.#unspread.length > 0 && Math.abs(ctx.clock.now() - this.#spreadMs) >= SPREAD_AGAIN_MS)
        await this.#spreadLeft()
      if (limit <= 0) {
        await this.#hold(busy)
        return []
      }
      // A slow host must not be given turn upon turn: they would wait in line, and take the places of all others.
      const due = await claimDueSites(ctx.db, {
        ...this.#intervals(),
        limit,
        busy,
        inOrder: this.#backlog.lasts,
      })
      this.#backlog.answered()
      const isMore = due.length >= limit
      this.#wasFull = due.length >= TURNS_AT_ONCE
      this.#pace.took(due.length, isMore)
      // Where all were asked for nothing is known of the others.
      const inTurn = due.filter(({ asked }) => !asked)
      if (inTurn.length > 0 || !isMore) this.#backlog.took(inTurn, isMore)
      return due
    } catch (error) {
      // The database is away: turns wait, and readiness says why.
      this.#backlog.unanswered()
      ctx.log.warn({ err: error }, 'no turns: the database did not answer')
      return []
    }
  }

  async #spreadLeft(): Promise<void> {
    const { ctx, capacityPerS } = this.#parts
    const round = { ...this.#intervals(), withinS: FIRST_ROUND_S, perS: capacityPerS() }
    this.#spreadMs = ctx.clock.now()
    try {
      const among = this.#unspread === 'all' ? {} : { among: this.#unspread }
      this.#unspread = await spreadOverdue(ctx.db, { ...round, ...among })
    } catch (error) {
      ctx.log.warn({ err: error }, 'what is overdue was not brought back into turn: it is tried again')
    }
  }

  /** No turn can be taken: who waits waits on, and if nobody was known to, that is looked up. */
  async #hold(busy: readonly number[]): Promise<void> {
    if (this.#backlog.isKnown) return
    const options = { ...this.#intervals(), most: TURNS_AT_ONCE, busy }
    const due = await dueTurns(this.#parts.ctx.db, options)
    this.#backlog.answered()
    this.#backlog.held(due)
  }

  /** How many turns may be taken now: what is begun must find room where it is recorded. */
  #room(inFlight: number): number {
    const { ctx, later, loopLateMs, capacityPerS } = this.#parts
    const stages = later()
    this.#pace.note({ loopLateMs: loopLateMs(), capacityPerS: capacityPerS(), stages })
    const most = ctx.config.visitConcurrency
    const carried = stages.map((stage) => carries(stage, { inFlight, most }))
    return Math.min(TURNS_AT_ONCE, most - inFlight, ...carried, this.#pace.allowed)
  }

  #intervals() {
    const { ctx } = this.#parts
    return {
      now: new Date(ctx.clock.now()),
      defaultIntervalS: ctx.config.visitIntervalS,
      demoIntervalS: ctx.config.demoIntervalS,
    }
  }

  /**
   * What the clock has done since the last look. Set back: turns that have become far off are brought near again.
   * Ahead by three intervals, be it set or this machine asleep: it is said that nobody was visited meanwhile, and all get a
   * turn soon.
   */
  async #minding(nowMs: number): Promise<void> {
    const { ctx, onStall } = this.#parts
    const goneMs = nowMs - this.#tickedMs
    if (goneMs < -BACK_MS) {
      ctx.log.warn({ goneMs }, 'the clock was set back: all sites get a turn soon')
      await this.spread()
    } else if (goneMs > 3 * ctx.config.visitIntervalS * SECOND) {
      ctx.log.warn({ goneMs }, 'no site was visited for a while: the clock was set, or the machine slept')
      await onStall(nowMs)
      await this.spread()
    }
    this.#tickedMs = nowMs
  }
}
