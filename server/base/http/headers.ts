import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'

/** A Host header that can be put into a policy without changing its meaning. */
const PLAIN_HOST = /^[\w.:[\]-]+$/

/**
 * Security headers for our pages: neither scripts nor styles in markup. Old browsers do not count web sockets as
 * 'self', hence the host.
 */
export function securityHeaders(config: Pick<Config, 'publicOrigin'>): RequestHandler {
  const isHttps = config.publicOrigin?.startsWith('https:') ?? false
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // A workbook is packed by workers that its library makes of its own code.
        workerSrc: ["'self'", 'blob:'],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", (req) => socketsOf(req.headers.host)],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    // On plain HTTP browsers ignore or dislike these two.
    strictTransportSecurity: isHttps,
    crossOriginOpenerPolicy: isHttps,
    referrerPolicy: { policy: 'same-origin' },
  })
}

function socketsOf(host: string | undefined): string {
  return host && PLAIN_HOST.test(host) ? `ws://${host} wss://${host}` : "'self'"
}

/** Gives each request a number, told in `X-Request-Id` and in the log. */
export function numberRequests(log: Logger): RequestHandler {
  return (req, res, next) => {
    const requestId = randomUUID()
    res.locals.requestId = requestId
    res.setHeader('X-Request-Id', requestId)
    const started = performance.now()
    // Routers shorten `url` while they look; this is the whole of it.
    const path = req.originalUrl.split('?')[0]
    res.once('close', () => {
      const ms = Math.round(performance.now() - started)
      log.debug({ requestId, method: req.method, path, status: res.statusCode, ms }, 'request')
    })
    next()
  }
}
