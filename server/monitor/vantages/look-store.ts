import type { Cancel, Timers } from '../../base/clock.ts'
import type { Context } from '../../base/context.ts'
import { type Look, storeLooks, takeBackLooks } from './queries.ts'

const STORE_MS = 500
const BATCH = 200
/** So many looks may wait while the database is away; then no more are made. */
const MOST_WAITING = 2_000

/** Gathers what a place has seen, of each site the newest, and stores it by batches. */
export class LookStore {
  readonly #ctx: Pick<Context, 'db' | 'log'>
  readonly #vantageId: number
  readonly #cancel: Cancel
  readonly #waiting = new Map<number, Look>()
  #doubtedSince: number | null = null
  #writing: Promise<void> | null = null
  #failed = false

  constructor(ctx: Pick<Context, 'db' | 'log'>, timers: Timers, vantageId: number) {
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
        const batch = [...this.#waiting.values()].slice(0, BATCH)
        await storeLooks(db, this.#vantageId, batch)
        for (const look of batch) {
          if (this.#waiting.get(look.siteId) === look) this.#waiting.delete(look.siteId)
        }
      }
      this.#failed = false
    } catch (error) {
      this.#failed = true
      log.warn({ err: error, waiting: this.waiting }, 'what was seen could not be stored; it waits')
    }
  }
}
