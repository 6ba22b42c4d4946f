import { randomUUID } from 'node:crypto'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { Cancel, Timers } from '../../base/clock.ts'
import type { Context } from '../../base/context.ts'
import { LEAST_PER_S } from './pace.ts'
import { forgetPaces, goneMonitors, knownCapacity, savePace } from './queries.ts'

const TELL_MS = 10 * SECOND
const ASKED_MS = MINUTE
/** Before anything was measured: what two cores do while they read pages for the first time. */
const FIRST_PER_S = 120
/** Of what is done while held back so much goes into the estimate at each look. */
const LEARN = 0.3

/** How far turns are behind. */
export interface Behind {
  /** Those that are taken now come so late, ms; 0 while none waits. */
  readonly ms: number
  /** That is more than turns may be late. */
  readonly isTooMuch: boolean
}

/** What the register asks of all monitors. */
export interface Asked {
  /** Visits a second. */
  readonly askedPerS: number
  /** Turns that are due now. */
  readonly due: number
}

export interface PaceSources {
  readonly behind: () => Behind
  /** Visits recorded a second, lately. */
  readonly donePerS: () => number
  readonly ask: () => Promise<Asked>
  /** Nothing is heard of another monitor; what it was at by then (epoch ms) nobody is, if it is gone. @returns false: later once more. */
  readonly onGone: (untilMs: number) => Promise<boolean>
}

/** Measures what this monitor can carry, and has the others know how it keeps pace. */
export class PaceTeller {
  readonly #ctx: Context
  readonly #timers: Timers
  readonly #sources: PaceSources
  readonly #id = randomUUID()
  #capacity = FIRST_PER_S
  /** At the last look. */
  #donePerS = 0
  #asked = { askedPerS: 0, due: 0, atMs: Number.NEGATIVE_INFINITY }
  #behindSinceMs: number | null = null
  /** Monitors that are gone, of which that is known. */
  #gone = new Set<string>()
  #cancel: Cancel | null = null
  #telling: Promise<void> | null = null

  constructor(ctx: Context, timers: Timers, sources: PaceSources) {
    this.#ctx = ctx
    this.#timers = timers
    this.#sources = sources
  }

  /** Visits a second that can be carried: measured, now or by the last monitor that was here. */
  get capacityPerS(): number {
    return this.#capacity
  }

  /** Visits a second that the register asks for, and turns that are due, as of the last minute. */
  get asked(): Asked {
    return this.#asked
  }

  /** Looks up what is known of the capacity. */
  async learn(): Promise<void> {
    const { db, clock } = this.#ctx
    this.#capacity = Math.max(LEAST_PER_S, (await knownCapacity(db, clock.now())) ?? FIRST_PER_S)
    await forgetPaces(db, clock.now())
  }

  start(): void {
    const tell = () => {
      this.#telling ??= this.#tell()
        .catch((error: unknown) => this.#ctx.log.warn({ err: error }, 'the pace could not be told'))
        .finally(() => {
          this.#telling = null
        })
    }
    this.#cancel = this.#timers.every(TELL_MS, tell)
    // One that dies soon is missed, too.
    tell()
  }

  async stop(): Promise<void> {
    this.#cancel?.()
    await this.#telling
  }

  #learn(done: number, isHeldBack: boolean): void {
    const capacity = this.#capacity
    // Where nothing was recorded, the database being away, and when that has just begun again, what is done is no measure.
    const isSteady = done > 0 && this.#donePerS > 0
    this.#donePerS = done
    if (!isHeldBack) this.#capacity = Math.max(capacity, done)
    else if (isSteady) this.#capacity = Math.max(LEAST_PER_S, capacity + LEARN * (done - capacity))
  }

  async #tell(): Promise<void> {
    const ctx = this.#ctx
    const nowMs = ctx.clock.now()
    const { behind, donePerS, ask } = this.#sources
    const done = donePerS()
    const { ms, isTooMuch } = behind()
    this.#learn(done, isTooMuch)
    // Whoever falls behind is asked for something else than before, perhaps.
    const isNew = isTooMuch && this.#behindSinceMs === null
    this.#behindSinceMs = isTooMuch ? (this.#behindSinceMs ?? nowMs) : null
    if (isNew || Math.abs(nowMs - this.#asked.atMs) >= ASKED_MS)
      this.#asked = { ...(await ask()), atMs: nowMs }
    await savePace(ctx.db, {
      id: this.#id,
      at: new Date(nowMs),
      done_per_s: done,
      capacity_per_s: this.#capacity,
      asked_per_s: this.#asked.askedPerS,
      due: this.#asked.due,
      behind_s: ms / SECOND,
      behind_since: this.#behindSinceMs === null ? null : new Date(this.#behindSinceMs),
    })
    await this.#missOthers(nowMs)
  }

  /** One that is heard of again, and gone again, is gone anew. */
  async #missOthers(nowMs: number): Promise<void> {
    const gone = await goneMonitors(this.#ctx.db, nowMs)
    const news = gone.filter(({ id }) => !this.#gone.has(id))
    const untilMs = Math.max(...news.map(({ at }) => at.getTime())) + TELL_MS
    const isDone = news.length === 0 || (await this.#sources.onGone(untilMs))
    this.#gone = new Set((isDone ? gone : gone.filter((one) => !news.includes(one))).map(({ id }) => id))
  }
}
