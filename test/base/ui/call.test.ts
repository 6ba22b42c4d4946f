import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { CallError, call } from '../../../web/base/call.ts'

let server: Server | undefined
const answering = async (listener: RequestListener) => {
  const started = createServer(listener)
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(started.address() as AddressInfo).port}`
  const real = globalThis.fetch
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => real(origin + path, init))
}
/** Thirty seconds pass in a fifth of one. */
const hurried = () => {
  const real = AbortSignal.timeout.bind(AbortSignal)
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => real(ms / 150))
}
const refusal = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(CallError)
  return (error as CallError).message
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  server?.closeAllConnections()
  server?.close()
})

it('gives a request up that nobody answers, and says of an action that it may have been done', async () => {
  hurried()
  await answering(() => undefined)
  expect(await refusal(call('districts'))).toBe('服务器 30 秒没有回应，请重试。')
  expect(await refusal(call('stopScan', { params: { id: 1 }, body: { version: 1 } }))).toContain(
    '可能已经生效',
  )
})

it('gives an answer up that does not end', async () => {
  hurried()
  await answering((_, response) => {
    response.setHeader('content-type', 'application/json')
    response.write('[{"code":')
  })
  expect(await refusal(call('districts'))).toBe('服务器 30 秒没有回应，请重试。')
})

it('says of half an answer that it is not whole', async () => {
  await answering((_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end('[{"code":')
  })
  expect(await refusal(call('districts'))).toBe('服务器的回应不完整，请重试。')
})

it('says of a page of a gateway that the server failed, not that it cannot be reached', async () => {
  await answering((_, response) => {
    response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>')
  })
  expect(await refusal(call('districts'))).toBe('服务器出错（502），请稍后再试。')
})

it("says a refusal in the server's words", async () => {
  await answering((_, response) => {
    response
      .writeHead(403, { 'content-type': 'application/problem+json' })
      .end(JSON.stringify({ type: '', title: '', status: 403, code: 'forbidden', detail: '没有权限' }))
  })
  expect(await refusal(call('districts'))).toBe('没有权限')
})

it('says that nobody can be reached where nobody is', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  expect(await refusal(call('districts'))).toBe('无法连接服务器。')
})
