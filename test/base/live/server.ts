import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import type {
  ClientToServerEvents,
  Pulse,
  ServerToClientEvents,
  SubscribeInput,
  SubscribeResult,
} from '../../../shared/city/pushes.ts'
import { AT } from './made.ts'

type Peer = Socket<ClientToServerEvents, ServerToClientEvents>
type Answer = (peer: Peer, input: SubscribeInput) => SubscribeResult

/** A socket server whose answers a test decides; what the browser asked is kept. */
export async function startServer(answer: Answer) {
  const http = createServer()
  const io = new Server<ClientToServerEvents, ServerToClientEvents>(http)
  const asked: SubscribeInput[] = []
  let reply = answer
  io.on('connection', (peer) => {
    peer.on('subscribe', (input, done) => {
      asked.push(input)
      done(reply(peer, input))
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return {
    io,
    asked,
    url: `http://127.0.0.1:${port}`,
    answerWith(next: Answer) {
      reply = next
    },
    /** The line breaks; the browser comes back by itself. */
    cutLine() {
      for (const peer of io.of('/').sockets.values()) peer.conn.close()
    },
    stop: () => io.close(),
  }
}

export function pulse(seq: number, rows: Pulse['rows'] = []): Pulse {
  return {
    at: AT,
    seq,
    rows,
    monitor: { visitsPerMinute: 0, overdue: 0, lastVisitAt: 0, silentAfterS: 60, behind: null, draws: true },
  }
}
