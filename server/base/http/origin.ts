import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import type { Config } from '../config.ts'
import { Refusal } from '../refusal.ts'
import { isByProxy } from './proxy.ts'

type OriginConfig = Pick<Config, 'publicOrigin' | 'trustProxy'>
const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request comes from our own pages, or from a program that is no browser. Hosts are compared, not
 * schemes: behind a proxy that ends TLS the server cannot see the scheme. Also the socket's handshake asks this.
 */
export function isOwnOrigin(req: IncomingMessage, config: OriginConfig): boolean {
  const { origin, host } = req.headers
  if (origin === undefined) {
    const site = req.headers['sec-fetch-site']
    return site === undefined || site === 'same-origin' || site === 'none'
  }
  if (!URL.canParse(origin)) return false
  const forwarded = isByProxy(req, config.trustProxy)
    ? String(req.headers['x-forwarded-host'] ?? '')
        .split(',')[0]
        ?.trim()
    : ''
  const ours = [host, forwarded, config.publicOrigin && new URL(config.publicOrigin).host]
  return ours.includes(new URL(origin).host)
}

/** Refuses what would change something on behalf of another site's page. */
export function refuseForeignOrigins(config: OriginConfig): RequestHandler {
  return (req, _res, next) => {
    if (READING.has(req.method) || isOwnOrigin(req, config)) {
      next()
      return
    }
    throw new Refusal('forbidden', 'http.refused')
  }
}
