import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { OutageKind } from './outages.ts'

/** A request on its way to an answer, and the TCP socket below it (below TLS, where there is TLS). */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly socket: Socket
  readonly latencyMs: number
  /** Answers as a healthy site would. */
  readonly answer: () => void
}

/** A page is "not open" at 15 s; these servers do answer in the end. */
const SLOW_MS = 17_000
const TRICKLE_MS = 1_000
const TRICKLE_FOR_MS = 90_000
const TRICKLE = '<!-- 页面加载中 -->\n'

type Trouble = (exchange: Exchange) => void

const TROUBLE: Record<OutageKind, Trouble> = {
  refused: ({ socket }) => socket.resetAndDestroy(),
  reset: (exchange) => later(exchange, () => exchange.socket.resetAndDestroy()),
  closed: (exchange) => later(exchange, () => exchange.response.destroy()),
  silent: () => {},
  slow: (exchange) => later(exchange, exchange.answer, SLOW_MS),
  trickle,
  http_500: status(500, 'Internal Server Error'),
  http_502: status(502, 'Bad Gateway'),
  http_503: status(503, 'Service Unavailable'),
  http_404: status(404, 'Not Found'),
  truncated,
  empty: (exchange) => later(exchange, () => exchange.response.end()),
  redirect_loop: redirectLoop,
  // The certificate was all that was wrong: whoever does not mind it gets the page.
  tls_expired: (exchange) => later(exchange, exchange.answer),
  tls_wrong_host: (exchange) => later(exchange, exchange.answer),
  tls_self_signed: (exchange) => later(exchange, exchange.answer),
  firewall: page(403, '您的请求可能存在攻击行为，已被网站防火墙拦截。如有疑问请联系网站管理员。'),
  captcha: page(200, '访问过于频繁，请输入验证码后继续访问。<form><input name="code"></form>'),
}

/** Lets a request run into the outage of its site. */
export function misbehave(kind: OutageKind, exchange: Exchange): void {
  TROUBLE[kind](exchange)
}

/** Does something after the site's latency, unless the visitor has gone by then. */
export function later({ response, latencyMs }: Exchange, act: () => void, afterMs = latencyMs): void {
  const timer = setTimeout(act, afterMs)
  response.once('close', () => clearTimeout(timer))
}

function status(code: number, text: string): Trouble {
  return page(code, `<center><h1>${code} ${text}</h1></center><hr><center>nginx</center>`, `${code} ${text}`)
}

function page(code: number, body: string, title = '提示'): Trouble {
  const html = `<html><head><title>${title}</title></head><body>${body}</body></html>`
  return (exchange) =>
    later(exchange, () => {
      exchange.response.writeHead(code, { 'content-type': 'text/html; charset=utf-8' }).end(html)
    })
}

/** Announces a whole page, sends the beginning and closes. */
function truncated(exchange: Exchange): void {
  later(exchange, () => {
    const { response } = exchange
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': 36_864 })
    response.write('<html><head><title>首页</title></head><body>', () => response.destroy())
  })
}

/** A line each second, so that no idle timer ever fires. */
function trickle(exchange: Exchange): void {
  const { response } = exchange
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  const timer = setInterval(() => response.write(TRICKLE), TRICKLE_MS)
  response.once('close', () => clearInterval(timer))
  later(exchange, () => response.end(), TRICKLE_FOR_MS)
}

function redirectLoop(exchange: Exchange): void {
  later(exchange, () => {
    const location = exchange.request.url === '/' ? '/index.html' : '/'
    exchange.response.writeHead(302, { location }).end()
  })
}
