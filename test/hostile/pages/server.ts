import net, { type AddressInfo, type Server, type Socket } from 'node:net'
import tls from 'node:tls'
import { Chance } from '../chance.ts'
import { hostileAnswer } from './answers.ts'

/* A process of its own, so that making hostile answers does not hold up the loop that is being measured. */

interface Start {
  readonly seed: number
  readonly key: string
  readonly cert: string
}

export interface Started {
  readonly httpPort: number
  readonly httpsPort: number
}

let answered = 0
let seed = 0

function attend(socket: Socket): void {
  let head = ''
  socket.on('error', () => {})
  socket.setTimeout(10_000, () => socket.destroy())
  socket.on('data', (chunk: Buffer) => {
    head += chunk.toString('latin1')
    if (!head.endsWith('\r\n\r\n')) return
    head = ''
    void send(socket, new Chance(seed * 1_000_003 + answered++))
  })
}

async function send(socket: Socket, chance: Chance): Promise<void> {
  const { pieces, end } = hostileAnswer(chance)
  for (const piece of pieces) {
    if (socket.destroyed) return
    const isTaken = socket.write(piece)
    if (!isTaken) await drained(socket)
    if (pieces.length > 1) await new Promise((resolve) => setImmediate(resolve))
  }
  if (end === 'close') socket.end()
  // Inside TLS a connection cannot be reset, only dropped.
  else if (end === 'reset') socket instanceof tls.TLSSocket ? socket.destroy() : socket.resetAndDestroy()
}

const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', 2_000, () => resolve((server.address() as AddressInfo).port))
  })

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done)
      resolve()
    }
    socket.on('drain', done).on('close', done)
  })
}

process.on('message', async (start: Start) => {
  seed = start.seed
  const secure = tls.createServer({ key: start.key, cert: start.cert }, attend)
  secure.on('tlsClientError', () => {})
  const started: Started = {
    httpPort: await listen(net.createServer(attend)),
    httpsPort: await listen(secure),
  }
  process.send?.(started)
})
process.on('disconnect', () => process.exit(0))
