import type { Server, Socket } from 'socket.io'
import { applyFact, type Board, encodeSite, type PulseRow, type Snapshot } from '../../shared/board.ts'
import { DISTRICTS } from '../../shared/districts.ts'
import type { Fact } from '../../shared/facts.ts'
import {
  type ByeReason,
  type ClientToServerEvents,
  type Pulse,
  type ServerToClientEvents,
  type SubscribeResult,
  subscribeInput,
} from '../../shared/pushes.ts'
import { sameRights, type User } from '../../shared/users.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { type Loaded, loadBoard } from './load.ts'
import { measuredSince } from './pulse.ts'
import { factsFor, mayJoin, type Place, placeOf, type View, viewOf } from './rooms.ts'
import { FactTail } from './tail.ts'

interface SocketData {
  user: User
  rooms: Set<string>
}
export type LiveServer = Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>
type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>

/** Facts kept in memory for browsers that come back; whoever missed more gets a snapshot. */
const RING = 5_000
const RECENT = 40
const PULSE_MS = 1_000
const FAREWELL_TURN_MS = 25
const FAREWELL_TURNS = 12
/** A visit is recorded a while after it began: so far back the pulse looks for news. */
const PULSE_OVERLAP_MS = 25_000
const REFUSED = { code: 'forbidden', message: '无权订阅。You may not hear this room.' }

const DISTRICT_CODES = DISTRICTS.map((district) => district.code)

/**
 * The live plane: keeps the board, and tells each browser what it may hear, in the order of the fact log.
 * The only file that emits. Sockets with the same rooms share a view, so that facts of several rooms reach a
 * socket once and in order.
 */
export class Hub {
  readonly #ctx: Context
  readonly #io: LiveServer
  readonly #tail: FactTail
  readonly #views = new Map<string, View>()
  readonly #snapshots = new Map<string, Snapshot>()
  #loaded: Loaded
  #ring: Fact[]
  #timer: NodeJS.Timeout | null = null
  #pulsing: Promise<void> | null = null
  /** Visits of the last minute, as counts per second. */
  #visits: number[] = []
  #lastVisitAt = 0
  #isClosing = false

  private constructor(ctx: Context, io: LiveServer, loaded: Loaded) {
    this.#ctx = ctx
    this.#io = io
    this.#loaded = loaded
    this.#ring = loaded.recent
    this.#tail = new FactTail(ctx.db, ctx.log, loaded.board.seq, (facts) => this.#tell(facts))
  }

  static async start(
    ctx: Context,
    io: LiveServer,
    identify: (socket: LiveSocket) => Promise<User | null>,
  ): Promise<Hub> {
    const hub = new Hub(ctx, io, await loadBoard(ctx.db, ctx.clock.now()))
    io.use(async (socket, next) => {
      const user = await identify(socket).catch((error: unknown) =>
        error instanceof Refusal ? null : undefined,
      )
      // Not a word: a refusal is for good, and this client is to come back by itself.
      if (hub.#isClosing || user === undefined) return void socket.conn.close()
      if (!user)
        return next(Object.assign(new Error('unauthenticated'), { data: { code: 'unauthenticated' } }))
      socket.data.user = user
      socket.data.rooms = new Set()
      next()
    })
    io.on('connection', (socket) => hub.#welcome(socket))
    hub.#tail.start()
    hub.#timer = setInterval(() => hub.#pulse(), PULSE_MS)
    return hub
  }

  get board(): Board {
    return this.#loaded.board
  }

  wake(): void {
    this.#tail.wake()
  }

  /** Looks up again who is behind each socket (null: nobody any more); whoever is not who they were is sent away. */
  async expel(whoIs: (socket: LiveSocket) => Promise<User | null>): Promise<void> {
    for (const socket of this.#io.of('/').sockets.values()) {
      const before = socket.data.user
      // A database that does not answer is no reason to send somebody away.
      const now = await whoIs(socket).catch(() => before)
      if (!sameRights(now, before)) sendAway(socket, now === null ? 'signed-out' : 'changed')
    }
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
    await this.#tail.stop()
  }

  #welcome(socket: LiveSocket): void {
    socket.on('subscribe', (input, answer) => {
      const result = this.#subscribe(socket, input)
      if (typeof answer === 'function') answer(result)
    })
    socket.on('disconnect', () => this.#forgetViews())
  }

  #subscribe(socket: LiveSocket, input: unknown): SubscribeResult {
    const parsed = subscribeInput.safeParse(input)
    if (!parsed.success) {
      const reason = parsed.error.issues
        .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
        .join('; ')
      return { ok: false, code: 'invalid', message: `订阅请求有误。The subscription is not valid: ${reason}` }
    }
    const { rooms, since } = parsed.data
    if (!rooms.every((room) => mayJoin(socket.data.user, room, this.board))) return { ok: false, ...REFUSED }
    const before = viewOf(socket.data.rooms)
    for (const room of rooms) socket.data.rooms.add(room)
    const view = viewOf(socket.data.rooms)
    if (before.key && before.key !== view.key) socket.leave(before.key)
    socket.join(view.key)
    this.#views.set(view.key, view)
    this.#forgetViews()
    return this.#catchUp(socket, view, since)
  }

  /** Everything from here to the return happens in one turn of the event loop, so that no fact can slip between. */
  #catchUp(socket: LiveSocket, view: View, since: number | undefined): SubscribeResult {
    const { seq } = this.board
    const missed = since === undefined ? null : this.#factsSince(since)
    if (missed === null) {
      socket.emit('snapshot', this.#snapshot(view))
      return { ok: true, seq, snapshot: true }
    }
    const facts = factsFor(view, missed, this.board)
    if (facts.length > 0) socket.emit('facts', facts)
    return { ok: true, seq, snapshot: false }
  }

  /** The facts after `since`, or null when memory does not reach back to it, or it is of another log. */
  #factsSince(since: number): Fact[] | null {
    const { seq } = this.board
    if (since > seq) return null
    if (since === seq) return []
    const first = this.#ring[0]
    if (!first || first.seq > since + 1) return null
    const facts = this.#ring.filter((fact) => fact.seq > since)
    return facts.some((fact) => fact.kind === 'register.changed') ? null : facts
  }

  async #tell(facts: Fact[]): Promise<void> {
    let canFollow = true
    for (const fact of facts) canFollow = applyFact(this.board, fact) && canFollow
    this.#ring.push(...facts)
    if (this.#ring.length > RING) this.#ring = this.#ring.slice(-RING)
    this.#snapshots.clear()
    if (!canFollow) await this.#reload()
    for (const view of this.#views.values()) {
      if (!canFollow) this.#io.to(view.key).emit('snapshot', this.#snapshot(view))
      const heard = canFollow ? factsFor(view, facts, this.board) : []
      if (heard.length > 0) this.#io.to(view.key).emit('facts', heard)
    }
  }

  async #reload(): Promise<void> {
    this.#loaded = await loadBoard(this.#ctx.db, this.#ctx.clock.now())
    this.#tail.skipTo(this.board.seq)
    this.#snapshots.clear()
  }

  #snapshot(view: View): Snapshot {
    const kept = this.#snapshots.get(view.key)
    if (kept) return kept
    const { board, platforms, demo } = this.#loaded
    const sees = (one: { siteId: number | null; district: string | null }) =>
      view.includes(placeOf(board, one))
    const made: Snapshot = {
      seq: board.seq,
      at: new Date(this.#ctx.clock.now()).toISOString(),
      demo,
      districts: DISTRICT_CODES,
      platforms,
      sites: [...board.sites.values()]
        .filter((s) => view.includes({ ...s, siteId: s.id }))
        .map((s) => encodeSite(s, DISTRICT_CODES)),
      alerts: [...board.alerts.values()].filter(sees),
      rectifications: [...board.rectifications.values()].filter(sees),
      tally: [...board.tally]
        .filter(([siteId]) => sees({ siteId, district: board.sites.get(siteId)?.district ?? null }))
        .map(([id, { raised, closed }]) => [id, raised, closed]),
      recent: factsFor(view, this.#ring.slice(-RECENT), board),
    }
    this.#snapshots.set(view.key, made)
    return made
  }

  #pulse(): void {
    this.#pulsing ??= this.#measure()
      .catch((error: unknown) => this.#ctx.log.warn({ err: error }, 'no pulse: the database did not answer'))
      .finally(() => {
        this.#pulsing = null
      })
  }

  async #measure(): Promise<void> {
    const nowMs = this.#ctx.clock.now()
    const { sites } = this.board
    const rows: { row: PulseRow; place: Place }[] = []
    for (const one of await measuredSince(this.#ctx.db, new Date(nowMs - PULSE_OVERLAP_MS))) {
      const site = sites.get(one.siteId)
      if (!site || one.at <= site.lastVisitAt) continue
      site.lastVisitAt = one.at
      site.latencyMs = one.latencyMs
      this.#lastVisitAt = Math.max(this.#lastVisitAt, one.at)
      rows.push({ row: [one.siteId, one.at, one.latencyMs], place: { ...site, siteId: site.id } })
    }
    if (rows.length > 0) this.#snapshots.clear()
    this.#visits = [...this.#visits.slice(-59), rows.length]
    const base = {
      at: new Date(nowMs).toISOString(),
      seq: this.board.seq,
      monitor: {
        visitsPerMinute: this.#visits.reduce((sum, n) => sum + n, 0),
        overdue: countOverdue(this.board),
        lastVisitAt: this.#lastVisitAt,
      },
    }
    for (const view of this.#views.values()) {
      const pulse: Pulse = {
        ...base,
        rows: rows.filter((r) => view.includes(r.place)).map((r) => r.row),
      }
      this.#io.to(view.key).emit('pulse', pulse)
    }
  }

  #forgetViews(): void {
    for (const key of this.#views.keys()) {
      if (!this.#io.of('/').adapter.rooms.has(key)) {
        this.#views.delete(key)
        this.#snapshots.delete(key)
      }
    }
  }
}

/** Ends a socket for good: its client is told why, and does not come back by itself. */
function sendAway(socket: LiveSocket, reason: ByeReason): void {
  socket.emit('bye', { reason })
  socket.disconnect(true)
}

function countOverdue(board: Board): number {
  let count = 0
  for (const site of board.sites.values()) if (site.cause === 'stalled') count += 1
  return count
}
