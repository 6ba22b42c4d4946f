import tls from 'node:tls'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { ChunkedDecoder } from '../../../../server/monitor/visit/http/chunked.ts'
import { AnswerReader } from '../../../../server/monitor/visit/http/reader.ts'
import { Sink } from '../../../../server/monitor/visit/http/sink.ts'
import { toUrl } from '../../../../server/monitor/visit/http/url.ts'
import { softRedirect, visibleText } from '../../../../server/monitor/visit/page/refresh.ts'
import type { VisitResult } from '../../../../shared/monitor/visit/probes.ts'
import { LoopWatch } from '../../../hostile/loop.ts'
import { leastOf } from '../../../support/least.ts'
import { patient } from '../../../support/run/patience.ts'
import { type Certificate, makeCertificate } from '../net/certificates.ts'
import { answer, type Behaviour, HOME, page, serve, serveTls, visit } from '../servers.ts'

/* What a server may send that costs it little and would cost us much. */

let authority: Certificate
let leaf: Certificate

beforeAll(async () => {
  authority = await makeCertificate({ isAuthority: true })
  leaf = await makeCertificate({ names: ['site.localhost'], issuer: authority })
})

/** One visit over plain sockets and one over TLS, with the longest time that the loop stood still for either. */
async function visitBoth(behaviour: Behaviour) {
  const [plain, secure] = [await serve(behaviour), await serveTls(behaviour, { leaf })]
  let results: VisitResult[] = []
  // The figure is 100 ms; this process also plays the server here.
  const blockMs = await leastOf(250, async () => {
    const watch = new LoopWatch()
    results = [
      (await visit(`http://site.localhost:${plain.port}/`)).result,
      (await visit(`https://site.localhost:${secure.port}/`, { ca: authority.cert })).result,
    ]
    return watch.stop().cpuMs
  })
  if (Number.isFinite(blockMs)) expect(blockMs, 'longest block of the loop, ms').toBeLessThan(250)
  return results
}

const interim = (count: number, one = 'HTTP/1.1 100 Continue\r\n\r\n') => one.repeat(count)

describe('layers of content encoding', () => {
  test('7,616 of them are refused by their number, not taken off', async () => {
    const names = Array.from({ length: 7_616 }, () => 'gzip').join(', ')
    for (const result of await visitBoth(page(gzipSync(HOME), { 'Content-Encoding': names }))) {
      expect(result).toMatchObject({ outcome: 'failed', cause: 'too_many_encodings', status: 200 })
    }
  })

  test('four are taken off, five are too many', async () => {
    const four = [1, 2, 3, 4].reduce((body) => gzipSync(body), Buffer.from(HOME))
    const fields = { 'Content-Encoding': 'gzip, gzip, gzip, gzip' }
    for (const result of await visitBoth(page(four, fields))) {
      expect(result).toMatchObject({ outcome: 'ok', bytes: Buffer.byteLength(HOME) })
    }
    const [five] = await visitBoth(
      page(gzipSync(four), { 'Content-Encoding': `${fields['Content-Encoding']}, gzip` }),
    )
    expect(five).toMatchObject({ outcome: 'failed', cause: 'too_many_encodings' })
  })

  test('codings that do nothing are not counted', async () => {
    const fields = { 'Content-Encoding': 'identity, , identity, identity, identity, gzip' }
    for (const result of await visitBoth(page(gzipSync(HOME), fields))) {
      expect(result).toMatchObject({ outcome: 'ok', notes: [] })
    }
  })

  test('a bomb in a bomb is stopped at the limit of each layer', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(100 * 1024 * 1024)))
    for (const result of await visitBoth(page(bomb, { 'Content-Encoding': 'gzip, gzip' }))) {
      expect(result).toMatchObject({ outcome: 'ok', bytes: 3 * 1024 * 1024, notes: ['capped'] })
    }
  })
})

describe('interim answers', () => {
  test('some come before the page', async () => {
    const whole = `${interim(15)}HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(HOME)}\r\n\r\n`
    for (const result of await visitBoth(answer(whole, HOME))) {
      expect(result).toMatchObject({ outcome: 'ok', notes: [] })
    }
  })

  test.for([
    ['a flood', interim(100_000, 'HTTP/1.1 100\n\n'), 'too_many_interim'],
    [
      'a flood of long ones',
      interim(9, `HTTP/1.1 103 x\r\nLink: ${'x'.repeat(10_000)}\r\n\r\n`),
      'head_too_long',
    ],
  ] as const)('%s is refused', async ([, flood, cause]) => {
    for (const result of await visitBoth(answer(flood, 'HTTP/1.1 200 OK\r\n\r\n', HOME))) {
      expect(result).toMatchObject({ outcome: 'failed', cause })
    }
  })

  test('one after the other, without end', async () => {
    const drip: Behaviour = (socket) => {
      const timer = setInterval(() => socket.write(interim(1)), 1)
      socket.once('close', () => clearInterval(timer))
    }
    for (const result of await visitBoth(drip)) {
      expect(result).toMatchObject({ outcome: 'failed', cause: 'too_many_interim' })
    }
  })
})

describe('heads', () => {
  test.for([
    ['one line without end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`],
    ['lines without end', `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(100_000)}`],
  ] as const)('%s', async ([, head]) => {
    for (const result of await visitBoth(answer(head))) {
      expect(result).toMatchObject({ outcome: 'failed', cause: 'head_too_long' })
    }
  })

  test('a field named like what every object has is a field like any other', async () => {
    const { port } = await serve(page(HOME, { __proto__: 'x', constructor: 'y', toString: 'z' }))
    const { result, headers } = await visit(`http://site.localhost:${port}/`)
    expect(result.outcome).toBe('ok')
    expect(headers.constructor).toBe('y')
  })

  test('byte by byte, each is looked at once', () => {
    const head = Buffer.from(`HTTP/1.1 200 OK\r\n${'Set-Cookie: a=b\r\n'.repeat(3_500)}\r\n`)
    const reader = new AnswerReader({ maxBytes: 1_000, wantsBody: () => true })
    const began = process.cpuUsage()
    for (let at = 0; at < head.length; at++) reader.push(head.subarray(at, at + 1))
    const { user, system } = process.cpuUsage(began)
    expect((user + system) / 1_000, 'quadratic work takes seconds').toBeLessThan(1_000)
    expect(reader.head?.setCookies).toHaveLength(3_500)
  })
})

describe('chunks', () => {
  const oneByOne = (body: string) =>
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${[...body].map((one) => `1\r\n${one}\r\n`).join('')}0\r\n\r\n`

  test('three megabytes in chunks of one byte are read, and hold nobody up', async () => {
    const body = HOME.replace('广州市某局', 'a')
      .padEnd(3 * 1024 * 1024, '<p>x</p>')
      .replace(/[^\0-\x7f]/g, 'x')
    for (const result of await visitBoth(answer(oneByOne(body)))) {
      expect(result).toMatchObject({ outcome: 'ok', bytes: body.length })
    }
  })

  test('more framing than page is refused', () => {
    const sink = new Sink(1_000)
    const decoder = new ChunkedDecoder(sink, 1_000)
    const chunk = Buffer.from(`1;${'x'.repeat(4_000)}\r\na\r\n`)
    let pushed = 0
    while (decoder.push(chunk) === 'more') pushed++
    expect(pushed).toBeLessThan(400)
  })

  test.for([
    ['a size with an extension', '5;a=b\r\nhello\r\n0\r\n\r\n', 'done', 'hello'],
    ['blanks around a size', ' \t5 \t\r\nhello\r\n0\r\n', 'done', 'hello'],
    ['bare line feeds', '5\nhello\n0\n', 'done', 'hello'],
    ['capital digits', 'A\r\n0123456789\r\n0\r\n', 'done', '0123456789'],
    ['digits that are apart', '5 5\r\nhello\r\n', 'bad', ''],
    ['no size', '\r\nhello', 'bad', ''],
    ['a sign', '-5\r\nhello', 'bad', ''],
    ['a size beyond all measure', `${'f'.repeat(13)}\r\n`, 'bad', ''],
    ['bytes after a chunk', '5\r\nhelloX\r\n', 'bad', 'hello'],
  ] as const)('%s', ([, bytes, verdict, body]) => {
    const sink = new Sink(1_000)
    expect(new ChunkedDecoder(sink, 1_000).push(Buffer.from(bytes))).toBe(verdict)
    expect(sink.take().toString()).toBe(body)
  })
})

test.for([
  ['blanks before a last letter', () => toUrl(`http://a.b/${' '.repeat(60_000)}x`)],
  ['many short cookies', () => toUrl('x'.repeat(1_000_000))],
  ['comments that never end', () => visibleText('<!--'.repeat(2_000))],
  ['tags that never end', () => visibleText('<'.repeat(8_000))],
  ['scripts that never end', () => visibleText('<script '.repeat(1_000))],
  ['links that lead nowhere', () => softRedirect('<a '.repeat(2_700))],
  ['metas that never end', () => softRedirect('<meta '.repeat(1_300))],
  ['windows of windows', () => softRedirect(`<script>${'window . '.repeat(900)}`)],
] as const)('short pages and addresses: %s', async ([, work]) => {
  const tookMs = await leastOf(patient(200), () => {
    const began = performance.now()
    work()
    return performance.now() - began
  })
  expect(tookMs, 'quadratic work takes seconds').toBeLessThan(patient(200))
})

test('TLS 1.2 servers are read in the same way', async () => {
  const behaviour = answer(interim(50_000, 'HTTP/1.1 100\n\n'))
  const { port } = await serveTls(behaviour, { leaf, options: { maxVersion: tls.DEFAULT_MIN_VERSION } })
  const { result } = await visit(`https://site.localhost:${port}/`, { ca: authority.cert })
  expect(result.cause).toBe('too_many_interim')
})
