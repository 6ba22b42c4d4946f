import { setAside } from '../base/aside/set-aside.ts'
import { type Cancel, systemTimers, type Timers } from '../base/clock.ts'
import type { Context } from '../base/context.ts'
import { isLasting } from '../base/db/failure.ts'
import { Rate } from '../base/rate.ts'
import type { Standing } from '../monitor/verdicts/judge.ts'
import { failedVisit } from '../monitor/visit/run.ts'
import type { Visited } from '../monitor/visit/visited.ts'
import { type Miss, OwnMisses } from './misses.ts'
import { recordQuiet } from './quiet.ts'
import { recordVisits } from './record.ts'
import { isVisit } from './steps/step.ts'

/** Visits are recorded in full by batches of so many. */
const BATCH = 100
/** So many are looked through at once for those that change nothing; the others follow by batches. */
const MOST_AT_ONCE = 500
/** What waits is written when it is so many, or so old: a miss sooner than good visits, of which most change nothing. */
const ENOUGH = 250
const BATCH_MS = 200
const GOOD_MS = 500
/** So many visits may wait: whoever feeds the recorder looks at its `room` first, and what was made is kept all the same. */
const MAX_WAITING = 10_000
const RETRY_MS = 1_000
const SUSPECTS_AT_ONCE = 10

interface Waiting {
  readonly visited: Visited
  /** When it came (epoch ms). */
  readonly sinceMs: number
  readonly onStored: (standing: Standing) => void
  /** It stands for a visit that was set aside. */
  readonly isGivenUp?: true
}

/**
 * Gathers visits into batches and records each, one after the other; keeps them while the database is away. A visit
 * that cannot be stored for a reason that will not pass is found by halves, set aside and recorded as an error of the
 * monitor's own; it keeps nobody waiting.
 */
export class Recorder {
  readonly #ctx: Context
  readonly #timers: Timers
  #waiting: Waiting[] = []
  #cancel: Cancel | null = null
  /** What is waited for it. */
  #delayMs = 0
  #writing: Promise<void> | null = null
  #failures = 0
  readonly #rate: Rate
  readonly #visits: Rate
  readonly #most: number
  /** Sites whose last visit could not be stored: the next is tried alone. */
  readonly #suspects = new Set<number>()
  readonly #misses = new OwnMisses()

  /** @param most so many visits have room. */
  constructor(ctx: Context, timers: Timers = systemTimers, most = MAX_WAITING) {
    this.#ctx = ctx
    this.#most = most
    this.#timers = timers
    this.#rate = new Rate(() => ctx.clock.now())
    this.#visits = new Rate(() => ctx.clock.now())
  }

  /** Visits that wait to be stored. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** So many more visits it should be given; none while the database is away for long. */
  get room(): number {
    return Math.max(0, this.#most - this.#waiting.length)
  }

  /** How long the first of those that wait has waited, ms; 0 when none does. */
  get oldestMs(): number {
    const [first] = this.#waiting
    return first ? Math.max(0, this.#ctx.clock.now() - first.sinceMs) : 0
  }

  /** Visits, and pages that were read, stored a second, lately. */
  get perS(): number {
    return this.#rate.perS
  }

  /** Visits alone. */
  get visitsPerS(): number {
    return this.#visits.perS
  }

  /** Whether the last batch could be written. */
  get isWell(): boolean {
    return this.#failures === 0
  }

  /** Takes a visit; it is never dropped, also where there is no `room`. */
  add(visited: Visited, onStored: (standing: Standing) => void): void {
    const sinceMs = this.#ctx.clock.now()
    this.#misses.note(visited)
    this.#waiting.push({ visited: this.isWell ? visited : lighter(visited), sinceMs, onStored })
    const isGood = isVisit(visited) && visited.result.outcome === 'ok'
    if (this.#waiting.length >= ENOUGH && this.#failures === 0) this.#flushSoon(0)
    else this.#flushSoon(isGood ? GOOD_MS : BATCH_MS)
  }

  /** Writes what is waiting, if the database answers. */
  async flush(): Promise<void> {
    await this.#writing
    this.#cancel?.()
    this.#cancel = null
    while (this.#waiting.length > 0 && (await this.#writeSome())) {}
  }

  /**
   * Visits since then (epoch ms) that are not stored yet count for nothing. Resolves when none is being written.
   * @returns the misses since then that may be stored already.
   */
  async doubt(sinceMs: number): Promise<readonly Miss[]> {
    this.#excludeSince(sinceMs)
    await this.#writing
    // A batch that could not be written waits again.
    this.#excludeSince(sinceMs)
    return this.#misses.since(sinceMs)
  }

  #excludeSince(sinceMs: number): void {
    this.#waiting = this.#waiting.map((one) =>
      one.visited.atMs >= sinceMs ? { ...one, visited: { ...one.visited, lineInDoubt: true } } : one,
    )
  }

  #flushSoon(ms: number): void {
    // While the database is away, nothing makes it be asked more often.
    if (this.#writing || (this.#cancel && (this.#failures > 0 || ms >= this.#delayMs))) return
    this.#cancel?.()
    this.#delayMs = ms
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
      if (!(await this.#writeSome())) return
    } while (this.#waiting.length >= BATCH)
  }

  /** A batch, and a few suspects one by one, which take as long as a batch each. @returns whether the database answers. */
  async #writeSome(): Promise<boolean> {
    if (!(await this.#write(this.#nextBatch()))) return false
    for (let n = 0; n < SUSPECTS_AT_ONCE; n++) {
      if (!(await this.#write(this.#nextSuspect()))) return false
    }
    return true
  }

  async #write(batch: Waiting[]): Promise<boolean> {
    if (batch.length === 0) return true
    const left = await this.#store(batch)
    this.#waiting.unshift(...left.map((one) => ({ ...one, visited: lighter(one.visited) })))
    return left.length === 0
  }

  /** Stores those that change nothing in one statement, the others in one transaction if that is possible. @returns those that have to wait for the database. */
  async #store(all: Waiting[], failures = this.#failures + 1): Promise<Waiting[]> {
    let batch = all
    try {
      const quiet = await recordQuiet(this.#ctx, visitsOf(batch))
      this.#tellStored(batch.filter(isOf(quiet)), quiet)
      batch = batch.filter((one) => !isOf(quiet)(one))
      while (batch.length > 0) {
        const some = batch.slice(0, BATCH)
        this.#tellStored(some, await recordVisits(this.#ctx, visitsOf(some)))
        batch = batch.slice(BATCH)
      }
      this.#failures = 0
      return []
    } catch (error) {
      if (!isLasting(error, failures)) return this.#putOff(batch, error)
      const [only] = batch
      if (only && batch.length === 1) return this.#giveUp(only, error)
      const half = Math.ceil(batch.length / 2)
      const left = await this.#store(batch.slice(0, half), failures)
      const rest = batch.slice(half)
      return left.length > 0 ? [...left, ...rest] : this.#store(rest, failures)
    }
  }

  #tellStored(batch: readonly Waiting[], standings: ReadonlyMap<number, Standing>): void {
    this.#rate.add(batch.length)
    this.#visits.add(batch.filter(({ visited }) => isVisit(visited)).length)
    for (const { visited, onStored, isGivenUp } of batch) {
      const standing = standings.get(visited.siteId)
      if (!isGivenUp) this.#suspects.delete(visited.siteId)
      try {
        if (standing) onStored(standing)
      } catch (error) {
        this.#ctx.log.error({ err: error, siteId: visited.siteId }, 'after a visit was recorded')
      }
    }
  }

  #putOff(batch: Waiting[], error: unknown): Waiting[] {
    this.#failures += 1
    const waiting = this.#waiting.length + batch.length
    this.#ctx.log.error({ err: error, waiting }, 'visits could not be recorded; they wait')
    return batch
  }

  /** Sets a visit aside and has the site's standing say that nothing could be measured. */
  async #giveUp(one: Waiting, error: unknown): Promise<Waiting[]> {
    const { visited, sinceMs, onStored } = one
    const { siteId, copy: _, ...data } = visited
    if (one.isGivenUp) {
      // Not even that: what is wrong is not the page. The item is there already.
      this.#ctx.log.error({ err: error, siteId }, 'that a visit was set aside could not be recorded')
      return []
    }
    this.#suspects.add(siteId)
    const kind = visited.isReading ? 'reading' : 'visit'
    const item = { kind, ref: String(siteId), siteId, data } as const
    if (!(await setAside(this.#ctx, item, error))) return this.#putOff([one], error)
    // The visit that brought the page is recorded; the page stays due.
    if (visited.isReading) return []
    return this.#store([{ visited: unmeasured(visited), sinceMs, onStored, isGivenUp: true }])
  }

  /**
   * The oldest visits, at most one of each site: a second one is judged on what the first one led to. Those of
   * suspects go alone.
   */
  #nextBatch(): Waiting[] {
    const batch: Waiting[] = []
    const rest: Waiting[] = []
    const sites = new Set<number>()
    for (const one of this.#waiting) {
      const { siteId } = one.visited
      if (batch.length >= MOST_AT_ONCE || sites.has(siteId) || this.#suspects.has(siteId)) rest.push(one)
      else {
        sites.add(siteId)
        batch.push(one)
      }
    }
    this.#waiting = rest
    return batch
  }

  /** The oldest visit to a site whose last one could not be stored. */
  #nextSuspect(): Waiting[] {
    const index = this.#waiting.findIndex((one) => this.#suspects.has(one.visited.siteId))
    return index < 0 ? [] : this.#waiting.splice(index, 1)
  }
}

const visitsOf = (batch: readonly Waiting[]) => batch.map((one) => one.visited)
const isOf = (standings: ReadonlyMap<number, Standing>) => (one: Waiting) => standings.has(one.visited.siteId)

/** Without its page where that is only spare: what waits for the database may wait for long. */
function lighter(visited: Visited): Visited {
  return visited.copy?.spare ? { ...visited, copy: null } : visited
}

/** The same visit as one at which the monitor itself failed: it says nothing of the site, and counts for nothing. */
function unmeasured({ siteId, atMs, extra, lineInDoubt, result }: Visited): Visited {
  const { totalMs } = result
  const failed = failedVisit('monitor_error').result
  return { siteId, atMs, extra, lineInDoubt, finding: null, result: { ...failed, totalMs } }
}
