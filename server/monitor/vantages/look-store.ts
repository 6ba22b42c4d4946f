import { setAside } from '../../base/aside/set-aside.ts'
import type { Cancel, Timers } from '../../base/clock.ts'
import type { Context } from '../../base/context.ts'
import { isLasting } from '../../base/db/failure.ts'
import { type Look, storeLooks, takeBackLooks } from './queries.ts'

const STORE_MS = 500
const BATCH = 200
/** So many looks may wait while the database is away; then no more are made. */
const MOST_WAITING = 2_000

/** What storing needs, and what sets aside that cannot be stored. */
export type StoreContext = Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>

/**
 * Gathers what a place has seen, of each site the newest, and stores it by batches. What cannot be stored for a reason that
 * will stay is found by halves and set aside; the others do not wait for it.
 */
export class LookStore {
  readonly #ctx: StoreContext
  readonly #vantageId: number
  readonly #cancel: Cancel
  readonly #waiting = new Map<number, Look>()
  #doubtedSince: number | null = null
  #writing: Promise<void> | null = null
  #failed = false

  constructor(ctx: StoreContext, timers: Timers, vantageId: number) {
    this.#ctx = ctx
    this.#vantageId = vantageId
    this.#cancel = timers.every(STORE_MS, () => {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = null
      })
    })
  }

  get waiting(): number {
    return this.#waiting.size
  }

  get room(): number {
    return Math.max(0, MOST_WAITING - this.waiting)
  }

  /** Whether the last batch could be written. */
  get isWell(): boolean {
    return !this.#failed
  }

  add(look: Look): void {
    this.#waiting.set(look.siteId, look)
  }

  /** What was not reached since then (epoch ms) says nothing of the sites. */
  doubt(sinceMs: number): void {
    for (const look of this.#waiting.values()) {
      if (look.outcome === 'failed' && look.atMs >= sinceMs) this.add({ ...look, outcome: 'unmeasured' })
    }
    this.#doubtedSince = Math.min(sinceMs, this.#doubtedSince ?? sinceMs)
  }

  /** Writes what is left, if the database answers, and nothing from then on. */
  async stop(): Promise<void> {
    this.#cancel()
    await this.#writing
    await this.#write()
  }

  async #write(): Promise<void> {
    const { db, log } = this.#ctx
    try {
      const since = this.#doubtedSince
      if (since !== null) await takeBackLooks(db, this.#vantageId, new Date(since))
      if (since === this.#doubtedSince) this.#doubtedSince = null
      while (this.#waiting.size > 0) {
        await this.#store([...this.#waiting.values()].slice(0, BATCH))
      }
      this.#failed = false
    } catch (error) {
      this.#failed = true
      log.warn({ err: error, waiting: this.waiting }, 'what was seen could not be stored; it waits')
    }
  }

  /** @throws what will pass. */
  async #store(batch: readonly Look[]): Promise<void> {
    try {
      await storeLooks(this.#ctx.db, this.#vantageId, batch)
    } catch (error) {
      if (!isLasting(error)) throw error
      const half = Math.ceil(batch.length / 2)
      if (half < batch.length) {
        await this.#store(batch.slice(0, half))
        return this.#store(batch.slice(half))
      }
      for (const look of batch) await this.#giveUp(look, error)
    }
    for (const look of batch) {
      if (this.#waiting.get(look.siteId) === look) this.#waiting.delete(look.siteId)
    }
  }

  async #giveUp({ siteId, ...data }: Look, error: unknown): Promise<void> {
    const item = { kind: 'visit', ref: `place ${this.#vantageId} site ${siteId}`, siteId, data } as const
    if (!(await setAside(this.#ctx, item, error))) throw error
  }
}
