import type { Fact } from '../../../shared/base/facts.ts'
import type { PulseRow } from '../../../shared/city/board.ts'
import type { Pulse } from '../../../shared/city/pushes.ts'
import { sameRights, type User } from '../../../shared/people/rights/rights.ts'
import type { Context, Measured } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import { inBoth } from '../../base/words/refusals.ts'
import { cityPace } from '../../monitor/pace/queries.ts'
import { rendererState } from '../../monitor/rendering/queries.ts'
import { watchConnections } from '../sockets/connections.ts'
import { note } from '../sockets/counts.ts'
import type { Doorman } from '../sockets/doorman.ts'
import { asksFirst, keepWhoAsked } from '../sockets/handshake.ts'
import { ADMITTED_AT_ONCE } from '../sockets/limits.ts'
import { Listener, type LiveServer, type LiveSocket } from '../sockets/listener.ts'
import { factsFor, type Place, placeOfSite } from '../sockets/rooms.ts'
import { SocketTurns } from '../sockets/turns.ts'
import { encode } from '../sockets/wire.ts'
import { Boards } from './boards.ts'
import { loadBoard } from './load.ts'
import { PaceSeen, type SaidOfMonitors } from './pace.ts'
import { measuredSince, PulseInbox } from './pulse.ts'
import { Subscriptions } from './subscriptions.ts'
import { FactTail } from './tail.ts'

const PULSE_MS = 1_000
const FAREWELL_TURN_MS = 25
const FAREWELL_TURNS = 12
/** A visit is recorded a while after it began: so far back is looked for what was not heard. */
const OVERLAP_MS = 25_000
const TOO_MANY = inBoth({ reason: 'live.tooManyConnections', values: {} })

/** Who opens a connection, and until when that holds (epoch ms). */
export interface Visitor {
  readonly user: User
  readonly who: string
  readonly endsAt: number | null
}

async function saidOfMonitors(db: Context['db'], nowMs: number): Promise<SaidOfMonitors> {
  return { pace: await cityPace(db, nowMs), draws: (await rendererState(db, nowMs)).is === 'ready' }
}

/**
 * The live plane: keeps the board, and tells each browser what it may hear, in the order of the fact log. Sockets
 * with the same rooms share a view, so that facts of several rooms reach a socket once and in order.
 */
export class Hub {
  readonly #ctx: Context
  readonly #io: LiveServer
  readonly #tail: FactTail
  readonly #boards: Boards
  readonly #desk: Subscriptions
  readonly #pace: PaceSeen
  /** Many come at once, and who they are is known of all at once. */
  readonly #arrivals = new SocketTurns(ADMITTED_AT_ONCE)
  #timer: NodeJS.Timeout | null = null
  readonly #inbox = new PulseInbox()
  /** Since when what is measured may not have been heard (epoch ms); null: all is heard. */
  #unheardMs: number | null = null
  #pulsing: Promise<void> | null = null
  /** Facts were taken that not everybody was told of: what all see is loaded anew. */
  #isTorn = false
  /** Visits of the last minute, as counts per second. */
  #visits: number[] = []
  /** Of the newest visit to anybody (epoch s); 0: nobody was visited yet. */
  #lastVisitAt = 0
  #isClosing = false

  private constructor(ctx: Context, io: LiveServer, boards: Boards) {
    this.#ctx = ctx
    this.#io = io
    this.#boards = boards
    this.#desk = new Subscriptions(boards, ctx.log)
    this.#pace = new PaceSeen((nowMs) => saidOfMonitors(ctx.db, nowMs), ctx.log)
    for (const { lastVisitAt } of boards.board.sites.values())
      this.#lastVisitAt = Math.max(this.#lastVisitAt, lastVisitAt)
    this.#tail = new FactTail(ctx.db, ctx.log, boards.loadedTo, (facts) => this.#tell(facts))
  }

  static async start(
    ctx: Context,
    io: LiveServer,
    doorman: Doorman,
    identify: (socket: LiveSocket) => Promise<Visitor | null>,
  ): Promise<Hub> {
    const hub = new Hub(ctx, io, new Boards(await loadBoard(ctx.db, ctx.clock.now()), () => ctx.clock.now()))
    watchConnections(io, doorman)
    io.use((socket, next) => {
      if (!asksFirst(socket.conn)) return void socket.conn.close()
      identify(socket)
        .catch((error: unknown) => (error instanceof Refusal ? null : undefined))
        .then((visitor) => {
          // Not a word: a refusal is for good, and this client is to come back by itself.
          if (hub.#isClosing || visitor === undefined) return void socket.conn.close()
          hub.#arrivals.add(visitor?.who ?? '', () => {
            try {
              const refused = hub.#admit(socket, visitor)
              if (refused === undefined) doorman.admit(socket.conn)
              next(refused)
            } catch (error) {
              ctx.log.error({ err: error }, 'a connection could not be let in')
              socket.conn.close()
            }
          })
        })
        .catch(() => socket.conn.close())
    })
    io.on('connection', (socket) => hub.#welcome(socket))
    hub.#tail.start()
    hub.#timer = setInterval(() => hub.#pulse(), PULSE_MS)
    return hub
  }

  get board() {
    return this.#boards.board
  }

  wake(): void {
    this.#tail.wake()
  }

  /** Takes visits that were stored, to be shown with the next pulse. */
  measured(visits: readonly Measured[]): void {
    this.#inbox.add(visits)
  }

  /** What was measured since then (epoch ms) was not all heard: it is looked up once. */
  missedSince(ms: number): void {
    this.#unheardMs = Math.min(this.#unheardMs ?? ms, ms)
  }

  /**
   * Looks up again who is behind each socket (null: nobody any more); whoever is not who they were is sent away.
   * @param userId behind those of this person and no others.
   */
  async expel(whoIs: (socket: LiveSocket) => Promise<User | null>, userId?: number): Promise<void> {
    const sockets = [...this.#io.of('/').sockets.values()]
    const asked = userId === undefined ? sockets : sockets.filter(({ data }) => data.user.id === userId)
    await Promise.all(
      asked.map(async (socket) => {
        const before = socket.data.user
        // A database that does not answer is no reason to send somebody away.
        const now = await whoIs(socket).catch(() => before)
        if (!sameRights(now, before)) socket.data.listener.sendAway(now === null ? 'signed-out' : 'changed')
      }),
    )
  }

  /**
   * Tells everybody that the server goes down, and closes connections so that clients come back by themselves; from
   * now on nobody is let in. Resolves when all have gone, or have had their time: who polls has to ask first.
   */
  async closeAll(): Promise<void> {
    this.#isClosing = true
    for (const socket of this.#io.of('/').sockets.values()) {
      socket.emit('bye', { reason: 'restart' })
      socket.conn.close()
    }
    for (let left = FAREWELL_TURNS; left > 0 && this.#io.engine.clientsCount > 0; left--) {
      await new Promise((resolve) => setTimeout(resolve, FAREWELL_TURN_MS))
    }
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer)
    await this.#pulsing
    await this.#pace.settled()
    await this.#tail.stop()
  }

  #admit(socket: LiveSocket, visitor: Visitor | null): Error | undefined {
    if (visitor === null) return refusal('unauthenticated', 'unauthenticated')
    // Who has left meanwhile would be counted for good.
    if (socket.conn.readyState !== 'open') return new Error('gone')
    const { user, who, endsAt } = visitor
    const listener = new Listener(socket, who)
    if (!this.#desk.enter(listener)) {
      note('refused', 'person-full')
      return refusal('too_many_requests', TOO_MANY)
    }
    socket.data = { user, endsAt, listener }
    keepWhoAsked(socket)
    socket.conn.once('close', () => this.#desk.leave(listener))
    socket.once('disconnect', () => {
      this.#desk.leave(listener)
      // A client may go and keep the line, on which nothing more is said to it.
      socket.conn.close()
    })
    return undefined
  }

  #welcome(socket: LiveSocket): void {
    socket.on('subscribe', (input, answer) => {
      this.#desk.ask(socket.data.listener, input, typeof answer === 'function' ? answer : () => {})
    })
  }

  /** @param facts null: what is on the board is of a log that is gone */
  async #tell(facts: Fact[] | null): Promise<void> {
    const wasTorn = this.#isTorn
    this.#isTorn = true
    // Where facts fail to be taken, the board has some of them: it is loaded anew with the next, whatever they are.
    const told = !wasTorn && facts !== null && this.#boards.take(facts) ? facts : null
    if (told === null) {
      this.#boards.replace(await loadBoard(this.#ctx.db, this.#ctx.clock.now()), facts === null)
      this.#tail.goOnFrom(this.#boards.loadedTo)
      this.#desk.judgeAgain()
    }
    for (const { view, listeners } of this.#desk.audiences()) {
      const heard = told && factsFor(view, told, this.board)
      if (heard?.length === 0) continue
      if (heard === null || this.#boards.isTooMuch(view, heard)) {
        const whole = this.#boards.whole(view)
        for (const listener of listeners) if (!listener.isTooSlow()) listener.sendWhole(whole)
        continue
      }
      const push = encode('facts', heard)
      for (const listener of listeners) listener.send(push)
    }
    this.#isTorn = false
  }

  #pulse(): void {
    this.#endExpired()
    this.#pulsing ??= this.#measure()
      .catch((error: unknown) => this.#ctx.log.warn({ err: error }, 'no pulse: the database did not answer'))
      .finally(() => {
        this.#pulsing = null
      })
  }

  /** Those whose token has run out by the clock, of which nobody tells us. */
  #endExpired(): void {
    const now = this.#ctx.clock.now()
    for (const { data } of this.#io.of('/').sockets.values()) {
      if (data.endsAt !== null && data.endsAt <= now) data.listener.sendAway('signed-out')
    }
  }

  async #measure(): Promise<void> {
    const nowMs = this.#ctx.clock.now()
    const { sites } = this.board
    const rows: { row: PulseRow; place: Place }[] = []
    this.#pace.look(nowMs)
    await this.#catchUp()
    for (const one of this.#inbox.take()) {
      const site = sites.get(one.siteId)
      if (!site || one.at <= site.lastVisitAt) continue
      site.lastVisitAt = one.at
      site.latencyMs = one.latencyMs
      this.#lastVisitAt = Math.max(this.#lastVisitAt, one.at)
      rows.push({ row: [one.siteId, one.at, one.latencyMs], place: placeOfSite(site) })
    }
    if (rows.length > 0) this.#boards.forget()
    this.#boards.sweep((view) => this.#desk.isHeard(view))
    this.#visits = [...this.#visits.slice(-59), rows.length]
    const base = {
      at: new Date(nowMs).toISOString(),
      seq: this.board.seq,
      monitor: {
        visitsPerMinute: this.#visits.reduce((sum, n) => sum + n, 0),
        overdue: this.#boards.overdue,
        lastVisitAt: this.#lastVisitAt,
        silentAfterS: this.#pace.silentAfterS,
        behind: this.#pace.behind,
        draws: this.#pace.draws,
      },
    }
    for (const { view, listeners } of this.#desk.audiences()) {
      const figures = this.#boards.figures(view)
      const shown = figures ? [] : rows.filter((r) => view.includes(r.place)).map((r) => r.row)
      const pulse: Pulse = { ...base, rows: shown, ...(figures && { figures }) }
      const push = encode('pulse', pulse)
      for (const listener of listeners) listener.sendNewest(push)
    }
  }

  async #catchUp(): Promise<void> {
    const sinceMs = this.#unheardMs
    if (sinceMs === null) return
    this.#inbox.add(await measuredSince(this.#ctx.db, new Date(sinceMs - OVERLAP_MS)))
    // Where it was missed again meanwhile, once more.
    if (this.#unheardMs === sinceMs) this.#unheardMs = null
  }
}

function refusal(code: string, message: string): Error {
  return Object.assign(new Error(code), { data: { code, message } })
}
