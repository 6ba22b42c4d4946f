import { setMaxListeners } from 'node:events'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { Timers } from '../../base/clock.ts'
import { Rate } from '../../base/rate.ts'
import { isNews } from '../evidence/rules.ts'
import type { Stage } from '../pace/stage.ts'
import type { Behind } from '../pace/teller.ts'
import type { Standing } from '../verdicts/judge.ts'
import { giveBack, kept } from '../visit/http/bodies.ts'
import { retryAfterMs } from '../visit/http/retry-after.ts'
import { Openings } from '../visit/openings.ts'
import { failedVisit } from '../visit/run.ts'
import type { Prober, Visit } from '../visit/visit.ts'
import type { Visited } from '../visit/visited.ts'
import { type ClaimParts, Claims } from './claims/claims.ts'
import { takeBackTurns } from './claims/left.ts'
import { type LineWatch, wasAsked } from './line-watch.ts'
import { type DueSite, putOffTurn } from './queries.ts'
import { isConfirmed, isNewPage, isReadDue } from './readings/due.ts'
import type { PageToRead } from './readings/readings.ts'
import { Rechecks } from './rechecks.ts'
import { Ticks } from './ticks.ts'
import { hostOf, VisitTurns } from './turns.ts'

/** Looking for sites whose turn has come. */
const TICK_MS = 400
/** A visit whose own length and the clock differ by more than that was made while the clock was set, or asleep. */
const TORN_MS = MINUTE

export interface ScheduleParts extends ClaimParts {
  readonly timers: Timers
  /** Visits the demo fleet, which is on loopback; null without it. */
  readonly demoProber: Prober | null
  readonly prober: Prober
  /** Takes a visit to be recorded; calls back with the new standing once it is stored. */
  readonly record: (visited: Visited, onStored: (standing: Standing) => void) => void
  /** Takes the page of a visit to be read, after the visit itself was taken to be recorded. */
  readonly read: (page: PageToRead) => void
  /** Takes a visit whose page is the one that was read before. */
  readonly confirm: (visited: Visited) => void
  readonly line: LineWatch
  readonly onVisit: (visited: Visited) => void
}

type Turn = { atMs: number; isRecheck: boolean; extra: boolean; onOpen: () => void }
type Measured = { visited: Visited; patienceMs: number; page: PageToRead | null }

/** Visits every site at its turn, re-checks what looks wrong, one visit at a time per host, and few per address. */
export class Schedule {
  readonly #parts: ScheduleParts
  readonly #stop = new AbortController()
  readonly #turns: VisitTurns
  readonly #rechecks: Rechecks
  readonly #openings = new Openings()
  readonly #claims: Claims
  readonly #ticks: Ticks<DueSite>
  readonly #done: Rate
  /** Visits that are under way or wait for their host, the oldest first, with the site whose turn it is. */
  readonly #underWay = new Map<Promise<void>, { siteId: number; sinceMs: number }>()
  /** What else is under way or waits for its host: it takes no visit's place, and its own number has an end. */
  readonly #beside = new Set<Promise<void>>()
  /** Sites that somebody asked to be visited, which was not done yet. */
  readonly #asked = new Set<number>()

  constructor(parts: ScheduleParts) {
    this.#parts = parts
    this.#turns = new VisitTurns(parts.timers, parts.ctx.config.visitIntervalS * SECOND)
    this.#rechecks = new Rechecks(parts.timers)
    this.#claims = new Claims(parts)
    const { timers, ctx } = parts
    this.#ticks = new Ticks({
      ...{ timers, clock: ctx.clock, everyMs: TICK_MS },
      take: () => this.#claims.take(this.#busy),
      begin: (site) => this.#beginTurn(site),
      wasFull: () => this.#claims.wasFull,
    })
    this.#done = new Rate(() => parts.ctx.clock.now())
    // Every visit under way listens for the end.
    setMaxListeners(0, this.#stop.signal)
  }

  /** Visits that are under way or wait for their host. */
  get inFlight(): number {
    return this.#underWay.size
  }

  /** Visits that have a place and have not begun, by what they wait for: their host, others at their address, other connections. */
  get held(): Readonly<Record<'host' | 'address' | 'opening', number>> {
    const { waitingAtHosts: host, waitingAtAddresses: address } = this.#turns
    return { host, address, opening: this.#openings.waiting }
  }

  /** The sites of the visits that are under way. */
  get #busy(): number[] {
    return Array.from(this.#underWay.values(), ({ siteId }) => siteId)
  }

  /** Connections that are being opened. */
  get opening(): number {
    return this.#openings.opening
  }

  /** How far turns are behind. */
  get behind(): Behind {
    return this.#claims.behind
  }

  /** Turns taken a second, lately. */
  get takenPerS(): number {
    return this.#claims.takenPerS
  }

  /** Visits a second that may begin; infinite while nothing is held back. */
  get limitPerS(): number {
    return this.#claims.limitPerS
  }

  /** What is under way, as the others see it. */
  get stage(): Stage {
    const { ctx } = this.#parts
    const [first] = this.#underWay.values()
    return {
      name: 'visit',
      waiting: this.inFlight,
      room: Math.max(0, ctx.config.visitConcurrency - this.inFlight),
      oldestMs: first ? Math.max(0, ctx.clock.now() - first.sinceMs) : 0,
      perS: this.#done.perS,
    }
  }

  async start(): Promise<void> {
    await this.#claims.spread()
    this.#ticks.start()
  }

  /**
   * Takes no further turns and drops what is under way; resolves when nothing is.
   * @returns the sites that somebody asked to be visited, which was not done.
   */
  async stop(): Promise<readonly number[]> {
    const claiming = this.#ticks.stop()
    this.#rechecks.stop()
    this.#stop.abort()
    await claiming
    await Promise.allSettled([...this.#underWay.keys(), ...this.#beside])
    return [...this.#asked]
  }

  /**
   * Has turns be due again that other monitors took until then (epoch ms), and of which nothing was recorded: one of those has died.
   * @returns whether that could be done of all.
   */
  async takeBack(untilMs: number): Promise<boolean> {
    const { db, clock, log } = this.#parts.ctx
    const of = { now: new Date(clock.now()), takenUntil: new Date(untilMs), busy: this.#busy }
    const { due, held } = await takeBackTurns(db, of)
    if (due > 0) log.info({ turns: due }, 'another monitor is gone: what it was at is due again')
    return held === 0
  }

  #beginTurn(site: DueSite): void {
    if (site.asked) this.#asked.add(site.siteId)
    this.#begin(site, false)
  }

  #begin(site: DueSite, isRecheck: boolean): void {
    const host = hostOf(site.url)
    const run = this.#take(site, false, () => this.#visit(site, host, isRecheck)).finally(() => {
      this.#underWay.delete(run)
      this.#done.add(1)
    })
    this.#underWay.set(run, { siteId: site.siteId, sinceMs: this.#parts.ctx.clock.now() })
  }

  /**
   * Does `work` when nothing else is under way at the host of `url`, or at its address, and no visit waits there; `stop` waits
   * for it. Who asks sees to it that few wait at a time.
   */
  alone(site: { url: string; demo: boolean }, work: () => Promise<void>): Promise<void> {
    const run = this.#take(site, true, work).finally(() => this.#beside.delete(run))
    this.#beside.add(run)
    return run
  }

  #take(
    { url, demo }: { url: string; demo: boolean },
    isBeside: boolean,
    work: () => Promise<void>,
  ): Promise<void> {
    // The demo's sites are all on this machine, which says nothing of them.
    return this.#turns
      .take(hostOf(url), !demo, work, isBeside)
      .catch((error: unknown) => this.#parts.ctx.log.error({ err: error, url }, 'a visit came to nothing'))
  }

  async #visit(site: DueSite, host: string, isRecheck: boolean): Promise<void> {
    if (this.#stop.signal.aborted) return
    const { ctx, record, read, onVisit } = this.#parts
    const onOpen = await this.#openings.enter()
    const atMs = ctx.clock.now()
    const extra = isRecheck || site.asked || site.between
    const seen = await this.#look(site, host, { atMs, isRecheck, extra, onOpen }).catch((error: unknown) => {
      ctx.log.error({ err: error, url: site.url }, 'the monitor failed at a visit')
      return { visited: erred(site.siteId, atMs, extra), patienceMs: 0, page: null }
    })
    if (this.#stop.signal.aborted || seen === null) return
    const { visited, patienceMs, page } = seen
    onVisit(visited)
    record(visited, (standing) => this.#recheckIfNeeded(site, standing, patienceMs))
    if (page) read(page)
    this.#asked.delete(site.siteId)
    if (patienceMs > 0) await this.#putOff(site.siteId, ctx.clock.now() + patienceMs)
  }

  /** Makes a visit, and says which page is to be read, if that is due; null when it was broken off. */
  async #look(site: DueSite, host: string, turn: Turn): Promise<Measured | null> {
    const { ctx } = this.#parts
    const { atMs, isRecheck, extra, onOpen } = turn
    const isDue = isReadDue(site, atMs)
    const visit = await this.#proberOf(site).visit({
      url: site.url,
      // Without the page there is nothing to read: no "only if changed" then.
      etag: isDue ? null : site.etag,
      lastModified: isDue ? null : site.lastModified,
      known: isDue ? null : site.bodyHash,
      signal: this.#stop.signal,
      onOpen,
    })
    onOpen()
    const { result, body, headers } = visit
    if (this.#stop.signal.aborted || result.cause === 'aborted') return null
    this.#turns.learn(host, result.address)
    const nowMs = ctx.clock.now()
    const isTorn = Math.abs(nowMs - atMs - (result.totalMs ?? 0)) > TORN_MS
    if (!isRecheck && wasAsked(result)) this.#noteLine(site, host, result.outcome === 'failed', atMs)
    const isWanted = isDue || isNewPage(site, result.bodyHash, atMs)
    const lineInDoubt = this.#parts.line.doubts(atMs) || (isTorn && result.outcome === 'failed')
    const isToRead = result.outcome === 'ok' && isWanted
    const isProof = result.outcome === 'blocked' && isNews('blocked', site.kept)
    const bytes = body && (isToRead || isProof) ? kept(body) : null
    if (body && !bytes) giveBack(body)
    const visited: Visited = {
      ...{ siteId: site.siteId, atMs, result, extra, lineInDoubt, finding: null },
      copy: isProof && bytes ? { bytes, shows: 'blocked' } : null,
    }
    const page =
      isToRead && bytes ? { ...pageOf(site, visited, headers), body: bytes, isForced: isDue } : null
    if (!page && result.outcome === 'ok' && isConfirmed(site, result, atMs)) this.#parts.confirm(visited)
    return { visited, patienceMs: retryAfterMs(result.status, headers, nowMs), page }
  }

  #proberOf({ demo }: { demo: boolean }): Prober {
    const { demoProber, prober } = this.#parts
    return demo && demoProber ? demoProber : prober
  }

  #noteLine(site: DueSite, host: string, missed: boolean, atMs: number): void {
    // A site that was not well before says nothing about the line.
    if (missed && site.availability !== 'up' && site.availability !== 'unknown') return
    this.#parts.line.note({ siteId: site.siteId, atMs, missed, platform: site.platform ?? host })
  }

  #recheckIfNeeded(site: DueSite, standing: Standing, patienceMs: number): void {
    // While the line is in doubt nothing can be confirmed.
    if (this.#stop.signal.aborted || this.#parts.line.inDoubtSince !== null) return
    this.#rechecks.plan(site.siteId, standing, patienceMs, () => this.#begin(site, true))
  }

  async #putOff(siteId: number, untilMs: number): Promise<void> {
    const { ctx } = this.#parts
    await putOffTurn(ctx.db, siteId, new Date(untilMs)).catch((error: unknown) =>
      ctx.log.warn({ err: error }, 'a turn could not be put off'),
    )
  }
}

function pageOf(
  site: DueSite,
  visited: Visited,
  headers: Visit['headers'],
): Omit<PageToRead, 'body' | 'isForced'> {
  return {
    site,
    visited,
    contentType: headers['content-type'],
    isAsked: site.asked,
    isFirst: site.findingAt === null,
  }
}

/** A visit at which the monitor itself failed: it says nothing of the site. */
function erred(siteId: number, atMs: number, extra: boolean): Visited {
  const { result } = failedVisit('monitor_error')
  return { siteId, atMs, extra, lineInDoubt: false, finding: null, result }
}
