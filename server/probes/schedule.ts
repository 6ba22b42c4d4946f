import { setMaxListeners } from 'node:events'
import { performance } from 'node:perf_hooks'
import type { Shown } from '../../shared/evidence.ts'
import type { Finding } from '../../shared/freshness.ts'
import { HOUR, MINUTE, shanghaiDay } from '../../shared/time.ts'
import type { Cancel, Timers } from '../clock.ts'
import type { Context } from '../context.ts'
import type { CarriedPage } from '../evidence/keep.ts'
import { isNews, shownBy } from '../evidence/rules.ts'
import { type Reading, readWhole } from '../freshness/read.ts'
import { type Standing, wantsRecheck } from '../verdicts/judge.ts'
import { readBehindEntrance } from './entrance.ts'
import type { LineWatch } from './line-watch.ts'
import { entranceSeen, homeSeen, type PageSeen } from './page-seen.ts'
import { claimDueSites, type DueSite, spreadOverdue } from './queries.ts'
import type { Visited } from './record.ts'
import { Turns } from './turns.ts'
import type { Prober } from './visit.ts'

/** Looking for sites whose turn has come. */
const TICK_MS = 400
/** First and later re-checks after a miss or a recovery. */
const RECHECK_MS = [3_000, 8_000] as const
/** A page whose bytes differ at each visit (counters, tokens) is read this often at most. */
const READ_AGAIN_MS = 10 * MINUTE
/** What an entrance leads to changes without it, so it is read this often, and no oftener. */
const ENTRANCE_MS = HOUR
/** After a start, everything is measured within this time. */
const FIRST_ROUND_S = 75

export interface ScheduleParts {
  readonly ctx: Context
  readonly timers: Timers
  /** Visits the demo fleet, which is on loopback; null without it. */
  readonly demoProber: Prober | null
  readonly prober: Prober
  /** Takes a visit to be recorded; calls back with the new standing once it is stored. */
  readonly record: (visited: Visited, onStored: (standing: Standing) => void) => void
  readonly line: LineWatch
  readonly onVisit: (visited: Visited) => void
}

/** Visits every site at its turn, re-checks what looks wrong, one visit at a time per host and address. */
export class Schedule {
  readonly #parts: ScheduleParts
  readonly #stop = new AbortController()
  readonly #turns: Turns
  readonly #rechecks = new Map<number, Cancel>()
  readonly #underWay = new Set<Promise<void>>()
  #cancel: Cancel | null = null
  #claiming: Promise<void> | null = null

  constructor(parts: ScheduleParts) {
    this.#parts = parts
    this.#turns = new Turns(parts.timers)
    // Every visit under way listens for the end.
    setMaxListeners(0, this.#stop.signal)
  }

  get inFlight(): number {
    return this.#underWay.size
  }

  async start(): Promise<void> {
    await spreadOverdue(this.#parts.ctx.db, { ...this.#intervals(), withinS: FIRST_ROUND_S })
    this.#cancel = this.#parts.timers.every(TICK_MS, () => this.#tick())
  }

  /** Takes no further turns and drops what is under way; resolves when nothing is. */
  async stop(): Promise<void> {
    this.#cancel?.()
    for (const cancel of this.#rechecks.values()) cancel()
    this.#stop.abort()
    await this.#claiming
    await Promise.allSettled(this.#underWay)
  }

  #intervals() {
    const { ctx } = this.#parts
    return {
      now: new Date(ctx.clock.now()),
      defaultIntervalS: ctx.config.visitIntervalS,
      demoIntervalS: ctx.config.demoIntervalS,
    }
  }

  #tick(): void {
    this.#claiming ??= this.#claim().finally(() => {
      this.#claiming = null
    })
  }

  async #claim(): Promise<void> {
    const { ctx } = this.#parts
    const limit = ctx.config.visitConcurrency - this.inFlight
    if (limit <= 0) return
    try {
      const due = await claimDueSites(ctx.db, { ...this.#intervals(), limit })
      for (const site of due) this.#begin(site, false)
    } catch (error) {
      // The database is away: turns wait, and readiness says why.
      ctx.log.warn({ err: error }, 'no turns: the database did not answer')
    }
  }

  #begin(site: DueSite, isRecheck: boolean): void {
    // The demo's sites are all on this machine, which says nothing of them.
    this.#take(site.url, !site.demo, (host) => this.#visit(site, host, isRecheck))
  }

  /** Does `work` when nothing else is under way at the host of `url`, or at its address; `stop` waits for it. */
  alone(url: string, work: (host: string) => Promise<void>): void {
    this.#take(url, true, work)
  }

  #take(url: string, byAddress: boolean, work: (host: string) => Promise<void>): void {
    const host = hostOf(url)
    const run = this.#turns.take(host, byAddress, () => work(host))
    this.#underWay.add(run)
    run.finally(() => this.#underWay.delete(run))
  }

  async #visit(site: DueSite, host: string, isRecheck: boolean): Promise<void> {
    if (this.#stop.signal.aborted) return
    const { ctx, record, onVisit } = this.#parts
    const atMs = ctx.clock.now()
    const isReadDue = this.#isReadDue(site, atMs)
    const { result, body, headers } = await this.#proberOf(site).visit({
      url: site.url,
      // Without the page there is nothing to read: no "only if changed" then.
      etag: isReadDue ? null : site.etag,
      lastModified: isReadDue ? null : site.lastModified,
      signal: this.#stop.signal,
    })
    if (this.#stop.signal.aborted || result.cause === 'aborted') return
    this.#turns.learn(host, result.address)
    if (!isRecheck) this.#noteLine(site, host, result.outcome === 'failed', atMs)
    const isPage = result.outcome === 'ok' && body !== null
    const isWanted = isReadDue || this.#isNewPage(site, result.bodyHash, atMs)
    const lineInDoubt = this.#parts.line.doubts(atMs)
    const read = isPage && isWanted ? await this.#read(site, body, headers, result.finalUrl, atMs) : null
    if (this.#stop.signal.aborted) return
    const extra = isRecheck || site.asked
    const shows = shownBy(result.outcome, read?.finding ?? null, shanghaiDay(atMs))
    const visited: Visited = {
      siteId: site.siteId,
      atMs,
      result,
      extra,
      lineInDoubt,
      finding: null,
      ...read,
      copy: carried(site, shows, body, read?.finding ?? null),
    }
    onVisit(visited)
    record(visited, (standing) => this.#recheckIfNeeded(site, standing))
  }

  /** The page must be read whether or not its bytes changed: somebody asked, or dates mean something else today. */
  #isReadDue(site: DueSite, atMs: number): boolean {
    if (site.asked || site.findingAt === null) return true
    const readMs = site.findingAt.getTime()
    return shanghaiDay(readMs) !== shanghaiDay(atMs) || (site.isEntrance && atMs - readMs >= ENTRANCE_MS)
  }

  #isNewPage(site: DueSite, bodyHash: string | null, atMs: number): boolean {
    if (bodyHash === null || bodyHash === site.bodyHash) return false
    const everyMs = site.isEntrance ? ENTRANCE_MS : READ_AGAIN_MS
    return site.findingAt === null || atMs - site.findingAt.getTime() >= everyMs
  }

  /** Reads the page, and where it is only an entrance, the pages behind it. */
  async #read(
    site: DueSite,
    bytes: Uint8Array,
    headers: Record<string, string>,
    finalUrl: string | null,
    atMs: number,
  ): Promise<{ finding: Finding; page: PageSeen | null }> {
    const url = finalUrl ?? site.url
    const began = performance.now()
    const ref = shanghaiDay(atMs)
    const home: Reading = readWhole({ bytes, headers, kind: 'home', ref, url })
    const page = home.finding.entrance ? null : homeSeen(home, url)
    const tookMs = performance.now() - began
    if (tookMs > 50)
      this.#parts.ctx.log.warn({ url, tookMs, bytes: bytes.length }, 'a page took long to read')
    if (!home.finding.entrance) return { finding: home.finding, page }
    const signal = this.#stop.signal
    const { finding, lists } = await readBehindEntrance(this.#proberOf(site), home, { url, ref, signal })
    return { finding, page: entranceSeen(lists) }
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

  #recheckIfNeeded(site: DueSite, standing: Standing): void {
    // While the line is in doubt nothing can be confirmed.
    if (this.#stop.signal.aborted || this.#parts.line.inDoubtSince !== null) return
    if (!wantsRecheck(standing) || this.#rechecks.has(site.siteId)) return
    const delay =
      RECHECK_MS[Math.min(Math.max(standing.failStreak - 1, 0), RECHECK_MS.length - 1)] ?? RECHECK_MS[0]
    const cancel = this.#parts.timers.after(delay, () => {
      this.#rechecks.delete(site.siteId)
      this.#begin(site, true)
    })
    this.#rechecks.set(site.siteId, cancel)
  }
}

/**
 * The page travels to the record step when it shows something else than the last one kept, or may turn out to:
 * memory can take dates away, never add any.
 */
function carried(
  site: DueSite,
  shows: Shown | null,
  body: Uint8Array | null,
  finding: Finding | null,
): CarriedPage | null {
  if (!body || shows === null) return null
  if (isNews(shows, site.kept)) return { bytes: body, shows }
  return finding?.outcome === 'dated' ? { bytes: body, shows, spare: true } : null
}

function hostOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    return url
  }
}
