import net from 'node:net'
import tls from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Behaviour, HOME, page, serve, serveTls, visit } from '../servers.ts'
import { haveAuthorities, LEAF, resultOf, root } from './authorities.ts'
import { makeCertificate } from './certificates.ts'

haveAuthorities()

describe('servers of another age', () => {
  test.for(['TLSv1', 'TLSv1.1'] as const)('%s is spoken at the second try, and noted', async (version) => {
    const leaf = await makeCertificate({ ...LEAF, issuer: root })
    const old = { minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' }
    const result = await resultOf(leaf, [], old)
    expect(result).toMatchObject({ outcome: 'ok', notes: ['weak_tls'], status: 200 })
  })

  test('a signature too weak for today is taken at the second try, and noted', async () => {
    const leaf = await makeCertificate({ ...LEAF, issuer: root })
    const old: tls.TlsOptions = {
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0',
      sigalgs: 'ECDSA+SHA1',
    }
    expect(await resultOf(leaf, [], old)).toMatchObject({ outcome: 'ok', notes: ['weak_tls'] })
  })

  test('a server that cannot renegotiate safely gets a second, legacy handshake', async () => {
    const leaf = await makeCertificate({ ...LEAF, issuer: root })
    const { port } = await serveTls(page(HOME), { leaf, options: { maxVersion: 'TLSv1.2' } })
    const legacy = await legacyFront(port)
    const { result } = await visit(`https://site.localhost:${legacy.port}/`, { ca: root.cert })
    expect(result).toMatchObject({ outcome: 'ok', notes: ['weak_tls'] })
    expect(legacy.connections).toBe(2)
  })

  test('a bad certificate stays bad in the second handshake', async () => {
    const leaf = await makeCertificate({ ...LEAF, issuer: root, fromDay: -90, toDay: -3 })
    const old: tls.TlsOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' }
    expect(await resultOf(leaf, [], old)).toMatchObject({
      outcome: 'failed',
      cause: 'tls_expired',
      notes: [],
    })
  })
})

/**
 * Answers the first connection with a TLS 1.2 hello that lacks the renegotiation extension of RFC 5746, and
 * hands the next ones to the real server.
 */
async function legacyFront(behind: number): Promise<{ port: number; connections: number }> {
  const front = { port: 0, connections: 0 }
  const hello = Buffer.concat([
    Buffer.from('0303', 'hex'),
    Buffer.alloc(32, 7),
    Buffer.from('00c02b00', 'hex'),
  ])
  const record = Buffer.concat([Buffer.from([22, 3, 3, 0, hello.length + 4, 2, 0, 0, hello.length]), hello])
  const server = net.createServer((socket) => {
    socket.on('error', () => {})
    if (++front.connections > 1) return void socket.pipe(net.connect(behind, '127.0.0.1')).pipe(socket)
    socket.once('data', () => socket.write(record))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  front.port = (server.address() as net.AddressInfo).port
  return front
}

describe('no TLS to be had', () => {
  test('a plain server behind an https address', async () => {
    const { port } = await serve(page(HOME))
    const plain = net.createServer((socket) =>
      socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    )
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void plain.close())
    const { port: eager } = plain.address() as net.AddressInfo
    expect((await visit(`https://site.localhost:${eager}/`)).result).toMatchObject({ cause: 'tls_protocol' })
    expect((await visit(`https://site.localhost:${port}/`, { deadlineMs: 200 })).result).toMatchObject({
      cause: 'timeout',
    })
  })

  test('a reset that comes together with the last bytes, beneath TLS', async () => {
    const leaf = await makeCertificate({ ...LEAF, issuer: root })
    const below = new Map<number | undefined, net.Socket>()
    const half: Behaviour = (socket) =>
      socket.write('HTTP/1.1 200 OK\r\n\r\n<p>half', () => below.get(socket.remotePort)?.resetAndDestroy())
    const server = tls.createServer({ key: leaf.key, cert: leaf.cert }, (socket) => {
      socket.on('error', () => {})
      socket.once('data', () => half(socket, '', 1))
    })
    server.on('connection', (socket: net.Socket) => below.set(socket.remotePort, socket))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as net.AddressInfo
    const { result } = await visit(`https://site.localhost:${port}/`, { ca: root.cert })
    expect(result).toMatchObject({ outcome: 'failed', cause: 'truncated', status: 200 })
  })

  test('closed and reset in the middle of the handshake', async () => {
    for (const [end, cause] of [
      [(socket: net.Socket) => socket.end(), 'closed'],
      [(socket: net.Socket) => socket.resetAndDestroy(), 'reset'],
    ] as const) {
      const server = net.createServer((socket) =>
        socket.on('error', () => {}).once('data', () => end(socket)),
      )
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      onTestFinished(() => void server.close())
      const { port } = server.address() as net.AddressInfo
      const { result } = await visit(`https://site.localhost:${port}/`)
      expect(result).toMatchObject({ outcome: 'failed', cause, tlsMs: null, certDaysLeft: null })
      expect(result.connectMs).not.toBeNull()
    }
  })
})
