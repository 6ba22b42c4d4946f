import net from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { leastOf } from '../../support/least.ts'
import { patient } from '../../support/run/patience.ts'
import { answer, type Behaviour, HOME, page, proberFor, serve, visit } from './servers.ts'

const DEADLINE = 200

/** Sends a little for ever, often enough that no idle timer would ever fire. */
const trickle =
  (first: string, drop: string): Behaviour =>
  (socket) => {
    socket.write(first)
    const timer = setInterval(() => socket.write(drop), 10)
    socket.on('close', () => clearInterval(timer))
  }

test.for([
  ['silent', () => {}, null],
  ['trickles its head', trickle('HTTP/1.1 200 OK\r\n', 'X-A: b\r\n'), null],
  ['trickles its body', trickle('HTTP/1.1 200 OK\r\n\r\n', '<p>'), 200],
  ['trickles chunks', trickle('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\nx\r\n'), 200],
  ['trickles continues', trickle('', 'HTTP/1.1 100 Continue\r\n\r\n'), null],
] as const)('a server that is %s runs into the deadline', async ([, behaviour, status]) => {
  const { port } = await serve(behaviour)
  const visitNow = () => visit(`http://site.localhost:${port}/`, { deadlineMs: DEADLINE })
  const { result, body } = await visitNow()
  const tookMs = await leastOf(patient(DEADLINE * 2), async () => {
    const began = performance.now()
    await visitNow()
    return performance.now() - began
  })
  expect(tookMs).toBeLessThan(patient(DEADLINE * 2))
  expect(result).toMatchObject({
    outcome: 'failed',
    cause: 'timeout',
    status,
    address: '127.0.0.1',
    bodyHash: null,
  })
  expect(result.totalMs).toBeGreaterThanOrEqual(DEADLINE)
  expect(result.connectMs).not.toBeNull()
  expect(body).toBeNull()
})

test('the deadline is for all hops together', async () => {
  const { port, requests } = await serve((socket, request, count) => {
    setTimeout(() => answer(`HTTP/1.1 302 Found\r\nLocation: /${count}\r\n\r\n`)(socket, request, count), 60)
  })
  const { result } = await visit(`http://site.localhost:${port}/`, { deadlineMs: DEADLINE })
  expect(result).toMatchObject({ outcome: 'failed', cause: 'timeout' })
  // It may come between an answer and the request that follows it.
  expect([requests.length - 1, requests.length]).toContain(result.redirects)
  expect(requests.length).toBeLessThan(6)
})

test('a handshake that never ends runs into it too', async () => {
  const server = net.createServer((socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as net.AddressInfo
  const { result } = await visit(`https://site.localhost:${port}/`, { deadlineMs: DEADLINE })
  expect(result).toMatchObject({ cause: 'timeout', tlsMs: null })
})

test('a name server that never answers is told apart from a slow site', async () => {
  const silent = () => new Promise<never>(() => {})
  const resolver = { resolve4: silent, resolve6: silent }
  const { result } = await visit('http://www.gz.gov.cn/', { deadlineMs: DEADLINE, resolver })
  expect(result).toMatchObject({ outcome: 'failed', cause: 'dns_timeout', connectMs: null })
})

describe('the legal line of fifteen seconds', () => {
  /** A visit whose last byte comes when the clock shows `ms`. */
  async function visitThatTakes(ms: number) {
    let clock = 1000
    const { port } = await serve((socket, request, count) => {
      clock = 1000 + ms
      page(HOME)(socket, request, count)
    })
    const { result } = await visit(`http://site.localhost:${port}/`, {
      deadlineMs: 15_000,
      elapsedMs: () => clock,
    })
    return result
  }

  test('14.999 s is open', async () => {
    expect(await visitThatTakes(14_999)).toMatchObject({ outcome: 'ok', totalMs: 14_999 })
  })

  test('15.000 s is not', async () => {
    const result = await visitThatTakes(15_000)
    expect(result).toMatchObject({ outcome: 'failed', cause: 'timeout', totalMs: 15_000, status: 200 })
  })

  test('a clock that jumped past it means that the monitor stood still, and is not the site’s fault', async () => {
    const result = await visitThatTakes(20_000)
    expect(result).toMatchObject({ outcome: 'failed', cause: 'monitor_error', totalMs: 20_000 })
  })

  test('a time just below is never shown as fifteen seconds', async () => {
    expect(await visitThatTakes(14_999.97)).toMatchObject({ outcome: 'ok', totalMs: 14_999.9 })
  })
})

test('a caller that gives up ends the visit', async () => {
  const { port } = await serve(() => {})
  const control = new AbortController()
  setTimeout(() => control.abort(), 30)
  const prober = proberFor()
  const url = `http://site.localhost:${port}/`
  expect((await prober.visit({ url, signal: control.signal })).result).toMatchObject({
    outcome: 'failed',
    cause: 'aborted',
  })
  expect((await prober.visit({ url, signal: control.signal })).result.cause).toBe('aborted')
})

test('closing the prober ends its visits', async () => {
  const { port } = await serve(() => {})
  const prober = proberFor()
  const visits = Promise.all(
    ['a', 'b', 'c'].map((name) => prober.visit({ url: `http://${name}.localhost:${port}/` })),
  )
  setTimeout(() => prober.close(), 30)
  expect((await visits).map(({ result }) => result.cause)).toEqual(['aborted', 'aborted', 'aborted'])
})

test('a server that keeps the connection after its answer does not keep the visit', async () => {
  const { port } = await serve((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<p>ok</p>')
  })
  const tookMs = await leastOf(patient(500), async () => {
    const { result } = await visit(`http://site.localhost:${port}/`)
    expect(result).toMatchObject({ outcome: 'ok', bytes: 9 })
    return result.totalMs ?? 0
  })
  expect(tookMs).toBeLessThan(patient(500))
})

test('a server that talks on after its answer is hung up on', async () => {
  const { port } = await serve((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<p>ok</p>')
    const timer = setInterval(() => socket.write('more'), 5)
    socket.on('close', () => {
      clearInterval(timer)
      hungUp()
    })
  })
  let hungUp = () => {}
  const done = new Promise<void>((resolve) => {
    hungUp = resolve
  })
  expect((await visit(`http://site.localhost:${port}/`)).result.outcome).toBe('ok')
  await done
})

test('five hundred visits at once all come back', async () => {
  const { port } = await serve(page(HOME))
  const prober = proberFor({ deadlineMs: 15_000 })
  const visits = Array.from({ length: 500 }, (_, index) =>
    prober.visit({ url: `http://n${index}.localhost:${port}/` }),
  )
  const outcomes = (await Promise.all(visits)).map(({ result }) => result.outcome)
  expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(500)
})
