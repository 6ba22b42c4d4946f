import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
  validateHeaderName,
  validateHeaderValue,
} from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Address, Resolution } from '../../visit/net/dns.ts'
import type { Guard } from '../../visit/net/guard.ts'

/** What a gate lets through and to whom. */
export interface GateParts {
  readonly resolve: (hostname: string) => Resolution | Promise<Resolution>
  readonly isAllowed: Guard
  /** Bytes in both directions together, and connections and plain requests: what goes beyond ends them all. */
  readonly maxBytes: number
  readonly maxRequests: number
}

/** What a page asked of the gate. */
export interface GateCounts {
  readonly requests: number
  readonly bytes: number
  /** Connections that were refused for where they lead. */
  readonly refused: number
  readonly isOver: boolean
}

/** A way out for one page: a proxy on loopback, with a port of its own. */
export interface Gate {
  readonly port: number
  readonly counts: () => GateCounts
  /** Ends whatever goes through it. */
  close(): Promise<void>
}

/** A connection that nothing goes through is closed, in ms. */
const SILENT_MS = 20_000
/** Of a hop, and none of the far end's. */
const HOP_BY_HOP = /^(?:proxy-.*|connection|keep-alive|te|trailer|transfer-encoding|upgrade)$/i

interface Place {
  readonly hostname: string
  readonly port: number
}

/**
 * Opens a way out for one page. Each connection is looked up here, checked by the rules of the monitor's own visits and made to
 * the very address that was checked: neither a script nor a redirect nor a name that changes its mind leads anywhere else.
 */
export async function openGate(parts: GateParts): Promise<Gate> {
  const passage = new Passage(parts)
  // Whatever a far end sends must not end the process, which draws other pages.
  const server = createServer((incoming, answer) => {
    passage.fetch(incoming, answer).catch(() => answer.destroy())
  })
  server.on('connect', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    passage.tunnel(incoming, socket, head).catch(() => socket.destroy())
  })
  server.on('connection', (socket) => passage.hold(socket))
  server.on('clientError', (_, socket) => socket.destroy())
  const port = await listen(server)
  return {
    port,
    counts: () => passage.counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        passage.end()
      }),
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

class Passage {
  readonly #parts: GateParts
  readonly #sockets = new Set<Socket>()
  #requests = 0
  #bytes = 0
  #refused = 0
  #isOver = false

  constructor(parts: GateParts) {
    this.#parts = parts
  }

  get counts(): GateCounts {
    return { requests: this.#requests, bytes: this.#bytes, refused: this.#refused, isOver: this.#isOver }
  }

  /** Counts what comes through a socket, and has it end with all others. */
  hold(socket: Socket): void {
    if (this.#isOver) return void socket.destroy()
    this.#sockets.add(socket)
    socket.setTimeout(SILENT_MS, () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.once('close', () => this.#sockets.delete(socket))
  }

  end(): void {
    this.#isOver = true
    for (const socket of this.#sockets) socket.destroy()
  }

  /** A plain request, with its whole address. */
  async fetch(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = URL.canParse(incoming.url ?? '') ? new URL(incoming.url ?? '') : null
    if (url?.protocol !== 'http:' || !this.#enter()) return void answer.writeHead(400).end()
    const place = { hostname: url.hostname, port: Number(url.port) || 80 }
    const address = await this.#addressOf(place)
    if (!address) return void answer.writeHead(403).end()
    const further = request({
      host: address.address,
      port: place.port,
      method: incoming.method,
      path: `${url.pathname}${url.search}`,
      headers: { ...ownHeaders(incoming), host: url.host, connection: 'close' },
      agent: false,
      setHost: false,
    })
    further.on('socket', (socket) => this.hold(socket))
    further.on('error', () => answer.destroy())
    // Some say for ever what comes before an answer.
    further.on('information', () => this.#enter())
    // Nobody asked for another protocol.
    further.on('upgrade', (_, socket) => {
      socket.destroy()
      answer.writeHead(502).end()
    })
    further.on('response', (response) => {
      const status = response.statusCode ?? 0
      if (!isPassedOn(status, response)) {
        further.destroy()
        return void answer.writeHead(502).end()
      }
      answer.writeHead(status, ownHeaders(response))
      response.on('data', (bytes: Buffer) => this.#count(bytes))
      response.on('error', () => answer.destroy())
      response.pipe(answer)
    })
    answer.once('close', () => further.destroy())
    incoming.on('data', (bytes: Buffer) => this.#count(bytes))
    incoming.pipe(further)
  }

  /** A connection of the page's own, encrypted or of a web socket. */
  async tunnel(incoming: IncomingMessage, near: Socket, head: Buffer): Promise<void> {
    near.on('error', () => near.destroy())
    const place = placeOf(incoming.url ?? '')
    if (!place || !this.#enter()) return void near.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    const address = await this.#addressOf(place)
    if (!address) return void near.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    const far = connect({ host: address.address, port: place.port })
    this.hold(far)
    far.once('connect', () => {
      near.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      if (head.length > 0) far.write(head)
      for (const socket of [near, far]) socket.on('data', (bytes: Buffer) => this.#count(bytes))
      near.pipe(far)
      far.pipe(near)
    })
    far.once('close', () => near.destroy())
    near.once('close', () => far.destroy())
  }

  #enter(): boolean {
    this.#requests++
    if (this.#requests > this.#parts.maxRequests) this.end()
    return !this.#isOver
  }

  #count(bytes: Buffer): void {
    this.#bytes += bytes.length
    if (this.#bytes > this.#parts.maxBytes) this.end()
  }

  async #addressOf({ hostname, port }: Place): Promise<Address | null> {
    const name = hostname.replace(/^\[|\]$/g, '').toLowerCase()
    const found = await this.#parts.resolve(name)
    if ('cause' in found) return null
    const allowed = found.addresses.find(({ address }) => this.#parts.isAllowed(name, port, address))
    if (!allowed) this.#refused++
    return allowed && !this.#isOver ? allowed : null
  }
}

/** `name:port` of a tunnel. */
function placeOf(text: string): Place | null {
  const [, hostname, port] = /^(\[[0-9a-f:.]+\]|[^:/\s]+):(\d{1,5})$/i.exec(text) ?? []
  return hostname !== undefined && Number(port) > 0 && Number(port) < 65_536
    ? { hostname, port: Number(port) }
    : null
}

/** Node reads answers that it refuses to write: what cannot be written was none. */
function isPassedOn(status: number, { headers }: IncomingMessage): boolean {
  if (status < 200 || status > 599) return false
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name)
      for (const one of [value].flat()) validateHeaderValue(name, one ?? '')
    }
    return true
  } catch {
    return false
  }
}

function ownHeaders({ headers }: IncomingMessage): NodeJS.Dict<string | string[]> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.test(name)))
}
