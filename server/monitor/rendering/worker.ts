import { HOUR, localDay, MINUTE, SECOND } from '../../../shared/base/time.ts'
import { RENDERING, type RenderReason } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Cancel, Timers } from '../../base/clock.ts'
import type { Context } from '../../base/context.ts'
import { rulesInForce } from '../verdicts/in-force.ts'
import { isOthers } from '../visit/page/judge.ts'
import type { Reader } from '../visit/reading/reader.ts'
import type { Prober } from '../visit/visit.ts'
import type { Visited } from '../visit/visited.ts'
import { askRender } from './ask.ts'
import type { DrawAnswer, DrawFailure, Drawn, DrawOrder } from './browser/order.ts'
import type { Checks } from './checks.ts'
import { columnOf, isListSent, noteNoList, storeDrawnColumn } from './columns.ts'
import type { Drawing } from './drawing.ts'
import {
  announceRenderer,
  claimOrders,
  dueAgain,
  finishOrder,
  forgetOld,
  noteFailed,
  putBack,
  putOff,
  type RenderOrder,
} from './queries.ts'
import { drawnHome, drawnList } from './reading.ts'
import { isWanting, saidBy } from './rules.ts'
import { sentOf } from './store.ts'

/** Looking for orders. */
const LOOK_MS = 2 * SECOND
/** Saying that this process is there, and looking for pages that are due again. */
const BEAT_MS = MINUTE
const AGAIN_AT_ONCE = 20
/** What may be otherwise at the next try. */
const PASSING: ReadonlySet<RenderReason> = new Set([
  'not_open',
  'late',
  'broken_off',
  'crashed',
  'http_error',
  'incomplete',
])

export interface RenderWorkerParts {
  readonly ctx: Context
  readonly timers: Timers
  readonly drawing: Pick<Drawing, 'draw' | 'start' | 'close' | 'held'>
  readonly reader: Reader
  /** Visits the articles of a page that leaves out the year. */
  readonly proberFor: (demo: boolean) => Prober
  readonly checks: Checks
  /** Takes what was read to be recorded; calls back once it is stored. */
  readonly record: (visited: Visited, onStored: () => void) => void
  /** By what this process is known to others. */
  readonly name: string
}

/**
 * Draws pages that were ordered, a few at a time, and hands on what they show. It begins some time after the start, and has no
 * browser while nothing is ordered. Whatever a page does costs that page; where no browser can be started, it says so.
 */
export class RenderWorker {
  readonly #parts: RenderWorkerParts
  readonly #busy = new Map<number, Promise<void>>()
  readonly #cancels: Cancel[] = []
  #looking: Promise<void> | null = null
  #problem: string | null = null
  #idleSinceMs: number | null = null
  readonly #stop = new AbortController()

  constructor(parts: RenderWorkerParts) {
    this.#parts = parts
  }

  /** Why no page can be drawn; null: it can, for all that is known. */
  get problem(): string | null {
    return this.#problem
  }

  /** What drawing holds now, bytes. */
  get held(): number {
    return this.#parts.drawing.held
  }

  /** Says that pages are drawn here, and begins when the start is over. */
  async start(startAfterS = RENDERING.startAfterS): Promise<void> {
    await this.#beat()
    const { timers } = this.#parts
    this.#cancels.push(
      timers.every(BEAT_MS, () => void this.#beat().catch(this.#warn)),
      timers.after(startAfterS * SECOND, () => this.#begin()),
    )
  }

  #begin(): void {
    const { timers } = this.#parts
    this.#cancels.push(
      timers.every(BEAT_MS, () => void this.#askChecks().catch(this.#warn)),
      timers.every(LOOK_MS, () => this.#look()),
    )
  }

  /** Takes on no more and breaks off what is being drawn, which waits for the next start. */
  async stop(): Promise<void> {
    this.#stop.abort()
    for (const cancel of this.#cancels.splice(0)) cancel()
    await this.#looking
    await this.#parts.drawing.close()
    await Promise.allSettled(this.#busy.values())
  }

  readonly #warn = (error: unknown): void => this.#parts.ctx.log.warn({ err: error }, 'while drawing pages')

  async #beat(): Promise<void> {
    const { ctx, name } = this.#parts
    const now = ctx.clock.now()
    await announceRenderer(ctx.db, name, now, this.#problem)
    if (this.#problem !== null) return
    await forgetOld(ctx.db, now)
    const due = await dueAgain(ctx.db, now, AGAIN_AT_ONCE)
    await askRender(
      ctx.db,
      due.map((one) => ({ ...one, purpose: 'reading', subject: null, askedBy: null })),
      now,
    )
  }

  async #askChecks(): Promise<void> {
    const { ctx, checks } = this.#parts
    if (this.#problem === null) await checks.ask(ctx.clock.now())
  }

  #look(): void {
    this.#looking ??= this.#claim()
      .catch(this.#warn)
      .finally(() => {
        this.#looking = null
      })
  }

  async #claim(): Promise<void> {
    const { ctx, drawing } = this.#parts
    const limit = RENDERING.contexts - this.#busy.size
    if (limit <= 0 || this.#problem !== null || this.#stop.signal.aborted) return
    const now = ctx.clock.now()
    const orders = await claimOrders(ctx.db, { now, limit, busy: [...this.#busy.keys()] })
    for (const order of orders) {
      const run = this.#draw(order)
        .catch(this.#warn)
        .finally(() => {
          this.#busy.delete(order.siteId)
          if (!this.#stop.signal.aborted) this.#look()
        })
      this.#busy.set(order.siteId, run)
    }
    if (this.#busy.size > 0) this.#idleSinceMs = null
    else {
      this.#idleSinceMs ??= now
      if (now - this.#idleSinceMs >= RENDERING.restAfterS * SECOND) await drawing.close()
    }
  }

  async #draw(order: RenderOrder): Promise<void> {
    const { ctx } = this.#parts
    // Whoever had it did not come back with it so often, or what it showed could not be stored: perhaps it is the page.
    if (order.lost > RENDERING.lost) return this.#giveUp(order, { failed: 'broken_off' })
    const answer = await this.#open(order).catch((error: unknown) => this.#cannot(error))
    if (answer === null || this.#stop.signal.aborted) return putBack(ctx.db, order.id, ctx.clock.now())
    const failure = 'failed' in answer ? answer : await this.#yield(order, answer)
    // What was asked for beside it, its articles, was broken off: it is drawn and read again.
    if (failure === 'stopped') return putBack(ctx.db, order.id, ctx.clock.now())
    if (failure === null) return
    const isOver =
      !PASSING.has(failure.failed) || order.tries >= RENDERING.tries || order.subject?.isAsIs === true
    if (isOver) await this.#giveUp(order, failure)
    else await putOff(ctx.db, order.id, ctx.clock.now() + RENDERING.retryMinutes * MINUTE)
  }

  /** Draws a page; one that somebody shows in the site's place is none of its site's. @throws where no browser can be started */
  async #open(order: RenderOrder): Promise<DrawAnswer> {
    const { ctx, drawing } = this.#parts
    const answer = await drawing.draw(toDraw(order, ctx.clock.now()))
    const isBlocked = 'html' in answer && answer.html !== null && isOthers(answer.html)
    return isBlocked ? { failed: 'blocked', counts: answer.counts } : answer
  }

  /** No browser can be started: others that can will draw the page, and it is tried again here within the hour. */
  #cannot(error: unknown): null {
    const { ctx, timers, name } = this.#parts
    const text = error instanceof Error ? error.message : String(error)
    if (this.#problem === null)
      ctx.log.error({ err: error }, 'pages cannot be drawn: no browser can be started')
    this.#problem = text.slice(0, 500)
    for (const cancel of this.#cancels.splice(1)) cancel()
    const again = () => {
      this.#problem = null
      this.#begin()
    }
    this.#cancels.push(timers.after(HOUR, again))
    void announceRenderer(ctx.db, name, ctx.clock.now(), this.#problem).catch(this.#warn)
    return null
  }

  /** Hands on what a page shows. @returns why that is not possible; null: it is done. */
  async #yield(order: RenderOrder, drawn: Drawn): Promise<DrawFailure | 'stopped' | null> {
    const { ctx, reader, proberFor, checks, record } = this.#parts
    const { id, siteId, purpose, demo } = order
    const by = { prober: proberFor(demo), reader, signal: this.#stop.signal }
    const atMs = ctx.clock.now()
    if (purpose === 'picture') {
      if (!drawn.picture) return { failed: 'no_page' }
      await ctx.after.pictured(ctx, order, { ...drawn.picture, url: drawn.url, atMs })
      await finishOrder(ctx.db, id, atMs, null)
      return null
    }
    if (purpose === 'check') {
      const failed = await checks.take(order, drawn, () => this.#open(order))
      if (failed === null) await finishOrder(ctx.db, id, atMs, null)
      return failed && { failed }
    }
    const columnId = columnOf(order)
    if (columnId !== null) {
      const measure = await drawnList(by, drawn, atMs).catch(this.#unread)
      if (by.signal.aborted) return 'stopped'
      const wants = isWanting(drawn.missed, measure?.items ?? 0)
      const isWhole = !wants || (await isListSent(ctx.db, columnId, atMs))
      const column = { id: columnId, siteId }
      if (measure === null || !(await storeDrawnColumn(ctx.db, column, { measure, isWhole }, atMs)))
        return { failed: wants ? 'incomplete' : 'unread' }
      await finishOrder(ctx.db, id, atMs, null)
      return null
    }
    const visited = await drawnHome(by, siteId, drawn, atMs).catch(this.#unread)
    if (by.signal.aborted) return 'stopped'
    if (!visited?.finding) return { failed: 'unread' }
    const sent = await sentOf(ctx.db, siteId)
    const said = saidBy(sent, visited.finding, drawn.missed, localDay(atMs), rulesInForce())
    if (typeof said === 'string') return { failed: said }
    const stored = () => void finishOrder(ctx.db, id, ctx.clock.now(), null).catch(this.#warn)
    record({ ...visited, finding: said }, stored)
    return null
  }

  readonly #unread = (error: unknown): null => {
    this.#warn(error)
    return null
  }

  async #giveUp(order: RenderOrder, failure: DrawFailure): Promise<void> {
    const { ctx, checks } = this.#parts
    const { id, siteId, purpose } = order
    const { failed: reason } = failure
    const now = ctx.clock.now()
    if (purpose === 'picture') await ctx.after.pictured(ctx, order, { failed: reason })
    else if (purpose === 'check') await checks.fail(order, reason, now)
    else if (columnOf(order) === null) await noteFailed(ctx.db, siteId, now, reason)
    else await noteNoList(ctx.db, order, failure, new Date(now))
    await finishOrder(ctx.db, id, now, reason)
  }
}

function toDraw({ id, url, demo, purpose, subject }: RenderOrder, now: number): DrawOrder {
  return {
    ...{ id, url, demo },
    wantsHtml: purpose !== 'picture',
    wantsCheck: purpose === 'check',
    picture:
      purpose === 'picture'
        ? {
            mark: subject?.mark ?? null,
            isWhole: subject?.isWhole === true,
            isAsIs: subject?.isAsIs === true,
            today: localDay(now),
          }
        : null,
  }
}
