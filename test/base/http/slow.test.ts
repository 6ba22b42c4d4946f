import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { type BoundedServer, boundedServer } from '../../../server/base/http/server.ts'
import { until } from '../../support/until.ts'

async function listening(): Promise<{ bounded: BoundedServer; port: number }> {
  const bounded = boundedServer((_req, res) => res.end('ok'), { trustProxy: 0 })
  const port = await new Promise<number>((resolve) => {
    bounded.server.listen(0, '127.0.0.1', () => resolve((bounded.server.address() as { port: number }).port))
  })
  return { bounded, port }
}

it.concurrent.for([
  ['whose head never ends', 'GET / HTTP/1.1\r\nHost: here\r\n', 'X: y\r\n'],
  ['that says nothing', '', ''],
] as const)(
  'a connection %s is closed, and others are answered meanwhile',
  { timeout: 30_000 },
  async ([, first, more], { onTestFinished }) => {
    const { bounded, port } = await listening()
    onTestFinished(() => {
      bounded.server.close()
      bounded.server.closeAllConnections()
    })
    const slow = connect(port, '127.0.0.1')
    let isClosed = false
    slow.on('error', () => {})
    slow.once('close', () => {
      isClosed = true
    })
    slow.resume()
    if (first) slow.write(first)
    await once(slow, 'connect')
    const drip = setInterval(() => more && slow.writable && slow.write(more), 300)
    await until('it is kept', () => bounded.connections.size === 1)
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('ok')
    expect(isClosed, 'it was there meanwhile').toBe(false)
    await until('it is closed', () => isClosed, 25_000)
    clearInterval(drip)
    await until('nothing is kept of it', () => bounded.connections.size <= 1)
  },
)
