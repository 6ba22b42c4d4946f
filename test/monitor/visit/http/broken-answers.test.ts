import { expect, test } from 'vitest'
import { answer, type Behaviour, HOME, page, serve, visit } from '../servers.ts'

async function resultOf(behaviour: Behaviour, options = {}) {
  const { port } = await serve(behaviour)
  return (await visit(`http://site.localhost:${port}/`, options)).result
}

const chunked = (...lines: string[]) =>
  answer('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', lines.join('\r\n'))

test('a head without end is too long', async () => {
  const bytes = `HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(20_000)}`
  expect(await resultOf(answer(bytes))).toMatchObject({ outcome: 'failed', cause: 'head_too_long' })
})

test.for([
  ['a chunk size that is none', ['5', 'hello', 'zz', 'x']],
  ['a chunk longer than its size', ['5', 'hello, all', '0', '']],
  ['a chunk size line without end', ['x'.repeat(5000)]],
] as const)('%s is a bad response', async ([, lines]) => {
  expect(await resultOf(chunked(...lines))).toMatchObject({ cause: 'bad_response', status: 200 })
})

test.for([
  ['its length', answer('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<p>half')],
  ['its last chunk', chunked('5', 'hello')],
  ['the end of a chunk', chunked('50', 'hello')],
] as const)('a 200 whose body stops before %s is truncated', async ([, behaviour]) => {
  const result = await resultOf(behaviour)
  expect(result).toMatchObject({ outcome: 'failed', cause: 'truncated', status: 200 })
  expect(result.bytes).toBeGreaterThan(0)
})

test('a reset in the middle of the body is truncated too', async () => {
  const result = await resultOf((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n<p>half')
    setTimeout(() => socket.resetAndDestroy(), 30)
  })
  expect(result).toMatchObject({ outcome: 'failed', cause: 'truncated', status: 200 })
})

/** Both are there when the visitor looks: libuv says of that that it was an orderly end. */
const thenReset =
  (text: string): Behaviour =>
  (socket) =>
    socket.write(text, () => socket.resetAndDestroy())

test('a reset that comes together with the last bytes is none the less a reset', async () => {
  const half = thenReset('HTTP/1.1 200 OK\r\n\r\n<p>half')
  expect(await resultOf(half)).toMatchObject({ outcome: 'failed', cause: 'truncated', status: 200 })
  expect(await resultOf(thenReset('HTTP/1.1 200 O'))).toMatchObject({ cause: 'reset', status: null })
  expect(await resultOf(answer('HTTP/1.1 200 O')), 'and an orderly end none').toMatchObject({
    cause: 'closed',
  })
  const whole = thenReset(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(HOME)}\r\n\r\n${HOME}`)
  expect(await resultOf(whole), 'what came whole is whole').toMatchObject({ outcome: 'ok' })
})

test('a page that ends with its connection is whole where the server closes in order', async () => {
  expect(await resultOf(answer(`HTTP/1.1 200 OK\r\n\r\n${HOME}`))).toMatchObject({
    outcome: 'ok',
    cause: null,
  })
})

test('a page of nothing is empty', async () => {
  expect(await resultOf(page(''))).toMatchObject({ outcome: 'failed', cause: 'empty', status: 200 })
  expect(await resultOf(page('', { 'Content-Encoding': 'gzip' }))).toMatchObject({ cause: 'empty' })
  expect(await resultOf(page(' \r\n \n'))).toMatchObject({ cause: 'empty' })
  expect(await resultOf(answer('HTTP/1.1 204 No Content\r\n\r\n'))).toMatchObject({ cause: 'empty' })
})

test('close and reset without an answer are told apart', async () => {
  expect(await resultOf((socket) => socket.end())).toMatchObject({ cause: 'closed', status: null })
  expect(await resultOf((socket) => socket.resetAndDestroy())).toMatchObject({ cause: 'reset', status: null })
})

test('a port where nobody listens refuses', async () => {
  const { port } = await serve(page(HOME))
  const elsewhere = await visit(`http://127.0.0.2:${port}/`)
  expect(elsewhere.result).toMatchObject({ outcome: 'failed', cause: 'refused', ttfbMs: null, address: null })
})
