import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { Bucket } from './bucket.ts'
import { note } from './counts.ts'
import { credentialOf, type Doorman } from './doorman.ts'
import { FRAMES, HANDSHAKES_AT_ONCE, LAST_WORD_MS } from './limits.ts'
import type { LiveServer } from './listener.ts'
import { SocketTurns } from './turns.ts'
import { type Connection, cut, onFrame, onGone, prepareConnection } from './wire.ts'

/**
 * Watches every connection from its first byte, whoever it belongs to: one that sends more frames than any browser
 * is closed, and its client does not come back at once. What is to be done when many end at once is done in turns.
 */
export function watchConnections(io: LiveServer, doorman: Doorman): void {
  const departures = new SocketTurns()
  io.engine.on('connection', (line: Connection) => {
    prepareConnection(line)
    onGone(line, (end) => departures.add('', end))
    doorman.watch(line)
    const frames = new Bucket(FRAMES, performance.now())
    let isOver = false
    onFrame(line, () => {
      if (isOver || frames.take(performance.now())) return
      isOver = true
      note('dropped', 'too-many')
      doorman.fine(line.request)
      // After what is being read: the library does not expect a connection to end in the middle of it.
      setImmediate(() => cut(line, 'too-many', LAST_WORD_MS))
    })
  })
}

/**
 * Has handshakes by web socket, which all come at once after a line was cut, wait for their turn: some in each turn of the event loop,
 * one of each client before a second of any. Call when all listen that will.
 */
export function shakeHandsInTurn(server: HttpServer): void {
  const turns = new SocketTurns(HANDSHAKES_AT_ONCE)
  const listeners = server.listeners('upgrade')
  server.removeAllListeners('upgrade')
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Until the handshake is made nobody else listens, and a client that cuts the line would end the process.
    socket.on('error', ignore)
    turns.add(credentialOf(req), () => {
      for (const listener of listeners) listener.call(server, req, socket, head)
    })
  })
}
const ignore = () => {}
