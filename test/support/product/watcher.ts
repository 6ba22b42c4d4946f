import { io, type Socket } from 'socket.io-client'
import type { Fact } from '../../../shared/base/facts.ts'
import {
  applyFact,
  type Board,
  countSites,
  countsIn,
  decodeSite,
  emptyBoard,
  type Snapshot,
} from '../../../shared/city/board.ts'
import {
  type ByeReason,
  type ClientToServerEvents,
  type Pulse,
  pushes,
  type ServerToClientEvents,
  type SubscribeResult,
  subscribeResult,
} from '../../../shared/city/pushes.ts'
import { patient } from '../run/patience.ts'
import type { Session } from '../session.ts'
import { until } from '../until.ts'

/**
 * A browser without a screen: hears rooms, checks every push through the contract's schema, keeps the board as a
 * browser does, and remembers all that it heard.
 */
export interface Watcher {
  readonly board: Board
  readonly snapshots: Snapshot[]
  /** In the order heard; nothing is left out or put right. */
  readonly facts: Fact[]
  readonly pulses: Pulse[]
  /** Why the server said that it would close the connection. */
  readonly byes: ByeReason[]
  /** What was wrong with what came: a push outside the contract, a gap, a fact told twice. */
  readonly complaints: string[]
  readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>
  subscribe(rooms: readonly string[], since?: number): Promise<SubscribeResult>
  /** Resolves with the first fact, past or future, that `matches`. */
  fact(what: string, matches: (fact: Fact) => boolean, timeoutMs?: number): Promise<Fact>
  close(): void
}

export interface WatchOptions {
  rooms?: readonly string[]
  /** Facts of a scope have gaps, since others' are left out; the whole city's must have none. */
  expectGapless?: boolean
  transports?: ('websocket' | 'polling')[]
}

/** Connects, subscribes and waits for the snapshot. Comes back by itself when the connection breaks. */
export async function watch(session: Session, options: WatchOptions = {}): Promise<Watcher> {
  const { rooms = ['city'], expectGapless = rooms.includes('city') } = options
  const watcher = listen(session, options.transports ?? ['websocket'], expectGapless)
  const { socket, board } = watcher
  await until('the socket is connected', () => socket.connected)
  const result = await watcher.subscribe(rooms)
  if (!result.ok) throw new Error(`subscribe was refused: ${result.code} ${result.message}`)
  await until('the snapshot has come', () => watcher.snapshots.length > 0)
  socket.on('connect', () => void watcher.subscribe(rooms, board.seq))
  return watcher
}

/** Connects without subscribing. */
export function listen(
  session: Session,
  transports: ('websocket' | 'polling')[],
  expectGapless: boolean,
): Watcher {
  const socket: Watcher['socket'] = io(session.origin, {
    transports,
    forceNew: true,
    extraHeaders: { cookie: session.cookie },
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
  })
  const watcher: Watcher = {
    board: emptyBoard(),
    snapshots: [],
    facts: [],
    pulses: [],
    byes: [],
    complaints: [],
    socket,
    async subscribe(rooms, since) {
      const input = { rooms: [...rooms], ...(since === undefined ? {} : { since }) }
      return subscribeResult.parse(await socket.timeout(patient(10_000)).emitWithAck('subscribe', input))
    },
    fact: (what, matches, timeoutMs) => until(what, () => watcher.facts.find(matches), timeoutMs),
    close: () => void socket.disconnect(),
  }
  socket.on('snapshot', (payload) => takeSnapshot(watcher, payload))
  socket.on('facts', (payload) => takeFacts(watcher, payload, expectGapless))
  socket.on('bye', (payload) => {
    if (isSound(watcher, 'bye', payload)) watcher.byes.push(payload.reason)
  })
  socket.on('pulse', (payload) => {
    if (isSound(watcher, 'pulse', payload)) watcher.pulses.push(payload)
  })
  return watcher
}

function isSound(watcher: Watcher, name: keyof typeof pushes, payload: unknown): boolean {
  const parsed = pushes[name].safeParse(payload)
  if (!parsed.success) watcher.complaints.push(`${name} is not as agreed: ${parsed.error.message}`)
  return parsed.success
}

function takeSnapshot(watcher: Watcher, payload: Snapshot): void {
  if (!isSound(watcher, 'snapshot', payload)) return
  const { board } = watcher
  watcher.snapshots.push(payload)
  board.seq = payload.seq
  board.sites.clear()
  board.alerts.clear()
  board.rectifications.clear()
  for (const row of payload.sites) board.sites.set(row[0], decodeSite(row, payload.districts))
  for (const alert of payload.alerts) board.alerts.set(alert.id, alert)
  for (const rectification of payload.rectifications)
    board.rectifications.set(rectification.id, rectification)
  board.figures = payload.level?.figures ?? null
  board.counts.clear()
  for (const [code, counts] of payload.level ? countsIn(payload.level) : countSites(board.sites.values()))
    board.counts.set(code, counts)
  board.tally.clear()
  for (const [siteId, raised, closed] of payload.tally) board.tally.set(siteId, { raised, closed })
}

function takeFacts(watcher: Watcher, payload: Fact[], expectGapless: boolean): void {
  if (!isSound(watcher, 'facts', payload)) return
  for (const fact of payload) {
    const { seq } = watcher.board
    if (fact.seq <= seq) watcher.complaints.push(`fact ${fact.seq} came again after ${seq}`)
    if (expectGapless && fact.seq > seq + 1)
      watcher.complaints.push(`facts ${seq + 1} to ${fact.seq - 1} are missing`)
    watcher.facts.push(fact)
    applyFact(watcher.board, fact)
  }
}
