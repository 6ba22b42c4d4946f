import { io, type Socket } from 'socket.io-client'
import type { Fact } from '../../../shared/base/facts.ts'
import type { Snapshot } from '../../../shared/city/board.ts'
import type { Pulse, ServerToClientEvents } from '../../../shared/city/pushes.ts'
import { type ClientToServerEvents, hearsAll } from '../../../shared/city/pushes-rules.ts'

type LiveSocket = Socket<ServerToClientEvents, ClientToServerEvents>

/** Who keeps what is heard. */
export interface Listener {
  /** The last fact it has; null before the first snapshot. */
  seq(): number | null
  snapshot(payload: Snapshot): void
  /** @returns false when it cannot follow and needs a snapshot. */
  facts(payload: readonly Fact[]): boolean
  pulse(payload: Pulse): void
  /** Everything up to `seq` that concerns our rooms has been heard. */
  caughtUp(seq: number): void
  connected(isConnected: boolean): void
  /**
   * The server ended the connection: it is being restarted, or our rights are other ones by now. We come back by
   * ourselves; only its answer to the question who we are tells the one from the other.
   */
  sentAway(): void
  /** The server will not have us: signed out, or the wall link was revoked. */
  refused(code: string): void
}

export interface Live {
  /** Asks for everything again. */
  reload(): void
  stop(): void
}

/** How long to wait for the answer to `subscribe` before asking again. */
const ANSWER_MS = 10_000
const RETRY_MS = 2_000
/**
 * How soon we come back after a break, at first and at most; each wait is spread by half, so that the browsers of a
 * city do not come as one.
 */
const BACK_MS = { reconnectionDelay: 300, reconnectionDelayMax: 3_000, timeout: 5_000 } as const
/** A server that sends us away again and again is left alone for longer each time. */
const AWAY_MOST_MS = 30_000

/**
 * Hears `rooms` until stopped: a snapshot first, then facts and pulses; after a break only the facts that were
 * missed. What comes before the snapshot is held back and applied after it. A snapshot may be some time old, and what has
 * happened since comes behind it, then the answer to `subscribe`: nobody is shown the one without the other, and begins
 * to work on a list that is of then.
 */
export function openLive(rooms: readonly string[], listener: Listener, url?: string): Live {
  const transports = { transports: ['websocket', 'polling'], tryAllTransports: true, withCredentials: true }
  const options = { ...transports, ...BACK_MS }
  const socket: LiveSocket = url === undefined ? io(options) : io(url, { ...options, forceNew: true })
  let held: Fact[] | null = []
  /** A snapshot that has come, while the answer behind it has not. */
  let whole: Snapshot | null = null
  let asked = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let away: ReturnType<typeof setTimeout> | undefined
  let awayMs: number = BACK_MS.reconnectionDelay

  /** Socket.IO comes back by itself from everything but being sent away. */
  function comeBack(): void {
    away = setTimeout(() => socket.connect(), awayMs * (0.5 + Math.random()))
    awayMs = Math.min(awayMs * 2, AWAY_MOST_MS)
  }
  const comeBackNow = (): void => {
    if (!socket.connected) socket.connect()
  }

  function subscribe(since: number | null): void {
    clearTimeout(retry)
    if (since === null) held ??= []
    const input = { rooms: [...rooms], ...(since === null ? {} : { since }) }
    asked += 1
    socket.timeout(ANSWER_MS).emit('subscribe', input, (error, result) => {
      asked -= 1
      if (!socket.connected) return
      show()
      if (error) retry = setTimeout(again, RETRY_MS)
      else if (!result.ok && result.retryMs !== undefined) retry = setTimeout(again, result.retryMs)
      else if (!result.ok) listener.refused(result.code)
      else if (!held) listener.caughtUp(result.seq)
    })
  }

  /** What came before the answer, over a slow line, is not asked for anew. */
  const again = (): void => subscribe(held ? null : listener.seq())

  function show(): void {
    if (!whole) return
    listener.snapshot(whole)
    const waiting = held ?? []
    whole = null
    held = null
    apply(waiting)
  }

  /**
   * A pulse says which fact was told last. Who hears the whole city must have it, or has missed some and asks for
   * them; who hears a part may pass over the others.
   */
  let wasBehind = false
  function compare(told: number): void {
    const isBehind = told > (listener.seq() ?? told)
    if (isBehind && !hearsAll(rooms)) listener.caughtUp(told)
    else if (isBehind && wasBehind) subscribe(listener.seq())
    wasBehind = isBehind && !wasBehind
  }

  function apply(facts: readonly Fact[]): void {
    if (!listener.facts(facts)) subscribe(null)
  }

  socket.on('connect', () => {
    listener.connected(true)
    whole = null
    // What is held back waits for a snapshot, which the break may have swallowed.
    again()
  })
  socket.on('disconnect', (reason) => {
    listener.connected(false)
    if (reason !== 'io server disconnect') return
    listener.sentAway()
    comeBack()
  })
  socket.on('connect_error', (error) => {
    listener.connected(false)
    if (!socket.active) listener.refused(error.message)
  })
  socket.on('snapshot', (payload) => {
    whole = payload
    held ??= []
    if (asked === 0) show()
  })
  socket.on('facts', (payload) => {
    if (held) held.push(...payload)
    else apply(payload)
  })
  socket.on('pulse', (payload) => {
    awayMs = BACK_MS.reconnectionDelay
    if (held) return
    listener.pulse(payload)
    compare(payload.seq)
  })

  globalThis.addEventListener?.('online', comeBackNow)
  return {
    reload: () => subscribe(null),
    stop() {
      clearTimeout(retry)
      clearTimeout(away)
      globalThis.removeEventListener?.('online', comeBackNow)
      socket.disconnect()
    },
  }
}
