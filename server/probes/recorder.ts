import { type Cancel, systemTimers, type Timers } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Standing } from '../verdicts/judge.ts'
import { recordVisits, type Visited } from './record.ts'

/** A batch is written when it is this large, or this old. */
const BATCH = 100
const BATCH_MS = 200
/** Visits kept while the database is away; beyond that the oldest are let go, and the site is simply unvisited. */
const MAX_WAITING = 10_000
const RETRY_MS = 1_000

interface Waiting {
  readonly visited: Visited
  readonly onStored: (standing: Standing) => void
}

/** Gathers visits into batches and records each, one after the other; keeps them while the database is away. */
export class Recorder {
  readonly #ctx: Context
  readonly #timers: Timers
  #waiting: Waiting[] = []
  #cancel: Cancel | null = null
  #writing: Promise<void> | null = null
  #failures = 0

  constructor(ctx: Context, timers: Timers = systemTimers) {
    this.#ctx = ctx
    this.#timers = timers
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** Whether the last batch could be written. */
  get isWell(): boolean {
    return this.#failures === 0
  }

  add(visited: Visited, onStored: (standing: Standing) => void): void {
    this.#waiting.push({ visited: this.isWell ? visited : lighter(visited), onStored })
    if (this.#waiting.length > MAX_WAITING) this.#waiting.shift()
    if (this.#waiting.length >= BATCH && this.#failures === 0) this.#flushSoon(0)
    else this.#flushSoon(BATCH_MS)
  }

  /** Writes what is waiting, if the database answers. */
  async flush(): Promise<void> {
    await this.#writing
    this.#cancel?.()
    this.#cancel = null
    while (this.#waiting.length > 0 && (await this.#writeBatch())) {}
  }

  /** Visits since then (epoch ms) that are not stored yet count for nothing. Resolves when none is being written. */
  async doubt(sinceMs: number): Promise<void> {
    this.#excludeSince(sinceMs)
    await this.#writing
    // A batch that could not be written waits again.
    this.#excludeSince(sinceMs)
  }

  #excludeSince(sinceMs: number): void {
    this.#waiting = this.#waiting.map(({ visited, onStored }) => ({
      visited: visited.atMs >= sinceMs ? { ...visited, lineInDoubt: true } : visited,
      onStored,
    }))
  }

  #flushSoon(ms: number): void {
    if (this.#writing || (this.#cancel && ms > 0)) return
    this.#cancel?.()
    this.#cancel = this.#timers.after(ms, () => {
      this.#cancel = null
      this.#writing = this.#writeAll().finally(() => {
        this.#writing = null
        if (this.#waiting.length > 0) this.#flushSoon(this.#failures > 0 ? RETRY_MS : BATCH_MS)
      })
    })
  }

  async #writeAll(): Promise<void> {
    do {
      if (!(await this.#writeBatch())) return
    } while (this.#waiting.length >= BATCH)
  }

  async #writeBatch(): Promise<boolean> {
    const batch = this.#nextBatch()
    try {
      const standings = await recordVisits(
        this.#ctx,
        batch.map((one) => one.visited),
      )
      this.#failures = 0
      for (const { visited, onStored } of batch) {
        const standing = standings.get(visited.siteId)
        if (standing) onStored(standing)
      }
      return true
    } catch (error) {
      this.#failures += 1
      this.#waiting.unshift(
        ...batch.map(({ visited, onStored }) => ({ visited: lighter(visited), onStored })),
      )
      this.#ctx.log.error(
        { err: error, waiting: this.#waiting.length },
        'visits could not be recorded; they wait',
      )
      return false
    }
  }

  /** The oldest visits, at most one of each site: a second one is judged on what the first one led to. */
  #nextBatch(): Waiting[] {
    const batch: Waiting[] = []
    const rest: Waiting[] = []
    const sites = new Set<number>()
    for (const one of this.#waiting) {
      if (batch.length >= BATCH || sites.has(one.visited.siteId)) rest.push(one)
      else {
        sites.add(one.visited.siteId)
        batch.push(one)
      }
    }
    this.#waiting = rest
    return batch
  }
}

/** Without its page where that is only spare: what waits for the database may wait for long. */
function lighter(visited: Visited): Visited {
  return visited.copy?.spare ? { ...visited, copy: null } : visited
}
