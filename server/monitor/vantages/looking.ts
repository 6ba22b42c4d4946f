import { setMaxListeners } from 'node:events'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { LookOutcome } from '../../../shared/monitor/vantages/vantages-rules.ts'
import { causeGroup } from '../../../shared/monitor/visit/probes.ts'
import type { Cancel, Timers } from '../../base/clock.ts'
import type { Context } from '../../base/context.ts'
import type { Behind } from '../pace/teller.ts'
import { Backlog } from '../schedule/claims/backlog.ts'
import { LineWatch, wasAsked } from '../schedule/line-watch.ts'
import { Ticks } from '../schedule/ticks.ts'
import { hostOf, VisitTurns } from '../schedule/turns.ts'
import { giveBack } from '../visit/http/bodies.ts'
import { retryAfterMs } from '../visit/http/retry-after.ts'
import { Openings } from '../visit/openings.ts'
import type { Prober, Visit } from '../visit/visit.ts'
import { LookStore, type StoreContext } from './look-store.ts'
import { type Place, sayStillThere, sayThere } from './queries.ts'
import { claimLooks, type DueLook, giveTurns, lateLooks, spreadLooks } from './turn-queries.ts'

const TICK_MS = 1_000
/** It says that it is there, and looks for new sites, this often. */
const THERE_MS = 10 * SECOND
/** So many turns are taken at a time, at most; where as many are due, more are taken soon. */
const AT_ONCE = 200
/** After a start everything is looked at within this time, or within an interval where that is shorter; more slowly where it looks rarely. */
const FIRST_ROUND_S = 75
/** A look whose own length and the clock differ by more was made while the clock was set, or this machine asleep. */
const TORN_MS = MINUTE

export interface LookingParts {
  readonly ctx: StoreContext & Pick<Context, 'config'>
  readonly timers: Timers
  readonly place: Place
  readonly proberFor: (demo: boolean) => Prober
  /** URLs by which it knows whether its own line is up. */
  readonly references: readonly string[]
  /** It looks so many times less often than the home place visits. */
  readonly rarer: number
  /** Looks under way at most. */
  readonly most: number
  readonly onLook: (place: Place, outcome: LookOutcome, totalMs: number | null) => void
}

/**
 * Looks at all sites from another place, as the home place visits them, and keeps only what it saw last. It reads no page and
 * judges nothing.
 */
export class Looking {
  readonly #parts: LookingParts
  readonly #vantageId: number
  readonly #store: LookStore
  readonly #line: LineWatch
  readonly #turns: VisitTurns
  readonly #openings = new Openings()
  readonly #stop = new AbortController()
  readonly #underWay = new Map<number, Promise<void>>()
  readonly #backlog: Backlog
  readonly #ticks: Ticks<DueLook>
  #cancel: Cancel | null = null
  #wasFull = false
  #saying: Promise<void> | null = null

  private constructor(parts: LookingParts, vantageId: number) {
    const { ctx, timers, proberFor, references } = parts
    this.#parts = parts
    this.#vantageId = vantageId
    this.#store = new LookStore(ctx, timers, vantageId)
    this.#turns = new VisitTurns(timers, ctx.config.visitIntervalS * parts.rarer * SECOND)
    this.#backlog = new Backlog(() => ctx.clock.now())
    this.#ticks = new Ticks({
      ...{ timers, clock: ctx.clock, everyMs: TICK_MS },
      take: () => this.#claim(),
      begin: (site) => this.#begin(site),
      wasFull: () => this.#wasFull,
    })
    this.#line = new LineWatch({
      targets: references,
      prober: proberFor(parts.place.demo),
      now: () => ctx.clock.now(),
      timers,
      onOpinion: ({ inDoubtSince }) => {
        if (inDoubtSince !== null) this.#store.doubt(inDoubtSince)
      },
    })
    setMaxListeners(0, this.#stop.signal)
  }

  /** Says that the place is there, and begins to look from it. */
  static async start(parts: LookingParts): Promise<Looking> {
    const { ctx, place } = parts
    const now = new Date(ctx.clock.now())
    const withinS = firstRoundS(parts)
    const vantageId = await sayThere(ctx.db, place, now)
    await spreadLooks(ctx.db, vantageId, now, withinS)
    await giveTurns(ctx.db, vantageId, now, withinS)
    const looking = new Looking(parts, vantageId)
    looking.#start()
    return looking
  }

  get inFlight(): number {
    return this.#underWay.size
  }

  /** Looks that wait to be stored. */
  get waiting(): number {
    return this.#store.waiting
  }

  /** How far turns are behind. */
  get behind(): Behind {
    return this.#backlog.behind
  }

  /** Whether what was seen last could be stored. */
  get isWell(): boolean {
    return this.#store.isWell
  }

  /** The probers should be closed before, so that no look is waited for. */
  async stop(): Promise<void> {
    this.#cancel?.()
    const claiming = this.#ticks.stop()
    this.#stop.abort()
    await this.#line.stop()
    await claiming
    await this.#saying
    await Promise.allSettled(this.#underWay.values())
    await this.#store.stop()
  }

  #start(): void {
    this.#line.start()
    this.#ticks.start()
    this.#cancel = this.#parts.timers.every(THERE_MS, () => {
      this.#saying ??= this.#say().finally(() => {
        this.#saying = null
      })
    })
  }

  async #say(): Promise<void> {
    const { ctx, place } = this.#parts
    const now = new Date(ctx.clock.now())
    try {
      await sayStillThere(ctx.db, this.#vantageId, now, this.behind)
      await giveTurns(ctx.db, this.#vantageId, now, firstRoundS(this.#parts))
    } catch (error) {
      ctx.log.warn({ err: error, place: place.name }, 'the place could not say that it is there')
    }
  }

  /** Turns that may be taken: those that were asked for, then those that are due. */
  async #claim(): Promise<readonly DueLook[]> {
    const { ctx, most, rarer } = this.#parts
    const { visitIntervalS: defaultIntervalS, demoIntervalS } = ctx.config
    const limit = Math.min(AT_ONCE, most - this.inFlight, this.#store.room - this.inFlight)
    const busy = [...this.#underWay.keys()]
    const now = new Date(ctx.clock.now())
    const round = { now, defaultIntervalS, demoIntervalS, rarer, busy }
    this.#wasFull = false
    try {
      if (limit <= 0) {
        if (!this.#backlog.isKnown)
          this.#backlog.held(await lateLooks(ctx.db, this.#vantageId, { ...round, limit: AT_ONCE }))
        return []
      }
      const taken = await claimLooks(ctx.db, this.#vantageId, { ...round, limit })
      const due = taken.filter(({ asked }) => !asked)
      const isMore = taken.length >= limit
      // Where all were asked for nothing is known of the others.
      if (due.length > 0 || !isMore) this.#backlog.took(due, isMore)
      this.#wasFull = taken.length >= AT_ONCE
      return taken
    } catch (error) {
      ctx.log.warn({ err: error }, 'no looks: the database did not answer')
      return []
    }
  }

  #begin(site: DueLook): void {
    const host = hostOf(site.url)
    const run = this.#turns
      .take(host, !site.demo, () => this.#look(site, host))
      .catch((error: unknown) =>
        this.#parts.ctx.log.error({ err: error, url: site.url }, 'a look came to nothing'),
      )
      .finally(() => this.#underWay.delete(site.siteId))
    this.#underWay.set(site.siteId, run)
  }

  async #look(site: DueLook, host: string): Promise<void> {
    if (this.#stop.signal.aborted) return
    const { ctx, place, proberFor, onLook } = this.#parts
    const { siteId, url, etag, lastModified, everyS } = site
    const onOpen = await this.#openings.enter()
    const atMs = ctx.clock.now()
    const visit = await proberFor(site.demo)
      .visit({ url, etag, lastModified, signal: this.#stop.signal, onOpen })
      .finally(onOpen)
    const { result, body, headers } = visit
    if (body) giveBack(body)
    if (this.#stop.signal.aborted || result.cause === 'aborted') return
    this.#turns.learn(host, result.address)
    const nowMs = ctx.clock.now()
    const missed = result.outcome === 'failed'
    // A site that was not reached from here before says nothing of the line.
    if (wasAsked(result) && (!missed || site.outcome !== 'failed')) {
      this.#line.note({ siteId, atMs, missed, platform: site.platform ?? host })
    }
    const isTorn = Math.abs(nowMs - atMs - (result.totalMs ?? 0)) > TORN_MS
    const outcome = outcomeOf(result, missed && (isTorn || this.#line.doubts(atMs)))
    const patienceMs = retryAfterMs(result.status, headers, nowMs)
    const { cause, status, totalMs } = result
    onLook(place, outcome, totalMs)
    const putOffMs = patienceMs > 0 ? nowMs + patienceMs : null
    this.#store.add({ siteId, atMs, outcome, cause, status, totalMs, everyS, putOffMs })
  }
}

const firstRoundS = ({ ctx, rarer }: LookingParts) =>
  Math.min(FIRST_ROUND_S, ctx.config.visitIntervalS) * rarer

function outcomeOf({ outcome, cause }: Visit['result'], isDoubted: boolean): LookOutcome {
  const isOurs = outcome === 'failed' && cause !== null && causeGroup(cause) === 'monitor'
  return isOurs || isDoubted ? 'unmeasured' : outcome
}
