import { createServer, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { Config } from '../config.ts'

/*
 * What one connection may take of the server: a head and a whole request within these, and silence no longer than
 * that. Whoever sends a byte now and then, or opens and says nothing, is closed, and others get the place.
 */
const HEAD_MS = 10 * SECOND
const REQUEST_MS = 2 * MINUTE
const SILENCE_MS = 2 * MINUTE
/** Longer than proxies keep theirs, so that none sends a request into a connection that is being closed. */
const KEEP_ALIVE_MS = 65 * SECOND
/** How often the bounds above are looked at. */
const CHECK_MS = 2 * SECOND
const MAX_CONNECTIONS = 12_000
/** Of one address; an office of a thousand desks behind one address stays far below. Not where a proxy is believed. */
const MAX_OF_ADDRESS = 6_000

export interface BoundedServer {
  readonly server: Server
  /** All that are open, for the end. */
  readonly connections: ReadonlySet<Socket>
  /** Connections that found no place. */
  refused(): number
}

/** An HTTP server that nobody can fill with connections that ask nothing. Nothing listens yet. */
export function boundedServer(
  app: RequestListener,
  { trustProxy }: Pick<Config, 'trustProxy'>,
): BoundedServer {
  const server = createServer(
    {
      headersTimeout: HEAD_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: CHECK_MS,
    },
    app,
  )
  server.timeout = SILENCE_MS
  server.maxConnections = MAX_CONNECTIONS
  const connections = new Set<Socket>()
  const byAddress = new Map<string, number>()
  let refused = 0
  server.on('drop', () => {
    refused += 1
  })
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? ''
    const count = (byAddress.get(address) ?? 0) + 1
    const isBehindProxy = typeof trustProxy !== 'number' || trustProxy > 0
    if (count > MAX_OF_ADDRESS && !isBehindProxy) {
      refused += 1
      socket.destroy()
      return
    }
    byAddress.set(address, count)
    connections.add(socket)
    socket.once('close', () => {
      connections.delete(socket)
      const left = (byAddress.get(address) ?? 1) - 1
      if (left > 0) byAddress.set(address, left)
      else byAddress.delete(address)
    })
  })
  return { server, connections, refused: () => refused }
}
