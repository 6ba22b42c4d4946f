import type { Logger } from 'pino'
import { type SubscribeResult, subscribeInput } from '../../../shared/city/pushes.ts'
import { inBoth } from '../../base/words/refusals.ts'
import { note } from '../sockets/counts.ts'
import { MAX_ROOMS, RETRY_MS } from '../sockets/limits.ts'
import type { Listener } from '../sockets/listener.ts'
import { People } from '../sockets/people.ts'
import { mayJoin, type View, viewOf } from '../sockets/rooms.ts'
import { SocketTurns } from '../sockets/turns.ts'
import type { Boards } from './boards.ts'

const FORBIDDEN: SubscribeResult = {
  ok: false,
  code: 'forbidden',
  message: inBoth({ reason: 'live.mayNotHear', values: {} }),
}
const TOO_OFTEN: SubscribeResult = {
  ok: false,
  code: 'too_many_requests',
  message: inBoth({ reason: 'live.askedTooOften', values: {} }),
  retryMs: RETRY_MS,
}
const TOO_MANY_ROOMS: SubscribeResult = {
  ok: false,
  code: 'too_many_requests',
  message: inBoth({ reason: 'live.tooManyRooms', values: {} }),
}

interface Audience {
  view: View
  readonly listeners: Set<Listener>
}

/** Takes subscriptions, person by person in turn, and knows who hears what. */
export class Subscriptions {
  readonly #boards: Boards
  readonly #log: Pick<Logger, 'error'>
  readonly #audiences = new Map<string, Audience>()
  readonly #people = new People<Listener>()
  readonly #turns = new SocketTurns()

  constructor(boards: Boards, log: Pick<Logger, 'error'>) {
    this.#boards = boards
    this.#log = log
  }

  /** @returns false when the person has as many connections as one may have */
  enter(listener: Listener): boolean {
    return this.#people.enter(listener.who, listener)
  }

  leave(listener: Listener): void {
    this.#people.leave(listener.who, listener)
    this.#people.hear(listener.who, listener.view, null)
    this.#move(listener, null)
  }

  /** Every set of rooms that somebody hears, with those who do. */
  audiences(): Iterable<Audience> {
    return this.#audiences.values()
  }

  /** Whether somebody hears a view (by its key). */
  isHeard(view: string): boolean {
    return this.#audiences.has(view)
  }

  /**
   * The register is another than before: who may not hear all of its rooms any more is sent away, and will be refused them
   * like anybody; views are of the groups that there are now.
   */
  judgeAgain(): void {
    const { groups, area } = this.#boards
    const judged = new Map<string, boolean>()
    for (const audience of [...this.#audiences.values()]) {
      for (const listener of [...audience.listeners]) {
        if (this.#mayStay(listener, judged)) continue
        this.leave(listener)
        listener.sendAway('changed')
      }
      const [one] = audience.listeners
      if (one) audience.view = viewOf(one.rooms, one.socket.data.user.scope.kind, groups, area)
    }
  }

  /** @param judged what was found of others: many hear the same. */
  #mayStay({ rooms, socket }: Listener, judged: Map<string, boolean>): boolean {
    const { user } = socket.data
    const who = `${user.access} ${JSON.stringify(user.scope)}`
    return [...rooms].every((room) => {
      const key = `${room} ${who}`
      const may = judged.get(key) ?? mayJoin(user, room, this.#boards)
      judged.set(key, may)
      return may
    })
  }

  /** Answers a subscription when it is its person's turn, or refuses it at once. */
  ask(listener: Listener, input: unknown, answer: (result: SubscribeResult) => void): void {
    if (!listener.mayAsk()) {
      note('refused', 'subscriptions')
      answer(TOO_OFTEN)
      return
    }
    const parsed = subscribeInput.safeParse(input)
    if (!parsed.success) {
      const reason = parsed.error.issues
        .slice(0, 3)
        .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
        .join('; ')
      answer({
        ok: false,
        code: 'invalid',
        message: inBoth({ reason: 'live.notValid', values: { reason } }),
      })
      return
    }
    listener.isAsking = true
    this.#turns.add(listener.who, () => {
      listener.isAsking = false
      if (!listener.socket.connected) return
      try {
        answer(this.#subscribe(listener, parsed.data))
      } catch (error) {
        // Its client comes back after a while; nobody else is to notice.
        this.#log.error({ err: error, rooms: parsed.data.rooms }, 'a subscription could not be answered')
        listener.socket.disconnect(true)
      }
    })
  }

  /** Everything from here to the return happens in one turn of the event loop, so that no fact can slip between. */
  #subscribe(
    listener: Listener,
    { rooms, since }: { rooms: string[]; since?: number | undefined },
  ): SubscribeResult {
    const { user } = listener.socket.data
    const { board, groups, area } = this.#boards
    if (!rooms.every((room) => mayJoin(user, room, this.#boards))) return FORBIDDEN
    const all = new Set([...listener.rooms, ...rooms])
    if (all.size > MAX_ROOMS) return TOO_MANY_ROOMS
    const view = viewOf(all, user.scope.kind, groups, area)
    if (!this.#people.mayHear(listener.who, listener.view, view.key)) {
      note('refused', 'views')
      return TOO_MANY_ROOMS
    }
    const missed = since === undefined ? null : this.#boards.since(view, since)
    if (missed === null && !listener.mayHaveSnapshot()) {
      note('refused', 'snapshots')
      return TOO_OFTEN
    }
    this.#people.hear(listener.who, listener.view, view.key)
    for (const room of rooms) listener.rooms.add(room)
    this.#move(listener, view)
    if (missed === null) listener.sendWhole(this.#boards.whole(view))
    else for (const push of missed) listener.send(push)
    return { ok: true, seq: board.seq, snapshot: missed === null }
  }

  #move(listener: Listener, view: View | null): void {
    const before = listener.view === null ? undefined : this.#audiences.get(listener.view)
    listener.view = view?.key ?? null
    before?.listeners.delete(listener)
    if (view) {
      const audience = this.#audiences.get(view.key) ?? { view, listeners: new Set() }
      audience.listeners.add(listener)
      this.#audiences.set(view.key, audience)
    }
    if (before?.listeners.size === 0) this.#audiences.delete(before.view.key)
  }
}
