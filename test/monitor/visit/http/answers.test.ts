import { brotliCompressSync, crc32, deflateRawSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { VisitResult } from '../../../../shared/monitor/visit/probes.ts'
import { answer, type Behaviour, HOME, page, proberFor, serve, visit } from '../servers.ts'

async function resultOf(behaviour: Behaviour, options = {}) {
  const { port } = await serve(behaviour)
  return (await visit(`http://site.localhost:${port}/`, options)).result
}

test('a good home page: what was measured is complete and has the contract’s shape', async () => {
  const { port } = await serve(page(HOME, { ETag: '"7"', 'Last-Modified': 'Thu, 01 Oct 2015 00:00:00 GMT' }))
  const { result, body, headers } = await visit(`http://site.localhost:${port}/`)
  expect(VisitResult.parse(result)).toEqual(result)
  expect(result).toMatchObject({
    outcome: 'ok',
    cause: null,
    status: 200,
    redirects: 0,
    notes: [],
    bytes: Buffer.byteLength(HOME),
    address: '127.0.0.1',
    finalUrl: `http://site.localhost:${port}/`,
    etag: '"7"',
    lastModified: 'Thu, 01 Oct 2015 00:00:00 GMT',
    tlsMs: null,
    certDaysLeft: null,
  })
  const { connectMs, ttfbMs, totalMs } = result
  expect(connectMs).toBeLessThanOrEqual(ttfbMs!)
  expect(ttfbMs).toBeLessThanOrEqual(totalMs!)
  expect(result.bodyHash!.endsWith(crc32(HOME).toString(16))).toBe(true)
  expect(Buffer.from(body!).toString()).toBe(HOME)
  expect(headers.etag).toBe('"7"')
})

test('says who it is and what it can read', async () => {
  const { port, requests } = await serve(page(HOME))
  await visit(`http://site.localhost:${port}/a b?c=d`, { userAgent: 'Siteward/1 (+http://example.gov.cn)' })
  expect(requests[0]).toMatch(/^GET \/a%20b\?c=d HTTP\/1\.1\r\n/)
  expect(requests[0]).toContain(`\r\nHost: site.localhost:${port}\r\n`)
  expect(requests[0]).toContain('\r\nUser-Agent: Siteward/1 (+http://example.gov.cn)\r\n')
  expect(requests[0]).toContain('\r\nAccept-Encoding: gzip, deflate, br\r\n')
})

test.for([
  ['200 OK', 'ok', null],
  ['201 Created', 'ok', null],
  ['300 Multiple Choices', 'failed', 'redirect_invalid'],
  ['302 Found', 'failed', 'redirect_invalid'],
  ['304 Not Modified', 'failed', 'bad_response'],
  ['400 Bad Request', 'failed', 'http_4xx'],
  ['403 Forbidden', 'failed', 'http_4xx'],
  ['404 Not Found', 'failed', 'http_4xx'],
  ['500 Internal Server Error', 'failed', 'http_5xx'],
  ['503 Service Unavailable', 'failed', 'http_5xx'],
] as const)('status %s is %s, %s', async ([status, outcome, cause]) => {
  const result = await resultOf(page(HOME, {}, status))
  expect(result).toMatchObject({ outcome, cause, status: Number(status.slice(0, 3)) })
})

test.for([
  ['identity', 'identity', (text: string) => Buffer.from(text)],
  ['gzip', 'gzip', gzipSync],
  ['the old name of gzip', 'x-gzip', gzipSync],
  ['br', 'br', brotliCompressSync],
  ['deflate as the standard says', 'deflate', deflateSync],
  ['deflate as servers send it', 'deflate', deflateRawSync],
  ['two codings', 'deflate, gzip', (text: string) => gzipSync(deflateSync(text))],
] as const)('reads %s', async ([, coding, encode]) => {
  const { port } = await serve(page(encode(HOME), { 'Content-Encoding': coding }))
  const { result, body } = await visit(`http://site.localhost:${port}/`)
  expect(result).toMatchObject({ outcome: 'ok', notes: [], bytes: Buffer.byteLength(HOME) })
  expect(Buffer.from(body!).toString()).toBe(HOME)
})

test.for([
  ['gzip that calls itself deflate', 'deflate', gzipSync(HOME)],
  ['plain text that calls itself gzip', 'gzip', Buffer.from(HOME)],
  ['plain text that calls itself br', 'br', Buffer.from(HOME)],
] as const)('%s cannot be shown by a browser either', async ([, coding, bytes]) => {
  expect(await resultOf(page(bytes, { 'Content-Encoding': coding }))).toMatchObject({
    outcome: 'failed',
    cause: 'bad_encoding',
    status: 200,
  })
})

test('gzip that was cut short on the server is a page cut short', async () => {
  const half = gzipSync(HOME).subarray(0, 40)
  expect(await resultOf(page(half, { 'Content-Encoding': 'gzip' }))).toMatchObject({ cause: 'truncated' })
})

test('an unknown coding is noted and its bytes are kept', async () => {
  const result = await resultOf(page(HOME, { 'Content-Encoding': 'sdch' }))
  expect(result).toMatchObject({ outcome: 'ok', notes: ['unknown_encoding'] })
})

test('the status counts for more than a broken coding', async () => {
  const result = await resultOf(page(HOME, { 'Content-Encoding': 'gzip' }, '502 Bad Gateway'))
  expect(result.cause).toBe('http_5xx')
})

test.for([
  ['exactly as long as the limit', 10_000, 10_000, []],
  ['one byte longer', 10_001, 10_000, ['capped']],
  ['much longer', 500_000, 10_000, ['capped']],
] as const)('a page %s', async ([, length, bytes, notes]) => {
  const text = 'x'.repeat(length)
  for (const [body, fields] of [
    [text, {}],
    [gzipSync(text), { 'Content-Encoding': 'gzip' }],
    [brotliCompressSync(text), { 'Content-Encoding': 'br' }],
  ] as const) {
    const result = await resultOf(page(body, fields), { maxBytes: 10_000 })
    expect(result).toMatchObject({ outcome: 'ok', bytes, notes })
  }
})

test('a zip bomb is stopped at the limit, not decompressed to its end', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
  const began = performance.now()
  gunzipSync(bomb)
  const wholeMs = performance.now() - began
  const result = await resultOf(page(bomb, { 'Content-Encoding': 'gzip' }))
  expect(result).toMatchObject({ outcome: 'ok', bytes: 3 * 1024 * 1024, notes: ['capped'] })
  expect(result.totalMs).toBeLessThan(wholeMs / 2)
})

test('a page without end is cut at the limit, not waited for', async () => {
  const result = await resultOf(
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const pour = () => {
        while (!socket.destroyed && socket.write('<p>again</p>'.repeat(1000)));
      }
      socket.on('drain', pour)
      pour()
    },
    { maxBytes: 50_000 },
  )
  expect(result).toMatchObject({ outcome: 'ok', bytes: 50_000, notes: ['capped'] })
})

test('a body that ends with the connection needs no length', async () => {
  expect(await resultOf(answer('HTTP/1.0 200 OK\r\n\r\n', HOME))).toMatchObject({ outcome: 'ok', notes: [] })
})

test('chunks are put together, with extensions and without waiting for trailers', async () => {
  const { port } = await serve((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\n<p>ab\r\n')
    setTimeout(() => socket.write('A\r\ncdefgh</p>\r\n0\r\nExpires: ne'), 20)
  })
  const { result, body } = await visit(`http://site.localhost:${port}/`)
  expect(result.outcome).toBe('ok')
  expect(Buffer.from(body!).toString()).toBe('<p>abcdefgh</p>')
})

test('early hints and a continue before the answer are stepped over', async () => {
  const early = 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n'
  const result = await resultOf(
    answer(early, `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(HOME)}\r\n\r\n${HOME}`),
  )
  expect(result).toMatchObject({ outcome: 'ok', status: 200, notes: [] })
})

test.for([
  ['bare line feeds', `HTTP/1.1 200 OK\nContent-Length: 5\n\n<p>ok`],
  [
    'a length beside chunks',
    'HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>ok\r\n0\r\n\r\n',
  ],
  ['two different lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n<p>ok'],
  ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n<p>ok'],
  ['a field without a colon', 'HTTP/1.1 200 OK\r\nPowered by nobody\r\nContent-Length: 5\r\n\r\n<p>ok'],
  ['a blank before the colon', 'HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\n<p>ok'],
  ['a folded field', 'HTTP/1.1 200 OK\r\nX-A: one\r\n two\r\nContent-Length: 5\r\n\r\n<p>ok'],
] as const)('%s: browsers show the page, so it is up, with a note', async ([, bytes]) => {
  const { port } = await serve(answer(bytes))
  const { result, body } = await visit(`http://site.localhost:${port}/`)
  expect(result).toMatchObject({ outcome: 'ok', notes: ['bad_protocol'] })
  expect(Buffer.from(body!).toString()).toBe('<p>ok')
})

test.for([
  ['the same length twice', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n<p>ok'],
  [
    'GBK in a field',
    Buffer.from('HTTP/1.1 200 OK\r\nX-Name: \xb9\xe3\xd6\xdd\r\nContent-Length: 5\r\n\r\n<p>ok', 'latin1'),
  ],
  ['a long policy', `HTTP/1.1 200 OK\r\nCSP: ${'x'.repeat(40_000)}\r\nContent-Length: 5\r\n\r\n<p>ok`],
  ['no reason phrase', 'HTTP/1.1 200\r\nContent-Length: 5\r\n\r\n<p>ok'],
  ['a blank line before the answer', '\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<p>ok'],
] as const)('%s is nothing to note', async ([, bytes]) => {
  expect(await resultOf(answer(bytes))).toMatchObject({ outcome: 'ok', notes: [], bytes: 5 })
})

test.for([
  ['no HTTP at all', 'SSH-2.0-OpenSSH_6.6\r\n'],
  ['HTTP/0.9', '<html><body>hello</body></html>'],
  ['a status line without a status', 'HTTP/1.1 OK\r\n\r\n'],
  ['a status beyond all classes', 'HTTP/1.1 999 No\r\n\r\n'],
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'],
] as const)('%s is a bad response', async ([, bytes]) => {
  expect(await resultOf(answer(bytes))).toMatchObject({ outcome: 'failed', cause: 'bad_response' })
})

test('an unchanged page is asked for by its validators and need not be sent', async () => {
  const { port, requests } = await serve(answer('HTTP/1.1 304 Not Modified\r\nETag: "8"\r\n\r\n'))
  const since = 'Thu, 01 Oct 2015 00:00:00 GMT'
  const { result, body } = await proberFor().visit({
    url: `http://site.localhost:${port}/`,
    etag: '"8"',
    lastModified: since,
  })
  expect(requests[0]).toContain('\r\nIf-None-Match: "8"\r\n')
  expect(requests[0]).toContain(`\r\nIf-Modified-Since: ${since}\r\n`)
  expect(result).toMatchObject({
    outcome: 'ok',
    notModified: true,
    status: 304,
    etag: '"8"',
    lastModified: since,
  })
  expect(body).toBeNull()
})

test('a stored validator cannot smuggle a field into the request', async () => {
  const { port, requests } = await serve(page(HOME))
  await proberFor().visit({ url: `http://site.localhost:${port}/`, etag: '"1"\r\nX-Evil: yes' })
  expect(requests[0]).not.toMatch(/^X-Evil/m)
})
