import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { RequestHandler } from 'express'
import session from 'express-session'
import { Server } from 'socket.io'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { shakeHandsInTurn, watchConnections } from '../../../server/city/sockets/connections.ts'
import { Doorman } from '../../../server/city/sockets/doorman.ts'
import { keepWhoAsked } from '../../../server/city/sockets/handshake.ts'
import type { LiveServer, LiveSocket } from '../../../server/city/sockets/listener.ts'
import { MESSAGE_COMPRESSION } from '../../../server/city/sockets/wire.ts'
import { until } from '../../support/until.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const server = createServer()
const io: LiveServer = new Server(server, { perMessageDeflate: MESSAGE_COMPRESSION })
const underWay = { now: 0, most: 0 }
const requests: WeakRef<IncomingMessage>[] = []
const sockets: LiveSocket[] = []
const heard: unknown[] = []
let address = ''

beforeAll(async () => {
  const own = session({ secret: 'made up', resave: false, saveUninitialized: false, rolling: true })
  const slowly: RequestHandler = (req, res, next) => {
    underWay.most = Math.max(underWay.most, ++underWay.now)
    const takesMs = req.headers.cookie === 'slow=1' ? 300 : 5
    setTimeout(() => {
      underWay.now -= 1
      own(req, res, next)
    }, takesMs)
  }
  const doorman = new Doorman({ trustProxy: 0 }, slowly, () => io.engine.clientsCount)
  server.on('upgrade', (req) => requests.push(new WeakRef(req)))
  io.engine.use(doorman.middleware)
  shakeHandsInTurn(server)
  watchConnections(io, doorman)
  io.use((socket, next) => {
    keepWhoAsked(socket)
    sockets.push(socket)
    socket.on('subscribe', (input) => heard.push(input))
    next()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/socket.io/?EIO=4&transport=websocket`
})
afterAll(() => io.close())

/** A browser that compresses all that it says. */
function browser(): WebSocket {
  const headers = { authorization: 'Bearer abc', cookie: 'a=b', 'user-agent': 'Chromium' }
  const ws = new WebSocket(address, { headers, perMessageDeflate: { threshold: 0 } })
  ws.on('message', (data) => {
    if (String(data).startsWith('0{')) ws.send('40')
    else if (String(data).startsWith('40{')) ws.send('42["subscribe",{"rooms":["city"]}]')
  })
  return ws
}

it('of who comes at once a few are looked up at a time, whoever else waits for the database', async () => {
  const many = Array.from({ length: 30 }, browser)
  await until('all are in', () => heard.length === 30)
  expect(underWay.most).toBe(4)
  for (const ws of many) ws.terminate()
  await until('all are gone', () => io.engine.clientsCount === 0)
})

it('who cuts the line in the middle of a handshake does no harm', async () => {
  const before = requests.length
  const raw = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const head = [
    'Host: a',
    'Cookie: slow=1',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
  ]
  const path = address.slice(address.indexOf('/socket.io'))
  raw.write(`GET ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`)
  await until('the handshake has begun', () => requests.length > before)
  raw.resetAndDestroy()
  await pause(300)
  heard.length = 0
  const good = browser()
  await until('another is heard', () => heard.length === 1)
  good.terminate()
})

it('a connection keeps of its handshake who asked, and of what unpacks its messages nothing', async () => {
  sockets.length = 0
  requests.length = 0
  heard.length = 0
  const ws = browser()
  await until('it is heard', () => heard.length === 1)
  expect(heard).toEqual([{ rooms: ['city'] }])
  const [socket] = sockets as [LiveSocket]
  const { headers, sessionID } = socket.request as IncomingMessage & { sessionID?: string }
  expect(headers).toMatchObject({ authorization: 'Bearer abc', cookie: 'a=b' })
  expect(sessionID).toEqual(expect.any(String))
  const { transport } = socket.conn as unknown as { transport: { socket: { _extensions: object } } }
  expect(transport.socket._extensions).toMatchObject({ 'permessage-deflate': { _inflate: null } })
  await until('the request is let go', () => {
    collect()
    return requests.every((request) => request.deref() === undefined)
  })
  expect(socket.connected).toBe(true)
  ws.terminate()
})
