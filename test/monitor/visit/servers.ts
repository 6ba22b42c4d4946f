import net, { type AddressInfo, type Server, type Socket } from 'node:net'
import tls from 'node:tls'
import { onTestFinished } from 'vitest'
import { type AskingProber, createProber, type ProberOptions } from '../../../server/monitor/visit/visit.ts'
import type { Certificate } from './net/certificates.ts'

export interface Running {
  port: number
  /** Request heads in the order in which they came. */
  requests: string[]
  connections: number
}

/** What a server does with a connection once a whole request head has come. */
export type Behaviour = (socket: Socket, request: string, count: number) => void

async function listen(server: Server, host: string): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  return (server.address() as AddressInfo).port
}

function attend(running: Running, behaviour: Behaviour, open: Set<Socket>) {
  return (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => {})
    let head = ''
    socket.on('data', (chunk: Buffer) => {
      head += chunk.toString('latin1')
      if (!head.endsWith('\r\n\r\n')) return
      running.requests.push(head)
      behaviour(socket, head, running.requests.length)
      head = ''
    })
  }
}

async function run(make: (onSocket: (socket: Socket) => void) => Server, behaviour: Behaviour, host: string) {
  const open = new Set<Socket>()
  const running: Running = { port: 0, requests: [], connections: 0 }
  const server = make(attend(running, behaviour, open))
  server.on('connection', () => running.connections++)
  running.port = await listen(server, host)
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return running
}

/** A server on raw sockets, that can answer as wrongly as any. It is gone after the test. */
export function serve(behaviour: Behaviour, host = '127.0.0.1'): Promise<Running> {
  return run((onSocket) => net.createServer(onSocket), behaviour, host)
}

/** The same over TLS. `chain` is what the server sends above its own certificate. */
export function serveTls(
  behaviour: Behaviour,
  { leaf, chain = [], options = {} }: { leaf: Certificate; chain?: Certificate[]; options?: tls.TlsOptions },
): Promise<Running> {
  const cert = [leaf, ...chain].map((one) => one.cert).join('\n')
  const make = (onSocket: (socket: Socket) => void) => {
    const server = tls.createServer({ key: leaf.key, cert, ...options }, onSocket)
    server.on('tlsClientError', () => {})
    return server
  }
  return run(make, behaviour, '127.0.0.1')
}

/** Sends these bytes and closes. */
export function answer(...parts: (string | Buffer)[]): Behaviour {
  return (socket) => {
    socket.end(Buffer.concat(parts.map((part) => Buffer.from(part as string))))
  }
}

/** A well-formed answer. */
export function page(
  body: string | Buffer,
  fields: Record<string, string> = {},
  status = '200 OK',
): Behaviour {
  const bytes = Buffer.from(body as string)
  const lines = Object.entries({ 'Content-Length': String(bytes.length), ...fields })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return answer(`HTTP/1.1 ${status}\r\n${head}\r\n`, bytes)
}

/** More text than a signpost or a challenge has. */
export const HOME = `<html><head><title>广州市某局</title></head><body>${'<li>工作动态 2015-10-01</li>'.repeat(20)}</body></html>`

/** A prober that may visit what tests serve, with a deadline that tests can wait for. */
export function proberFor(options: Partial<ProberOptions> = {}): AskingProber {
  const prober = createProber({
    userAgent: 'siteward-test',
    deadlineMs: 5000,
    allowHosts: ['*.localhost'],
    allowAddresses: ['127.0.0.0/8', '::1/128'],
    ...options,
  })
  onTestFinished(() => prober.close())
  return prober
}

/** One visit with a prober of its own. */
export function visit(url: string, options: Partial<ProberOptions> = {}) {
  return proberFor(options).visit({ url })
}
