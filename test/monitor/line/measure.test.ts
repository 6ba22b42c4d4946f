import net, { type Socket } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { measureLine } from '../../../server/monitor/line/measure.ts'
import type { LineParts } from '../../../server/monitor/line/parts.ts'
import type { LineMeasured, NoLineFor } from '../../../shared/monitor/line/line-rules.ts'
import { haveAuthorities, LEAF, root, stranger } from '../visit/net/authorities.ts'
import { type Certificate, makeCertificate } from '../visit/net/certificates.ts'
import { type Behaviour, HOME, page, proberFor, serve, serveTls } from '../visit/servers.ts'

/* Real sockets and TLS on loopback; over IPv6 on `::1`, where this machine has it. */

haveAuthorities()
let leaf: Certificate
let hasSix = false
beforeAll(async () => {
  leaf = await makeCertificate({ ...LEAF, issuer: root, toDay: 90 })
  hasSix = await new Promise((resolve) => {
    const server = net.createServer().once('error', () => resolve(false))
    server.listen(0, '::1', () => server.close(() => resolve(true)))
  })
})

const LIMITS = { slowMs: 3_000, same: 0.8, pauseMs: 0 }
const OTHER = `<html><head><title>IIS7</title></head><body>${'<p>欢迎使用 Internet Information Services</p>'.repeat(20)}</body></html>`
/** A page with a counter, as many have one. */
const VARIED = (count: number) =>
  `<html><head><title>广州市某局</title></head><body>${TITLES.map((title) => `<li>${title}</li>`).join('')}<p>您是第 ${count} 位访客</p></body></html>`
const TITLES = [
  '召开安全生产工作推进会',
  '开展食品安全专项检查',
  '关于印发政务公开要点的通知',
  '举办业务培训班',
  '部署防汛防台风工作',
].flatMap((title) => ['天河', '越秀', '海珠', '荔湾'].map((place) => `${place}区${title}`))
const NOBODY = 9
const redirectTo =
  (url: () => string): Behaviour =>
  (socket, request, count) =>
    page('', { Location: url() }, '301 Moved')(socket, request, count)
const hangUp: Behaviour = (socket: Socket) => socket.resetAndDestroy()

interface Place {
  readonly http?: number
  readonly https?: number
  readonly scheme?: 'http' | 'https'
  /** The address that the name has over IPv6. */
  readonly six?: string
  readonly pages?: readonly string[]
  readonly secureBefore?: LineMeasured['secure'] | null
}

async function look({
  http = NOBODY,
  https = NOBODY,
  scheme = 'http',
  six,
  pages = [],
  secureBefore = null,
}: Place) {
  const prober = proberFor({
    ca: root.cert,
    deadlineMs: 2_000,
    ...(six ? { hosts6: { 'site.localhost': six } } : {}),
  })
  const parts: LineParts = {
    ...{ prober, ports: { http, https }, limits: LIMITS, signal: new AbortController().signal },
    wait: async () => {},
  }
  const url = `${scheme}://site.localhost:${scheme === 'http' ? http : https}/`
  return measureLine({ url, pages: { second: pages, third: [] }, secureBefore }, parts)
}
function line(seen: LineMeasured | NoLineFor): LineMeasured {
  if (typeof seen === 'string') throw new Error(`nothing was seen: ${seen}`)
  return seen
}

describe('HTTPS', () => {
  test('in order: plain HTTP leads there, browsers are told to stay, and the grade says so', async () => {
    const { port: https } = await serveTls(
      page(HOME, { 'Strict-Transport-Security': 'max-age=31536000', 'X-Content-Type-Options': 'nosniff' }),
      { leaf },
    )
    const { port: http } = await serve(redirectTo(() => `https://site.localhost:${https}/`))
    const seen = line(await look({ http, https }))
    expect(seen).toMatchObject({
      url: `https://site.localhost:${https}/`,
      secure: {
        state: 'opens',
        redirection: 'toHttps',
        hstsAge: 31_536_000,
        certDaysLeft: 89,
        isIncomplete: false,
      },
      headers: {
        grade: 'C',
        score: 55,
        scoring: 'http-observatory-4',
        results: { hsts: 'long', redirection: 'toHttps' },
      },
      load: { by: 'load' },
    })
  })

  test('is not there: the page by HTTP is what is graded', async () => {
    const { port: http } = await serve(page(HOME))
    expect(line(await look({ http }))).toMatchObject({
      secure: { state: 'none', redirection: 'missing', certDaysLeft: null },
      headers: { results: { hsts: 'noHttps' } },
    })
  })

  test('that is silent on one day is not measured, and is none when it is silent on the next as well', async () => {
    const { port: http } = await serve(page(HOME))
    const silent = net.createServer((socket) => socket.resetAndDestroy())
    const https = await new Promise<number>((resolve) => {
      silent.listen(0, '127.0.0.1', () => resolve((silent.address() as net.AddressInfo).port))
    })
    const first = line(await look({ http, https })).secure
    expect(first).toMatchObject({ state: 'unknown', cause: 'reset' })
    expect(line(await look({ http, https, secureBefore: first })).secure.state).toBe('none')
    const { port: well } = await serveTls(page(HOME), { leaf })
    const opened = line(await look({ http, https: well, secureBefore: first })).secure
    expect(opened.state).toBe('opens')
    expect(line(await look({ http, https, secureBefore: opened })).secure.state).toBe('unknown')
    silent.close()
  })

  test('with a certificate that browsers stop at is a fault', async () => {
    const { port: http } = await serve(page(HOME))
    const ended = await makeCertificate({ ...LEAF, issuer: root, fromDay: -90, toDay: -3 })
    const { port: https } = await serveTls(page(HOME), { leaf: ended })
    expect(line(await look({ http, https })).secure).toMatchObject({ state: 'fault', cause: 'tls_expired' })
    const strange = await makeCertificate({ ...LEAF, issuer: stranger, toDay: 90 })
    const { port: other } = await serveTls(page(HOME), { leaf: strange })
    expect(line(await look({ http, https: other })).secure).toMatchObject({
      state: 'fault',
      cause: 'tls_incomplete_chain',
    })
  })

  test('where another site answers is none', async () => {
    const { port: http } = await serve(page(HOME))
    const { port: https } = await serveTls(page(OTHER), { leaf })
    expect(line(await look({ http, https })).secure.state).toBe('other')
  })

  test('by national cryptography is no fault: the server is greeted in its own way', async () => {
    const { port: http } = await serve(page(HOME))
    // A server of TLCP: a greeting of TLS is answered by an alert, one of its own by its hello.
    const server = net.createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', (hello: Buffer) => {
        const isOwn = hello[1] === 1 && hello[2] === 1
        socket.end(Buffer.from(isOwn ? '160101000402000000' : '15030300020228', 'hex'))
      })
    })
    const https = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port))
    })
    try {
      expect(line(await look({ http, https })).secure).toMatchObject({ state: 'national' })
    } finally {
      server.close()
    }
  })
})

describe('a home page that does not come', () => {
  test('leaves nothing to say, nor one in whose place a firewall answers', async () => {
    expect(await look({})).toBe('notOpened')
    const { port: http } = await serve(
      page('您的请求可能存在攻击行为，已被网站防火墙拦截', {}, '403 Forbidden'),
    )
    expect(await look({ http })).toBe('blocked')
  })
})

describe('IPv6', () => {
  test('has no address, or one that nothing answers at', async ({ skip }) => {
    const { port: http } = await serve(page(HOME))
    expect(line(await look({ http })).six).toMatchObject({ state: 'none', cause: 'dns_not_found' })
    if (!hasSix) skip('this machine has no IPv6')
    expect(line(await look({ http, six: '::1' })).six).toMatchObject({ state: 'fails', cause: 'refused' })
  })

  test('shows the same page, or another; pages behind it come, or do not; one that is gone says nothing', async ({
    skip,
  }) => {
    if (!hasSix) skip('this machine has no IPv6')
    const there: Behaviour = (socket, request, count) =>
      request.startsWith('GET /gone')
        ? page('没有', {}, '404 Not Found')(socket, request, count)
        : page(VARIED(count))(socket, request, count)
    const behaviour: Behaviour = (socket, request, count) =>
      (request.startsWith('GET /lost') ? hangUp : there)(socket, request, count)
    const { port: six } = await serve(behaviour, '::1')
    const four = net.createServer((socket) =>
      socket.once('data', (asked) => there(socket, String(asked), 7_000)),
    )
    await new Promise<void>((resolve) => four.listen(six, '127.0.0.1', resolve))
    try {
      const pages = ['/a', '/lost', '/gone', '/b'].map((path) => `http://site.localhost:${six}${path}`)
      const seen = line(await look({ http: six, six: '::1', pages })).six
      expect(seen).toMatchObject({
        state: 'opens',
        address: '::1',
        second: { asked: 3, opened: 2, failed: [pages[1]] },
      })
      expect(seen.same).toBeGreaterThan(0.9)
    } finally {
      four.close()
    }
    const { port: other } = await serve(page(OTHER), '::1')
    const home = net.createServer((socket) => socket.once('data', () => page(HOME)(socket, '', 1)))
    await new Promise<void>((resolve) => home.listen(other, '127.0.0.1', resolve))
    try {
      expect(line(await look({ http: other, six: '::1' })).six.same).toBeLessThan(0.3)
    } finally {
      home.close()
    }
  })

  test('is never asked for beyond what the monitor may reach', async () => {
    const { port: http } = await serve(page(HOME))
    const prober = proberFor({
      allowHosts: [],
      allowAddresses: ['127.0.0.0/8'],
      hosts6: { 'site.localhost': '::1' },
    })
    const asked = await prober.ask({ url: `http://site.localhost:${http}/`, overSix: true })
    expect(asked.cause).toBe('refused_address')
  })
})
