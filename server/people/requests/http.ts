import type { Application, RequestHandler } from 'express'
import type { Principals } from '../rights/principal.ts'

/** The HTTP side as sockets need it, which begin with a request. */
export interface Http {
  app: Application
  /** For the socket's handshake, as in `io.engine.use(sessionMiddleware)`. */
  sessionMiddleware: RequestHandler
  /** Who opens a connection, by its first request, which went through the session middleware. */
  principalOf: Principals['of']
  /** Who is behind a connection that was opened a while ago; null when its rights have ended. */
  principalAgain: Principals['again']
  /** When the token of such a connection runs out. */
  endOf: Principals['endOf']
}
