import { expect, test } from 'vitest'
import { page, proberFor, serve } from '../servers.ts'

const look = async (behaviour: Parameters<typeof serve>[0]) => {
  const { port } = await serve(behaviour)
  return proberFor().visit({ url: `http://site.localhost:${port}/form.doc`, headOnly: true })
}

test('of a link that opens only the head is taken, however large the file behind it', async () => {
  const { result, body, headers } = await look((socket) => {
    // The rest of it never comes.
    socket.write(
      'HTTP/1.1 200 OK\r\nContent-Type: application/msword\r\nContent-Length: 90000000\r\n\r\nD0CF',
    )
  })
  expect(result).toMatchObject({ outcome: 'ok', cause: null, status: 200, bytes: 0 })
  expect(body).toBeNull()
  expect(headers['content-type']).toBe('application/msword')
})

test('a file of no bytes is nothing to download', async () => {
  const { result } = await look(page('', { 'Content-Type': 'application/msword', 'Content-Length': '0' }))
  expect(result).toMatchObject({ outcome: 'failed', cause: 'empty', status: 200 })
})

test('an error is read as on any visit, so that a firewall is told from a missing page', async () => {
  expect((await look(page('不存在', {}, '404 Not Found'))).result).toMatchObject({
    outcome: 'failed',
    cause: 'http_4xx',
    status: 404,
  })
  const wall = await look(page('<title>403</title>您的请求被网站防火墙拦截', {}, '403 Forbidden'))
  expect(wall.result.outcome).toBe('blocked')
})
