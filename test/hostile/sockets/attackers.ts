import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { WebSocket } from 'ws'

/** Whom to attack, as whom, and with how many connections. */
export interface Target {
  readonly port: number
  /** Of an account that only looks on. */
  readonly cookie: string
  readonly count: number
}

type Attack = (target: Target) => void

/** Each way with its share of the connections. What is cut comes back at once. */
const WAYS: readonly (readonly [share: number, attack: Attack])[] = [
  [0.2, floodSubscriptions],
  [0.05, floodPings],
  [0.15, readNothing],
  [0.15, openAndSayNothing],
  [0.1, sendHeadSlowly],
  [0.1, sendNonsense],
  [0.15, shakeHands],
  [0.1, pollAcross],
]
const AGAIN_MS = 100

/** Starts all attackers, a few at a time. `onOpen`: all have begun. */
export function attackSockets(target: Target, onOpen: () => void): void {
  const queue = WAYS.flatMap(([share, attack]) =>
    Array.from({ length: Math.ceil(share * target.count) }, () => attack),
  )
  const timer = setInterval(() => {
    for (const attack of queue.splice(0, 10)) attack(target)
    if (queue.length > 0) return
    clearInterval(timer)
    onOpen()
  }, 20)
}

const again = (attack: Attack, target: Target) => setTimeout(() => attack(target), AGAIN_MS)
const SUBSCRIBE = '42["subscribe",{"rooms":["city"]}]'
const VIEWS = () => `42["subscribe",{"rooms":["district:4401${String(Math.random()).slice(2, 8)}"]}]`

/** A web socket that is in, or says so when it is not. */
function open(
  target: Target,
  headers: Record<string, string>,
  onIn: (ws: WebSocket) => void,
  attack: Attack,
) {
  const ws = new WebSocket(`ws://127.0.0.1:${target.port}/socket.io/?EIO=4&transport=websocket`, { headers })
  ws.on('error', () => {})
  ws.once('close', () => again(attack, target))
  ws.on('message', (data) => {
    const text = String(data)
    if (text === '2') ws.send('3')
    else if (text.startsWith('0{')) ws.send('40')
    else if (text.startsWith('40{')) onIn(ws)
  })
}

function every(ws: WebSocket, ms: number, act: () => void): void {
  const timer = setInterval(act, ms)
  ws.once('close', () => clearInterval(timer))
}

function floodSubscriptions(target: Target): void {
  const flood = (ws: WebSocket) =>
    every(ws, 50, () => {
      for (let n = 0; n < 60; n++) ws.send(n % 2 ? SUBSCRIBE : VIEWS())
    })
  open(target, { cookie: target.cookie }, flood, floodSubscriptions)
}

function floodPings(target: Target): void {
  const payload = Buffer.alloc(120)
  const flood = (ws: WebSocket) =>
    every(ws, 50, () => {
      for (let n = 0; n < 60; n++) ws.ping(payload)
    })
  open(target, { cookie: target.cookie }, flood, floodPings)
}

/** Asks for the whole board as often as it may, and never reads. */
function readNothing(target: Target): void {
  const stall = (ws: WebSocket) => {
    ws.pause()
    every(ws, 1_000, () => ws.send(SUBSCRIBE))
  }
  open(target, { cookie: target.cookie }, stall, readNothing)
}

/** A connection that is open and never says what for; some show who they are, others do not. */
function openAndSayNothing(target: Target): void {
  const headers: Record<string, string> = Math.random() < 0.5 ? { cookie: target.cookie } : {}
  const ws = new WebSocket(`ws://127.0.0.1:${target.port}/socket.io/?EIO=4&transport=websocket`, { headers })
  ws.on('error', () => {})
  ws.once('close', () => again(openAndSayNothing, target))
}

/** A request whose head never ends. */
function sendHeadSlowly(target: Target): void {
  const socket = connect(target.port, '127.0.0.1')
  socket.write('GET /api/session HTTP/1.1\r\nHost: localhost\r\n')
  const timer = setInterval(() => socket.write('X: y\r\n'), 500)
  socket.on('error', () => {})
  socket.once('close', () => {
    clearInterval(timer)
    again(sendHeadSlowly, target)
  })
  socket.resume()
}

const NONSENSE = [
  () => 'x'.repeat(15_000),
  () => '4'.repeat(200),
  () => `42["subscribe",${'['.repeat(4_000)}`,
  () => '42{"rooms":1}',
  () => `42["subscribe",{"rooms":${JSON.stringify(Array(190).fill('site:2147483647'))}}]`,
  () => '451-["subscribe",{"_placeholder":true,"num":0}]',
  () => '40/nowhere,',
  () => 'x'.repeat(200_000),
  () => Buffer.alloc(10_000, 7),
]

function sendNonsense(target: Target): void {
  const speak = (ws: WebSocket) => {
    let n = Math.floor(Math.random() * NONSENSE.length)
    every(ws, 100, () => ws.send(NONSENSE[n++ % NONSENSE.length]?.() ?? ''))
  }
  open(target, { cookie: target.cookie }, speak, sendNonsense)
}

/** Opens and closes, as nobody or with a cookie that is none. */
function shakeHands(target: Target): void {
  const headers: Record<string, string> =
    Math.random() < 0.5 ? {} : { cookie: `siteward.sid=s%3A${Math.random()}.no` }
  const ws = new WebSocket(`ws://127.0.0.1:${target.port}/socket.io/?EIO=4&transport=websocket`, { headers })
  ws.on('error', () => {})
  ws.once('open', () => ws.terminate())
  ws.once('close', () => again(shakeHands, target))
}

const agent = new Agent({ keepAlive: true, maxSockets: 400 })

/** Polls without reading what it has asked for, two at once, with bodies full of packets. */
function pollAcross(target: Target): void {
  const path = '/socket.io/?EIO=4&transport=polling'
  ask(target, 'GET', path, '', (text) => {
    const sid = /"sid":"([^"]+)"/.exec(text)?.[1]
    if (!sid) return void again(pollAcross, target)
    const own = `${path}&sid=${sid}`
    ask(target, 'POST', own, '40', () => {
      const body = Array(300).fill(SUBSCRIBE).join('\x1e')
      for (let n = 0; n < 3; n++) ask(target, 'POST', own, body, () => {})
      ask(target, 'GET', own, '', () => {})
      ask(target, 'GET', own, '', () => again(pollAcross, target))
    })
  })
}

function ask(target: Target, method: string, path: string, body: string, done: (text: string) => void): void {
  const headers = { cookie: target.cookie, 'content-type': 'text/plain;charset=UTF-8' }
  const req = request({ port: target.port, host: '127.0.0.1', path, method, headers, agent }, (res) => {
    let text = ''
    res.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
    res.once('close', () => done(text))
  })
  req.once('error', () => done(''))
  req.end(body)
}
