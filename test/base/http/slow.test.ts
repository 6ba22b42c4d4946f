import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BoundedServer, boundedServer } from '../../../server/base/http/server.ts'
import { until } from '../../support/until.ts'

let bounded: BoundedServer
let port: number
beforeAll(async () => {
  bounded = boundedServer((_req, res) => res.end('ok'), { trustProxy: 0 })
  port = await new Promise((resolve) => {
    bounded.server.listen(0, '127.0.0.1', () => resolve((bounded.server.address() as { port: number }).port))
  })
})
afterAll(() => {
  bounded.server.close()
  bounded.server.closeAllConnections()
})

it.each([
  ['whose head never ends', 'GET / HTTP/1.1\r\nHost: here\r\n', 'X: y\r\n'],
  ['that says nothing', '', ''],
])(
  'a connection %s is closed, and others are answered meanwhile',
  async (_, first, more) => {
    const slow = connect(port, '127.0.0.1')
    let isClosed = false
    slow.on('error', () => {})
    slow.once('close', () => {
      isClosed = true
    })
    slow.resume()
    if (first) slow.write(first)
    const drip = setInterval(() => more && slow.writable && slow.write(more), 300)
    await until('it is closed', () => isClosed, 25_000)
    clearInterval(drip)
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('ok')
    await until('nothing is kept of it', () => bounded.connections.size <= 1)
  },
  30_000,
)
