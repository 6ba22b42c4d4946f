import type { Server, Socket } from 'socket.io'
import type { ByeReason, ClientToServerEvents, ServerToClientEvents } from '../../../shared/city/pushes.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import { Bucket } from './bucket.ts'
import { note } from './counts.ts'
import {
  LAST_WORD_MS,
  MAX_BACKLOG_BYTES,
  MAX_BACKLOG_MS,
  MAX_BACKLOG_PUSHES,
  SNAPSHOTS,
  SUBSCRIPTIONS,
} from './limits.ts'
import { backlogOf, cut, encode, type Push, write } from './wire.ts'

interface SocketData {
  user: User
  /** When the token ends by which it was opened (epoch ms). */
  endsAt: number | null
  listener: Listener
}
export type LiveServer = Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>
export type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>

/** One connection of a client: what it hears, what it has asked for, and how far it is behind. */
export class Listener {
  readonly socket: LiveSocket
  /** Whose it is: all connections of a person, or of a wall link. */
  readonly who: string
  readonly rooms = new Set<string>()
  /** Key of the view that it hears. */
  view: string | null = null
  /** A subscription waits for its turn. */
  isAsking = false
  readonly #subscriptions: Bucket
  readonly #snapshots: Bucket
  /** Size of the whole board that is under way; null when none is. */
  #underWay: number | null = null
  #behindSince: number | null = null

  constructor(socket: LiveSocket, who: string) {
    this.socket = socket
    this.who = who
    this.#subscriptions = new Bucket(SUBSCRIPTIONS, performance.now())
    this.#snapshots = new Bucket(SNAPSHOTS, performance.now())
  }

  /** Whether it may subscribe now: not too often, and one at a time. */
  mayAsk(): boolean {
    return !this.isAsking && this.#subscriptions.take(performance.now())
  }

  /** Whether it may have the whole board now: not too often, and none while one is under way. */
  mayHaveSnapshot(): boolean {
    return this.#underWay === null && this.#snapshots.take(performance.now())
  }

  /** Sends the whole board; until it is on its way there is no other. */
  sendWhole(pushes: readonly Push[]): void {
    const [board, ...rest] = pushes
    this.#underWay = board?.text.length ?? 0
    if (board) {
      write(this.socket.conn, board, () => {
        this.#underWay = null
      })
    }
    for (const push of rest) write(this.socket.conn, push)
  }

  /** Sends a push that must not be left out, unless the client has fallen too far behind, and is dropped. */
  send(push: Push): void {
    if (!this.isTooSlow()) write(this.socket.conn, push)
  }

  /** Sends a push that the next one replaces: not while anything else waits. */
  sendNewest(push: Push): void {
    if (!this.isTooSlow() && this.#behindSince === null) write(this.socket.conn, push)
  }

  /** Looks at what waits for the client. One that has fallen too far behind is dropped, and comes back if it can. */
  isTooSlow(): boolean {
    const { conn } = this.socket
    const { pushes, bytes } = backlogOf(conn)
    const now = performance.now()
    this.#behindSince = pushes === 0 && bytes === 0 ? null : (this.#behindSince ?? now)
    const behindMs = this.#behindSince === null ? 0 : now - this.#behindSince
    const isTooSlow =
      bytes > MAX_BACKLOG_BYTES + (this.#underWay ?? 0) ||
      pushes > MAX_BACKLOG_PUSHES ||
      behindMs > MAX_BACKLOG_MS
    if (!isTooSlow) return false
    note('dropped', 'too-slow')
    cut(conn, 'too-slow', LAST_WORD_MS)
    return true
  }

  /** Ends the connection for good: its client is told why, and does not come back by itself. */
  sendAway(reason: ByeReason): void {
    const { socket } = this
    note('dropped', reason)
    write(socket.conn, encode('bye', { reason }))
    socket.disconnect(true)
    // Who does not read the last word is not waited for.
    setTimeout(() => cut(socket.conn, reason, 0), LAST_WORD_MS).unref()
  }
}
