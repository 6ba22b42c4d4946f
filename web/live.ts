import { io, type Socket } from 'socket.io-client'
import type { Snapshot } from '../shared/board.ts'
import type { Fact } from '../shared/facts.ts'
import {
  type ClientToServerEvents,
  hearsAll,
  type Pulse,
  type ServerToClientEvents,
} from '../shared/pushes.ts'

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
 * Hears `rooms` until stopped: a snapshot first, then facts and pulses; after a break only the facts that were
 * missed. What comes before the snapshot is held back and applied after it.
 */
export function openLive(rooms: readonly string[], listener: Listener, url?: string): Live {
  const options = { transports: ['websocket', 'polling'], tryAllTransports: true, withCredentials: true }
  const socket: LiveSocket = url === undefined ? io(options) : io(url, { ...options, forceNew: true })
  let held: Fact[] | null = []
  let retry: ReturnType<typeof setTimeout> | undefined

  function subscribe(since: number | null): void {
    clearTimeout(retry)
    if (since === null) held ??= []
    const input = { rooms: [...rooms], ...(since === null ? {} : { since }) }
    socket.timeout(ANSWER_MS).emit('subscribe', input, (error, result) => {
      if (!socket.connected) return
      if (error) retry = setTimeout(() => subscribe(since), RETRY_MS)
      else if (!result.ok) listener.refused(result.code)
      else if (!result.snapshot) listener.caughtUp(result.seq)
    })
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
    subscribe(listener.seq())
  })
  socket.on('disconnect', (reason) => {
    listener.connected(false)
    // Socket.IO comes back by itself from everything but this.
    if (reason === 'io server disconnect') listener.refused('unauthenticated')
  })
  socket.on('connect_error', (error) => {
    listener.connected(false)
    if (!socket.active) listener.refused(error.message)
  })
  socket.on('snapshot', (payload) => {
    listener.snapshot(payload)
    const waiting = held ?? []
    held = null
    apply(waiting)
  })
  socket.on('facts', (payload) => {
    if (held) held.push(...payload)
    else apply(payload)
  })
  socket.on('pulse', (payload) => {
    if (held) return
    listener.pulse(payload)
    compare(payload.seq)
  })

  return {
    reload: () => subscribe(null),
    stop() {
      clearTimeout(retry)
      socket.disconnect()
    },
  }
}
