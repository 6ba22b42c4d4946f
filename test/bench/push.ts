import { brotliCompressSync, deflateRawSync } from 'node:zlib'
import { io } from 'socket.io-client'
import type { Snapshot } from '../../shared/city/board.ts'
import type { Product } from '../support/product/product.ts'
import type { Session } from '../support/session.ts'
import { atMost, type Figure, percentile, told } from './figure.ts'

const SOCKETS = 30

/** What a new browser waits for and receives. */
export async function benchSnapshot(product: Product): Promise<Figure[]> {
  const duty = await product.signIn('duty')
  const times: number[] = []
  let text = ''
  for (let index = 0; index < SOCKETS; index++) {
    const { ms, snapshot } = await firstSnapshot(duty)
    times.push(ms)
    text = JSON.stringify(snapshot)
  }
  const kb = (buffer: Buffer) => buffer.length / 1000
  const together = performance.now()
  await Promise.all(Array.from({ length: 50 }, () => firstSnapshot(duty)))
  return [
    atMost('snapshot of 640 sites, uncompressed', kb(Buffer.from(text)), 150, 'kB', 1),
    atMost('snapshot, deflated as the socket does', kb(deflateRawSync(text)), 40, 'kB', 1),
    told('snapshot, brotli', kb(brotliCompressSync(text)), 'kB', 1),
    atMost('new socket to snapshot, median', percentile(times, 0.5), 100, 'ms'),
    atMost('new socket to snapshot, p95', percentile(times, 0.95), 300, 'ms'),
    atMost('50 browsers at once, until the last has it', performance.now() - together, 2_000, 'ms'),
  ]
}

/** From a new socket to all that a room gives to begin with. */
export function firstSnapshot(session: Session, room = 'city'): Promise<{ ms: number; snapshot: Snapshot }> {
  const began = performance.now()
  const socket = io(session.origin, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie: session.cookie },
  })
  return new Promise((resolve, reject) => {
    socket.once('connect_error', reject)
    socket.once('connect', () => socket.emit('subscribe', { rooms: [room] }, () => {}))
    socket.once('snapshot', (snapshot: Snapshot) => {
      resolve({ ms: performance.now() - began, snapshot })
      socket.disconnect()
    })
  })
}
