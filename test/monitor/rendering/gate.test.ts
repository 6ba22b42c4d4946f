import { createServer, get, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type GateParts, openGate } from '../../../server/monitor/rendering/browser/gate.ts'
import { createGuard } from '../../../server/monitor/visit/net/guard.ts'
import { serve } from '../visit/servers.ts'

/** A site on loopback that answers with so many bytes as its address says; what is asked of it is counted. */
const site = createServer((request, response) => {
  asked.push(request.url ?? '')
  response.end('x'.repeat(Number(request.url?.slice(1)) || 2))
})
let asked: string[] = []
let port = 0
beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  port = (site.address() as AddressInfo).port
})
afterAll(() => void site.close())

async function gateOf(change: Partial<GateParts> = {}) {
  asked = []
  const gate = await openGate({
    resolve: () => ({ addresses: [{ address: '127.0.0.1', family: 4 }] }),
    isAllowed: createGuard({ allowAddresses: [], allowHosts: ['*.localhost'] }),
    maxBytes: 100_000,
    maxRequests: 5,
    ...change,
  })
  onTestFinished(() => gate.close())
  return gate
}

/** The status that a plain request gets, or `ended`. */
function fetched(gatePort: number, url: string): Promise<number | 'ended'> {
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port: gatePort, path: url, agent: false }, (response: IncomingMessage) => {
      response.on('error', () => resolve('ended'))
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.resume()
    }).on('error', () => resolve('ended'))
  })
}

/** The first line of the answer to `CONNECT`, or '' when it is cut off. */
function tunnelled(gatePort: number, place: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(gatePort, '127.0.0.1', () =>
      socket.write(`CONNECT ${place} HTTP/1.1\r\nHost: x\r\n\r\n`),
    )
    socket.once('data', (bytes) => resolve(bytes.toString().split('\r\n', 1)[0] ?? ''))
    socket.once('close', () => resolve(''))
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
  })
}

describe('what a page asks for goes where visits may go, and nowhere else', () => {
  it('a site is reached, plainly and through a tunnel', async () => {
    const gate = await gateOf()
    expect(await fetched(gate.port, `http://a.localhost:${port}/7`)).toBe(200)
    expect(await tunnelled(gate.port, `a.localhost:${port}`)).toBe('HTTP/1.1 200 Connection Established')
    expect(gate.counts()).toMatchObject({ requests: 2, refused: 0, isOver: false })
  })

  it('no inner address is, by number or by name, whatever it is asked by', async () => {
    const resolve: GateParts['resolve'] = (name) => ({
      addresses: [{ address: /^[\d.]+$/.test(name) ? name : '10.0.0.1', family: 4 }],
    })
    const gate = await gateOf({ resolve })
    expect(await fetched(gate.port, 'http://169.254.169.254/latest/meta-data/')).toBe(403)
    expect(await fetched(gate.port, `http://127.0.0.1:${port}/`)).toBe(403)
    expect(await tunnelled(gate.port, 'inner.example.cn:443')).toBe('HTTP/1.1 403 Forbidden')
    expect(asked).toEqual([])
    expect(gate.counts().refused).toBe(3)
  })

  it('a name that leads inside the second time is refused the second time', async () => {
    let times = 0
    const isAllowed = createGuard({ allowAddresses: ['127.0.0.1/32'], allowHosts: [] })
    const resolve: GateParts['resolve'] = () => ({
      addresses: [{ address: times++ === 0 ? '127.0.0.1' : '10.0.0.1', family: 4 }],
    })
    const gate = await gateOf({ resolve, isAllowed })
    expect(await fetched(gate.port, `http://twice.example.cn:${port}/1`)).toBe(200)
    expect(await fetched(gate.port, `http://twice.example.cn:${port}/2`)).toBe(403)
    expect(asked).toEqual(['/1'])
  })

  it.each([
    'HTTP/1.1 099 x\r\n\r\n',
    'HTTP/1.1 999 x\r\n\r\n',
    'HTTP/1.1 200 x\r\nx: \x01\r\n\r\n',
    'HTTP/1.1 101 x\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
    'HTTP/1.1 200\r\ncontent-length: 9\r\n\r\nhalf',
    'not HTTP at all\r\n\r\n',
  ])('an answer that is none (%j) ends that request, and no other', async (answer) => {
    const wrong = await serve((socket) => socket.end(answer))
    const gate = await gateOf()
    expect(await fetched(gate.port, `http://a.localhost:${wrong.port}/`)).not.toBe(200)
    expect(await fetched(gate.port, `http://a.localhost:${port}/7`)).toBe(200)
  })

  it('what is no address of a page is refused', async () => {
    const gate = await gateOf()
    expect(await fetched(gate.port, '/etc/passwd')).toBe(400)
    expect(await tunnelled(gate.port, 'a.localhost:99999')).toBe('HTTP/1.1 400 Bad Request')
  })
})

describe('a page that asks for too much gets nothing more', () => {
  it('in bytes', async () => {
    const gate = await gateOf({ maxBytes: 1_000 })
    await fetched(gate.port, `http://a.localhost:${port}/50000`)
    expect(gate.counts().isOver).toBe(true)
    expect(await fetched(gate.port, `http://a.localhost:${port}/1`)).not.toBe(200)
  })

  it('in what is said before an answer', async () => {
    const endless = await serve((socket) => {
      socket.on('error', () => {})
      for (let n = 0; n < 50; n++) socket.write('HTTP/1.1 103 x\r\nlink: </a>\r\n\r\n')
    })
    const gate = await gateOf()
    expect(await fetched(gate.port, `http://a.localhost:${endless.port}/`)).toBe('ended')
    expect(gate.counts().isOver).toBe(true)
  })

  it('in requests', async () => {
    const gate = await gateOf()
    for (let n = 0; n < 7; n++) await fetched(gate.port, `http://a.localhost:${port}/${n}`)
    expect(asked).toHaveLength(5)
    expect(gate.counts().isOver).toBe(true)
  })
})
