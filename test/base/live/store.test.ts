import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { watch } from 'vue'
import type { Fact } from '../../../shared/base/facts.ts'
import { useCity } from '../../../web/base/live/store.ts'
import { until } from '../../support/until.ts'
import { changed, raised, rectification, registerChanged, site, snapshot } from './made.ts'
import { pulse, startServer } from './server.ts'

const CITY = ['city']
let server: Awaited<ReturnType<typeof startServer>>
let city: ReturnType<typeof useCity>

beforeEach(async () => {
  setActivePinia(createPinia())
  city = useCity()
  server = await startServer((peer, input) => {
    if (input.since === undefined) peer.emit('snapshot', snapshot(10, [site(1), site(2)]))
    return { ok: true, seq: 10, snapshot: input.since === undefined }
  })
})

afterEach(async () => {
  city.stop()
  await server.stop()
})

const loaded = () => until('the board is there', () => city.isLoaded)
const at = (seq: number) => until(`fact ${seq} is applied`, () => city.board.seq >= seq)

test('a browser that connects gets the board and then what changes', async () => {
  city.start(CITY, server.url)
  await loaded()
  expect(server.asked).toEqual([{ rooms: CITY }])
  expect(city.counts.healthy).toBe(2)

  server.io.emit('facts', [changed(11, 2, 'down')])
  await at(11)
  expect(city.counts).toMatchObject({ healthy: 1, down: 1 })
  expect(city.recent.map((fact) => fact.seq)).toEqual([11])
})

test('facts that come before the snapshot wait for it, and none counts twice', async () => {
  server.answerWith((peer) => {
    peer.emit('facts', [raised(10, 1), raised(11, 2)])
    peer.emit('snapshot', snapshot(10, [site(1)], { tally: [[1, 1, 0]] }))
    peer.emit('facts', [raised(11, 2)])
    return { ok: true, seq: 11, snapshot: true }
  })
  city.start(CITY, server.url)
  await at(11)
  expect(city.progress.raised).toBe(2)
  expect([...city.board.rectifications.keys()]).toEqual([2])
})

test('what was raised before the days that are counted is not counted when it is closed', async () => {
  const closed = (seq: number, id: number, raisedAt: string): Fact => {
    const data = { rectification: rectification(id, { stage: 'closed', raisedAt }) }
    return { ...raised(seq, id), kind: 'rectification.closed', data } as Fact
  }
  server.answerWith((peer) => {
    peer.emit('snapshot', snapshot(10, [site(1)], { tally: [[1, 1, 0]] }))
    peer.emit('facts', [closed(11, 1, '2025-11-01T00:00:00.000Z'), closed(12, 2, '2026-03-01T00:00:00.000Z')])
    return { ok: true, seq: 12, snapshot: true }
  })
  city.start(CITY, server.url)
  await at(12)
  expect(city.progress).toMatchObject({ raised: 1, closed: 1 })
})

test('nobody sees a board of some time ago, and begins to work on it, before what has happened since', async () => {
  server.answerWith((peer) => {
    peer.emit('snapshot', snapshot(10, [site(1), site(2)]))
    peer.emit('facts', [changed(11, 2, 'down')])
    return { ok: true, seq: 11, snapshot: true }
  })
  const pictures: (number | undefined)[] = []
  watch(
    () => [city.isLoaded, city.board.seq, city.counts.down],
    () => city.isLoaded && pictures.push(city.counts.down),
  )
  city.start(CITY, server.url)
  await at(11)
  await until('it is drawn', () => pictures.length > 0)
  expect(pictures).toEqual([1])
})

test('over a slow line the whole board comes once: who has it asks only for what it misses', async () => {
  server.answerWith((peer) => {
    peer.emit('snapshot', snapshot(10, [site(1), site(2)]))
    return { ok: false, code: 'TOO_OFTEN', message: 'Not so often.', retryMs: 10 }
  })
  city.start(CITY, server.url)
  await loaded()
  server.answerWith(() => ({ ok: true, seq: 10, snapshot: false }))
  await until('it was asked again', () => server.asked.length >= 2)
  expect(server.asked[1]).toEqual({ rooms: CITY, since: 10 })
  server.io.emit('pulse', pulse(10))
  await until('it hears', () => city.pulses === 1)
})

test('a break while the whole board is under way leaves nobody deaf: it is asked for again', async () => {
  city.start(CITY, server.url)
  await loaded()
  server.answerWith((peer) => {
    peer.conn.close()
    return { ok: true, seq: 11, snapshot: true }
  })
  server.io.emit('facts', [registerChanged(11)])
  await until('it was asked for', () => server.asked.length === 2)
  server.answerWith((peer, input) => {
    if (input.since === undefined) peer.emit('snapshot', snapshot(12, [site(1), site(2), site(3)]))
    return { ok: true, seq: 12, snapshot: input.since === undefined }
  })
  await until('the third site is there', () => city.board.sites.has(3))
  server.io.emit('pulse', pulse(12))
  await until('it hears', () => city.pulses === 1)
})

test('after a break only what was missed is asked for', async () => {
  city.start(CITY, server.url)
  await loaded()
  server.io.emit('facts', [changed(11, 1, 'down')])
  await at(11)
  server.answerWith((peer) => {
    peer.emit('facts', [changed(12, 1, 'healthy')])
    return { ok: true, seq: 12, snapshot: false }
  })
  server.cutLine()
  await at(12)
  expect(server.asked.at(-1)).toEqual({ rooms: CITY, since: 11 })
  expect(city.counts.healthy).toBe(2)
})

test('when the register has changed the whole board is asked for again', async () => {
  city.start(CITY, server.url)
  await loaded()
  server.answerWith((peer) => {
    peer.emit('snapshot', snapshot(12, [site(1), site(2), site(3)]))
    return { ok: true, seq: 12, snapshot: true }
  })
  server.io.emit('facts', [registerChanged(11), changed(12, 3, 'down')])
  await until('the third site is there', () => city.board.sites.has(3))
  expect(server.asked.at(-1)).toEqual({ rooms: CITY })
  expect(city.counts.healthy).toBe(3)
})

test('a fact that never came is noticed by the pulse and fetched', async () => {
  city.start(CITY, server.url)
  await loaded()
  server.answerWith((peer, input) => {
    if (input.since === 10) peer.emit('facts', [changed(11, 1, 'dead')])
    return { ok: true, seq: 11, snapshot: false }
  })
  server.io.emit('pulse', pulse(11))
  server.io.emit('pulse', pulse(11))
  await at(11)
  expect(city.counts.dead).toBe(1)
})

test('who hears one district passes over the facts of the others', async () => {
  city.start(['district:440106'], server.url)
  await loaded()
  server.io.emit('pulse', pulse(50))
  await at(50)
  expect(server.asked).toHaveLength(1)
})

describe('a pulse', () => {
  test('brings the latest measurement without drawing the board anew', async () => {
    city.start(CITY, server.url)
    await loaded()
    let drawn = 0
    watch(
      () => [...city.board.sites.values()],
      () => {
        drawn += 1
      },
      { flush: 'sync' },
    )
    server.io.emit('pulse', pulse(10, [[1, 1_772_000_000, 87]]))
    await until('the pulse is there', () => city.pulses === 1)
    expect(city.board.sites.get(1)).toMatchObject({ lastVisitAt: 1_772_000_000, latencyMs: 87 })
    expect(drawn).toBe(0)
  })
})

test('a burst of 640 facts is drawn by the frame, not by the fact', async () => {
  const sites = Array.from({ length: 640 }, (_, index) => site(index + 1))
  server.answerWith((peer) => {
    peer.emit('snapshot', snapshot(0, sites))
    return { ok: true, seq: 0, snapshot: true }
  })
  city.start(CITY, server.url)
  await loaded()
  let drawn = 0
  watch(
    () => city.counts.down,
    () => {
      drawn += 1
    },
  )
  for (let seq = 1; seq <= 640; seq += 1) server.io.emit('facts', [changed(seq, seq, 'down')])
  await at(640)
  await until('it is drawn', () => drawn > 0)
  // On a busy machine the burst may reach over a few frames.
  expect(drawn).toBeLessThan(10)
  expect(city.counts).toMatchObject({ down: 640, healthy: 0 })
  expect(city.recent.length).toBeLessThanOrEqual(60)
})

test('who is sent away keeps the picture and comes back by itself: it may be a restart', async () => {
  city.start(CITY, server.url)
  await loaded()
  server.io.disconnectSockets(true)
  await until('it is known', () => city.dismissals === 1)
  expect(city.isConnected).toBe(false)
  expect(city.counts.healthy, 'the last picture stays').toBe(2)
  expect(city.refusal, 'nobody was refused').toBeNull()

  await until('it is back', () => city.isConnected && server.asked.length === 2)
  expect(server.asked.at(-1)).toEqual({ rooms: CITY, since: 10 })
})

test('who is nobody to the server any more is told so, and does not come back', async () => {
  city.start(CITY, server.url)
  await loaded()
  server.io.use((_socket, next) => next(new Error('unauthenticated')))
  server.io.disconnectSockets(true)
  await until('the refusal is known', () => city.refusal === 'unauthenticated')
  expect(city.isConnected).toBe(false)
  expect(city.counts.healthy, 'the session decides what is forgotten').toBe(2)
})
