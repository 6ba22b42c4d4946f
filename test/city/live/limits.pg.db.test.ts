import { setTimeout as pause } from 'node:timers/promises'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { connect } from '../../../server/base/db/connect.ts'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { SNAPSHOTS, SUBSCRIPTIONS } from '../../../server/city/sockets/limits.ts'
import { encode } from '../../../server/city/sockets/wire.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { listen, watch } from '../../support/product/watcher.ts'
import { patient } from '../../support/run/patience.ts'
import { type Session, sessionWith } from '../../support/session.ts'
import { until } from '../../support/until.ts'

const later = { next_visit_at: new Date(Date.parse('2027-01-01')) }
const SUBSCRIBE = '42["subscribe",{"rooms":["city"]}]'

let app: TestApp
let viewer: Session
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  await makePeople(connection.db)
  for (let n = 0; n < 30; n++) await makeSite(connection.db, {}, later)
  await connection.close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())
beforeEach(async () => {
  viewer = await app.signIn('viewer')
})

/** A web socket without a library in between; what it was sent, word for word. */
function rawSocket(
  { origin, cookie }: Session,
  { headers, ...options }: { perMessageDeflate?: boolean; headers?: Record<string, string> } = {},
) {
  const address = `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const ws = new WebSocket(address, { headers: { ...headers, ...(cookie && { cookie }) }, ...options })
  const heard: string[] = []
  const state = { ws, heard, end: null as { code: number; reason: string } | null }
  ws.on('error', () => {})
  ws.on('close', (code, reason) => {
    state.end = { code, reason: String(reason) }
  })
  ws.on('message', (data) => {
    const text = String(data)
    heard.push(text)
    if (text === '2') ws.send('3')
    else if (text.startsWith('0{')) ws.send('40')
  })
  return state
}
const isIn = ({ heard }: { heard: string[] }) =>
  until('it is in', () => heard.some((text) => text.startsWith('40{')))
const snapshotsOf = ({ heard }: { heard: string[] }) =>
  heard.filter((text) => text.startsWith('42["snapshot"'))

describe('one socket', () => {
  it('gets no board after another: a flood of subscriptions is refused, then cut off, and says why', async () => {
    const flood = rawSocket(viewer)
    await isIn(flood)
    for (let n = 0; n < 3_000; n++) flood.ws.send(SUBSCRIBE)
    await until('it is cut off', () => flood.end !== null)
    expect(flood.end).toEqual({ code: 4008, reason: 'too-many' })
    expect(snapshotsOf(flood).length).toBeLessThanOrEqual(SNAPSHOTS.burst)
    const metrics = await (await app.stranger.fetch('/metrics')).text()
    expect(metrics).toMatch(/siteward_live_limits\{kind="dropped",reason="too-many"\} [1-9]/)
    expect(metrics).toMatch(/siteward_live_limits\{kind="refused",reason="subscriptions"\} [1-9]/)
  })

  it('that asks too often is told when to ask again, and still hears what happens', async () => {
    const eager = await watch(viewer)
    const asked = Array.from({ length: SUBSCRIPTIONS.burst + 5 }, () => eager.subscribe(['city']))
    const refusals = (await Promise.all(asked)).filter((answer) => !answer.ok)
    expect(refusals.length).toBeGreaterThan(SUBSCRIPTIONS.burst - SNAPSHOTS.burst)
    expect(refusals[0]).toMatchObject({ code: 'too_many_requests', retryMs: expect.any(Number) })
    const pulses = eager.pulses.length
    await until('pulses go on', () => eager.pulses.length > pulses)
    expect(eager.socket.connected).toBe(true)
    eager.close()
  })

  it.each(['ping', 'rooms', 'nonsense'])('may not flood with %s either', async (what) => {
    const flood = rawSocket(viewer)
    await isIn(flood)
    for (let n = 0; n < 500; n++) {
      if (what === 'ping') flood.ws.ping(Buffer.alloc(100))
      else flood.ws.send(what === 'rooms' ? `42["subscribe",{"rooms":["site:${n}"]}]` : '42["x"]')
    }
    await until('it is cut off', () => flood.end !== null)
  })

  it.each([
    ['leaves and wants in again', ['41'], ['40']],
    ['leaves and wants in again in one breath', ['41', '40'], []],
    ['wants in once more', ['40'], []],
    ['leaves, and stays on the line', ['41'], []],
  ])('that %s ends by itself, and nobody else notices', async (_, first, then) => {
    const good = await watch(viewer)
    const odd = rawSocket(viewer)
    await isIn(odd)
    for (const frame of first) odd.ws.send(frame)
    if (then.length > 0) await pause(30)
    for (const frame of then) odd.ws.send(frame)
    await until('its line is closed', () => odd.end !== null)
    const pulses = good.pulses.length
    await until('pulses go on', () => good.pulses.length > pulses)
    good.close()
  })

  it.each(['websocket', 'polling'])('asks once to be let in, however often it says so, by %s', async (by) => {
    if (by === 'websocket') {
      const eager = rawSocket(viewer)
      await until('it is open', () => eager.ws.readyState === WebSocket.OPEN)
      for (let n = 0; n < 5; n++) eager.ws.send('40')
      await until('its line is closed', () => eager.end !== null)
    } else {
      const own = await (await viewer.fetch('/socket.io/?EIO=4&transport=polling')).text()
      const path = `/socket.io/?EIO=4&transport=polling&sid=${JSON.parse(own.slice(1)).sid}`
      await viewer.fetch(path, { method: 'POST', body: Array(5).fill('40').join('\x1e') })
      await until('its line is closed', async () => (await viewer.fetch(path)).status === 400)
    }
  })

  it('may not send more at once than a subscription needs', async () => {
    const big = rawSocket(viewer)
    await isIn(big)
    big.ws.send('x'.repeat(20_000))
    await until('it is cut off', () => big.end !== null)
  })

  it('cannot hear more and more rooms', async () => {
    const greedy = listen(await app.signIn('duty'), ['websocket'], false)
    await until('it is connected', () => greedy.socket.connected)
    const batch = (n: number) => Array.from({ length: 150 }, (_, i) => `unit:${n * 1_000 + i}`)
    expect(await greedy.subscribe(batch(1))).toMatchObject({ ok: true })
    expect(await greedy.subscribe(batch(2))).toMatchObject({ ok: false, code: 'too_many_requests' })
    greedy.close()
  })
})

describe('nobody', () => {
  it('holds few connections, and only for a moment, while others get in as ever', async () => {
    const nobodies = Array.from({ length: 120 }, () => rawSocket(app.stranger))
    const refused = () => nobodies.filter(({ end, heard }) => end !== null && heard.length === 0)
    await until('most are not let in', () => refused().length >= 60)
    const good = await watch(await app.signIn('duty'))
    expect(good.board.sites.size).toBe(30)
    good.close()
    await until('none is left', () => nobodies.every(({ end }) => end !== null), 15_000)
  })

  it('who shows a cookie that is none is nobody', async () => {
    const forged = sessionWith(app.url, { cookie: 'siteward.sid=s%3Aabc.def' })
    const sockets = Array.from({ length: 120 }, () => rawSocket(forged))
    await until('most are not let in', () => sockets.filter(({ end }) => end !== null).length >= 60)
    for (const { ws } of sockets) ws.terminate()
  })
})

describe('behind a proxy', () => {
  /** As our proxy sends it: what the client claimed, and then the address that the client really has. */
  const through = ({ url }: TestApp, claimed: string, real: string) =>
    rawSocket(sessionWith(url), { headers: { 'x-forwarded-for': `${claimed}, ${real}` } })
  const ofAddresses = (where: TestApp, claimed: (n: number) => string, real: (n: number) => string) =>
    Array.from({ length: 70 }, (_, n) => through(where, claimed(n), real(n)))
  const areShutOut = (sockets: ReturnType<typeof rawSocket>[]) =>
    until(
      'most are not let in',
      () => sockets.filter(({ end, heard }) => end && heard.length === 0).length >= 15,
    )
  const isLetIn = ({ heard }: { heard: string[] }) => until('it is let in', () => heard.length > 0)

  it('a stranger is counted by the address that the proxy saw, whatever was claimed, and nobody else pays', async () => {
    const database = await prepareDatabase()
    const behind = await startTestApp({ database, env: { TRUST_PROXY: '1' } })
    try {
      await areShutOut(
        ofAddresses(
          behind,
          (n) => `198.51.100.${n}`,
          () => '203.0.113.9',
        ),
      )
      await isLetIn(through(behind, '203.0.113.9', '203.0.113.10'))
      const network = (n: number) => `2001:db8:0:1::${(n + 1).toString(16)}`
      await areShutOut(ofAddresses(behind, () => '192.0.2.1', network))
      await isLetIn(through(behind, '192.0.2.1', '2001:db8:0:2::1'))
    } finally {
      await behind.stop()
    }
  })

  it('without one, claims count for nothing', async () => {
    const database = await prepareDatabase()
    const bare = await startTestApp({ database })
    try {
      await areShutOut(
        ofAddresses(
          bare,
          (n) => `198.51.100.${n}`,
          (n) => `203.0.113.${n}`,
        ),
      )
    } finally {
      await bare.stop()
    }
  })
})

it('a token that runs out ends its connection within a second or two', async () => {
  const duty = await app.signIn('duty')
  const expiresAt = new Date(app.clock.now() + 60 * SECOND).toISOString()
  const body = { label: '值班脚本', readOnly: true, expiresAt }
  const { key } = await duty.call('createToken', { body })
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers: { authorization: `Bearer ${key}` },
  })
  const heard: string[] = []
  socket.on('message', (data) => {
    heard.push(String(data))
    if (String(data).startsWith('0{')) socket.send('40')
  })
  await isIn({ heard })
  app.clock.advance(61 * SECOND)
  const began = performance.now()
  await until('it is told', () => heard.includes('42["bye",{"reason":"signed-out"}]'))
  await until('it is closed', () => socket.readyState === WebSocket.CLOSED)
  expect(performance.now() - began).toBeLessThan(patient(3_000))
})

it('what many hear is the same with compression, without, and by polling', async () => {
  const [packed, plain] = [rawSocket(viewer), rawSocket(viewer, { perMessageDeflate: false })]
  const polling = await watch(viewer, { transports: ['polling'] })
  for (const one of [packed, plain]) {
    await isIn(one)
    one.ws.send(SUBSCRIBE)
    await until('the board is there', () => snapshotsOf(one).length === 1)
  }
  expect(packed.ws.extensions).toContain('permessage-deflate')
  expect(plain.ws.extensions).toBe('')
  const sitesOf = (text = '42["snapshot",{}]') => JSON.parse(text.slice(2))[1].sites
  expect(sitesOf(snapshotsOf(packed)[0])).toEqual(sitesOf(snapshotsOf(plain)[0]))
  expect(sitesOf(snapshotsOf(packed)[0])).toHaveLength(30)
  expect(polling.board.sites.size).toBe(30)
  expect(polling.complaints).toEqual([])
  polling.close()
  for (const { ws } of [packed, plain]) ws.terminate()
})

it('a compressed frame is deflate that anybody can inflate, in far fewer bytes', () => {
  const payload = Array.from({ length: 5_000 }, (_, n) => [n, n, 1] as [number, number, number])
  const push = encode('pulse', {
    at: new Date(0).toISOString(),
    seq: 1,
    rows: payload,
    monitor: { visitsPerMinute: 0, overdue: 0, lastVisitAt: 0, silentAfterS: 60, behind: null, draws: true },
  })
  const [head, body] = push.packed ?? []
  const [, plain] = push.plain
  expect(head?.[0]).toBe(0xc1)
  expect((body?.length ?? Number.POSITIVE_INFINITY) * 2).toBeLessThan(plain?.length ?? 0)
  const whole = Buffer.concat([body ?? Buffer.alloc(0), Buffer.from([0, 0, 0xff, 0xff])])
  expect(inflateRawSync(whole, { finishFlush: 2 }).equals(plain ?? Buffer.alloc(0))).toBe(true)
})

it('who does not read is dropped before much waits for him, and others hear on', async () => {
  const { db, clock } = app.context
  const site = await makeSite(db, {}, later)
  const duty = await app.signIn('duty')
  const alert = await makeAlert(db, { site, rule: 'V1', severity: 'critical' })
  const told = await duty.call('alert', { params: { id: alert.id } })
  const wall = await watch(duty)
  const slow = rawSocket(viewer, { perMessageDeflate: false })
  await isIn(slow)
  slow.ws.send(SUBSCRIBE)
  await until('the board is there', () => snapshotsOf(slow).length === 1)
  slow.ws.pause()
  const fact = { kind: 'alert.commented', siteId: site.id, district: site.district, actor: null } as const
  for (let n = 0; n < 12; n++) {
    const at = new Date(clock.now()).toISOString()
    const data = { alert: told, text: `${n} ${'长'.repeat(400_000)}` }
    await db.transaction().execute((tx) => appendFacts(tx, [{ ...fact, at, data }]))
    app.context.wake()
    await wall.fact('it', (one) => 'text' in one.data && one.data.text === data.text)
  }
  slow.ws.resume()
  await until('it is told', () => slow.end !== null)
  expect(slow.end).not.toBeNull()
  const metrics = await (await app.stranger.fetch('/metrics')).text()
  expect(metrics).toMatch(/siteward_live_limits\{kind="dropped",reason="too-slow"\} 1/)
  expect(wall.complaints).toEqual([])
  wall.close()
})
