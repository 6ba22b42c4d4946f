import type { IdentifiedRequest } from '../../people/rights/principal.ts'
import type { LiveSocket } from './listener.ts'

/** Nobody looks at what Socket.IO copied of a handshake. */
const NOTHING = {
  ...{ headers: {}, query: {}, auth: {}, url: '', address: '', time: '', issued: 0 },
  ...{ xdomain: false, secure: false },
}

/**
 * Has a connection that was let in keep of its handshake what is looked at later: who it showed to be, so that this can be looked up
 * again, and what it can unpack.
 */
export function keepWhoAsked(socket: LiveSocket): void {
  const { headers, session, sessionID } = socket.request as IdentifiedRequest
  const { authorization, cookie, 'sec-websocket-extensions': extensions } = headers
  const kept = { authorization, cookie, 'sec-websocket-extensions': extensions }
  const request = { headers: kept, sessionID, session: { wallLinkId: session?.wallLinkId } }
  Object.assign(socket.conn, { request })
  Object.assign(socket, { handshake: NOTHING })
}
