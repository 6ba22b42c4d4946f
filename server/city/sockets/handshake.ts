import type { IdentifiedRequest } from '../../people/rights/principal.ts'
import type { LiveSocket } from './listener.ts'
import type { Connection } from './wire.ts'

type Asked = IdentifiedRequest & { readonly connection?: { readonly encrypted?: boolean } }

/** Nobody looks at what Socket.IO copied of a handshake. */
const NOTHING = {
  ...{ headers: {}, query: {}, auth: {}, url: '', address: '', time: '', issued: 0 },
  ...{ xdomain: false, secure: false },
}

/** Lines on which somebody has asked to be let in. */
const asked = new WeakSet<Connection>()

/** A line asks once to be let in: who wants to ask again opens another, and is known by its own handshake. */
export function asksFirst(line: Connection): boolean {
  const isFirst = !asked.has(line)
  asked.add(line)
  return isFirst
}

/**
 * Has a connection that was let in keep of its handshake what is looked at later: who it showed to be, so that this can be looked up
 * again, and what it can unpack.
 */
export function keepWhoAsked(socket: LiveSocket): void {
  const { connection, headers, session, sessionID } = socket.request as Asked
  const { authorization, cookie, 'sec-websocket-extensions': extensions } = headers
  const kept = { authorization, cookie, 'sec-websocket-extensions': extensions }
  const request = {
    headers: kept,
    sessionID,
    session: { wallLinkId: session?.wallLinkId },
    // Socket.IO looks at it for whoever asks again on this line.
    connection: { encrypted: connection?.encrypted === true },
  }
  Object.assign(socket.conn, { request })
  Object.assign(socket, { handshake: NOTHING })
}
